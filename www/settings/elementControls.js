// @ts-check
/** What `<train-yard>` shows below its picture where it says nothing of it. */
export const USUAL_CONTROLS = ["play", "reset", "epoch", "training-loss", "test-loss"];
