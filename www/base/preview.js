// @ts-check
/** The preview in the share dialog is the page itself in a frame of this name: it keeps nothing and offers nothing to resume. */
export const PREVIEW = "trainyard-preview";

export const isPreview = () => globalThis.window?.name === PREVIEW;
