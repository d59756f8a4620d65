// @ts-check
/** What generalization means, in figures: new recordings of known voices beside voices that no run was given. No DOM. */

/** @typedef {import("./worker/sounds.js").Unseen} Unseen */

/**
 * @typedef {object} Judged   a group of unseen voices
 * @property {string} name
 * @property {number} count
 * @property {number} correct
 * @property {{voice: string, correct: number, count: number}[]} voices   the worst first
 */

/** @param {Unseen} group @param {ArrayLike<number>} classes   predicted, one a row @returns {Judged} */
export function judged({ name, labels, voices }, classes) {
  /** @type {Map<string, {voice: string, correct: number, count: number}>} */
  const byVoice = new Map();
  labels.forEach((label, i) => {
    const one = byVoice.get(voices[i]) ?? { voice: voices[i], correct: 0, count: 0 };
    one.count += 1;
    one.correct += Number(classes[i] === label);
    byVoice.set(voices[i], one);
  });
  const all = [...byVoice.values()].sort((a, b) => a.correct / a.count - b.correct / b.count);
  return { name, count: labels.length, correct: all.reduce((sum, { correct }) => sum + correct, 0), voices: all };
}

/** Digits in other languages: no measure of how well a voice is understood, for their words are others. */
export const isForeign = (/** @type {{name: string}} */ { name }) => name === "foreign";

/** Whether a group is right more often than guessing among so many classes: by more than two standard errors. @param {{correct: number, count: number}} group @param {number} classes */
export function isAboveGuessing({ correct, count }, classes) {
  const guess = 1 / classes;
  return correct / count - guess > 2 * Math.sqrt((guess * (1 - guess)) / count);
}

/**
 * Whether a group's share is below that of known voices by more than chance alone would have it: two standard errors of the
 * difference of two shares.
 *
 * @param {{correct: number, count: number}} known
 * @param {{correct: number, count: number}} group
 */
export function isBelow(known, group) {
  const share = (/** @type {{correct: number, count: number}} */ { correct, count }) => correct / count;
  // With a success and a failure more, so that shares of all or none have an error too.
  const variance = (/** @type {{correct: number, count: number}} */ { correct, count }) => {
    const p = (correct + 1) / (count + 2);
    return (p * (1 - p)) / (count + 2);
  };
  return share(known) - share(group) > 2 * Math.sqrt(variance(known) + variance(group));
}
