// @ts-check
/** Whether outputs about classes are probabilities. Other losses give scores: 1 for a class, −1 against it, and beyond. */
export const hasProbabilities = (/** @type {{loss?: string}} */ { loss }) => loss === "cross-entropy";
