/** Put in by build.mjs; bare sources, as the tests in Node have them, are without. */
declare var TRAINYARD_BUILD: string | undefined;
declare var TRAINYARD_SHARED: string | undefined;
declare var TRAINYARD_FILES: [string, string][];
