// @ts-check
/** The preview in the share dialog is the page itself in a frame of this name: it keeps nothing and offers nothing to resume. */
export const PREVIEW = "trainyard-preview";

/** What the preview says to the dialog that it is in when Escape is pressed in it: the keys of a frame are its own. */
export const LEAVE = "trainyard-leave";

export const isPreview = () => globalThis.window?.name === PREVIEW;
