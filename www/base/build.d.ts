/** Put in by build.mjs; bare sources, as the tests in Node have them, are without. */
declare var TRAINYARD_BUILD: string | undefined;
/** What parts share: those named in the second list need the first file alone. */
declare var TRAINYARD_SHARED: string[] | undefined;
declare var TRAINYARD_UNASKED: string[] | undefined;
/** The folder that this language's scripts are in, "" for the first language; and the language. */
declare var TRAINYARD_SCRIPTS: string | undefined;
declare var TRAINYARD_LANGUAGE: string | undefined;
declare var TRAINYARD_FILES: [string, string][];
/** All languages there are, the first one the page's own. */
declare var TRAINYARD_LANGUAGES: string[];
/** What a page loads unasked, without the folders of build and language. */
declare var TRAINYARD_START: string[];
/** Scripts by language. */
declare var TRAINYARD_SPOKEN: Record<string, [string, string][]>;
/** The page's first worker, which its inline script makes (app/worker.js). */
declare var trainyardBegun: import("../app/worker.js").Begun;
/** The training core that the page's first worker asked for by itself. */
declare var trainyardCore: Promise<WebAssembly.Module | null> | undefined;
/** What a worker was told before its script was there. */
declare var trainyardTold: unknown[] | undefined;
/** Called by the scripts that carry files in a sandboxed frame (carried/pageFiles.js). */
declare var trainyardCarries: (text: string) => void;

/** An event as the element has it that listens for it. */
type EventOn<E extends Element = HTMLElement, Kind extends Event = Event> = Kind & { readonly currentTarget: E };

/** What a `catch` is given: as a rule an Error, those of the core with a code. */
type Thrown = { name?: string; message?: string; code?: string; where?: string | null; fatal?: boolean } | null | undefined;
