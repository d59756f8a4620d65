// @ts-check
/**
 * What is worth saying about a run while it trains: rules over its moments, each with its evidence in numbers and what
 * to try. A rule has to hold for some epochs before it says anything.
 *
 * @typedef {import("./timeTravel.js").Moment} Moment
 *
 * @typedef {object} Look    what predictions and units were like at an epoch
 * @property {number} epoch
 * @property {number | null} only   the one class that was predicted, if there was only one
 * @property {number} rows          that were asked about
 * @property {{layer: number, dead: number, of: number}[]} [units]   of layers whose units can die
 *
 * @typedef {object} Alert
 * @property {"collapse" | "dying" | "overfitting" | "noisy" | "plateau"} kind
 * @property {number} since         the epoch
 * @property {string} title
 * @property {string} evidence
 * @property {string} advice
 * @property {number} [step]        the moment to go back to, where that helps
 */
import { counted, formatCount, formatLoss } from "./format.js";

/** So many epochs, and this share of the run, a rule has to hold. */
const LEAST_EPOCHS = 8;
const LEAST_SHARE = 0.1;

const epochs = (/** @type {number} */ count) => counted(count, "epoch");
const percent = (/** @type {number} */ share) => (share < 0.001 ? "less than 0.1 %" : share >= 0.995 && share < 1 ? "over 99 %" : `${share < 0.095 ? Number((100 * share).toPrecision(1)) : Math.round(100 * share)} %`);
const median = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * All that holds, what matters most first.
 *
 * @param {Moment[]} moments
 * @param {Look[]} looks
 * @param {{batchSize: number, trainingRows: number}} about
 * @returns {Alert[]}
 */
export function alertsOf(moments, looks, about) {
  const sound = moments.filter(({ training }) => Number.isFinite(training.loss));
  const rules = [collapse(looks), dying(looks), overfitting(sound), noisy(sound, about), plateau(sound)];
  return rules.filter((alert) => alert !== null);
}

/** Whether something has held long enough. */
const holds = (/** @type {number} */ since, /** @type {number} */ now) => now - since >= Math.max(LEAST_EPOCHS, LEAST_SHARE * now);

/** Each value is the middle one of itself and its neighbours: a single outlier says nothing. */
const calmed = (/** @type {number[]} */ values) =>
  values.map((_, i) => {
    const first = Math.max(0, Math.min(i - 1, values.length - 3));
    return median(values.slice(first, first + 3));
  });

/** The test loss rises while the training loss falls. @param {Moment[]} moments @returns {Alert | null} */
export function overfitting(moments) {
  const tested = moments.filter(({ test }) => test && Number.isFinite(test.loss));
  if (tested.length < 6) return null;
  const [test, training] = [calmed(tested.map((m) => m.test?.loss ?? 0)), calmed(tested.map((m) => m.training.loss))];
  const best = test.indexOf(Math.min(...test));
  const last = tested.length - 1;
  const [since, now] = [tested[best].epoch, tested[last].epoch];
  const [rise, fall] = [test[last] / test[best] - 1, 1 - training[last] / training[best]];
  // Most of the way up, so that a test loss that only wobbles is none.
  const up = test.slice(best + 1).filter((loss) => loss > test[best] * 1.02).length / Math.max(1, last - best);
  // Rows that are told better than those one learns from are not what suffers.
  if (!(test[last] > training[last])) return null;
  if (!holds(since, now) || rise < 0.08 || fall < 0.03 || up < 0.7) return null;
  return {
    kind: "overfitting", since, title: "It learns the training rows by heart",
    evidence: `Since epoch ${formatCount(since)} the test loss rose by ${percent(rise)} (${formatLoss(test[best])} to ${formatLoss(test[last])}), while the training loss fell by ${percent(fall)}.`,
    advice: "Stop there, add an L2 penalty or dropout, make the network smaller, or get more rows.",
    step: tested[best].step,
  };
}

/** Whether little is left to learn. */
const isGood = (/** @type {number} */ loss, /** @type {Moment[]} */ moments) =>
  loss < 0.1 * moments[0].training.loss || (moments[moments.length - 1].training.accuracy ?? 0) > 0.98;

/** The training loss stands still though it is not low. @param {Moment[]} moments @returns {Alert | null} */
export function plateau(moments) {
  if (moments.length < 12) return null;
  const now = moments[moments.length - 1].epoch;
  const from = now - Math.max(30, 0.3 * now);
  const recent = moments.filter(({ epoch }) => epoch >= from);
  if (from < 5 || recent.length < 6) return null;
  const cut = Math.floor(recent.length / 3);
  const [before, after] = [recent.slice(0, cut), recent.slice(-cut)].map((part) => mean(part.map((m) => m.training.loss)));
  const start = moments[0].training.loss;
  const gain = 1 - after / before;
  if (Math.abs(gain) > 0.005 || isGood(after, moments)) return null;
  return {
    kind: "plateau", since: Math.round(from), title: "The loss stands still",
    evidence: `For ${epochs(now - from)} the training loss stayed at about ${formatLoss(after)} (${gain < 0 ? "up" : "down"} ${percent(Math.abs(gain))}); it began at ${formatLoss(start)}.`,
    advice: "Try a larger learning rate, another activation, or more neurons. If this is good enough, it is done.",
  };
}

/** Losses jump from look to look, up as often as down. @param {Moment[]} moments @param {{batchSize: number, trainingRows: number}} about @returns {Alert | null} */
export function noisy(moments, { batchSize, trainingRows }) {
  if (batchSize >= trainingRows / 2) return null;
  const recent = moments.slice(-24);
  if (recent.length < 16) return null;
  const since = recent[0].epoch;
  if (!holds(since, recent[recent.length - 1].epoch)) return null;
  const losses = recent.map((m) => m.training.loss);
  if (isGood(mean(losses), moments)) return null;
  const jumps = losses.slice(1).map((loss, i) => loss / losses[i] - 1);
  const ups = jumps.filter((jump) => jump > 0).length;
  const size = median(jumps.map(Math.abs));
  const norms = recent.map((m) => m.gradientNorm);
  const scatter = Math.sqrt(mean(norms.map((norm) => (norm - mean(norms)) ** 2))) / mean(norms);
  const third = Math.floor(losses.length / 3);
  const trend = Math.abs(mean(losses.slice(-third)) / mean(losses.slice(0, third)) - 1);
  if (size < 0.12 || ups < 0.3 * jumps.length || ups > 0.7 * jumps.length || trend > 3 * size || !(scatter > 0.4)) return null;
  return {
    kind: "noisy", since, title: "The steps are mostly noise",
    evidence: `The training loss jumps by ${percent(size)} from one look to the next, up in ${ups} of ${jumps.length}; the gradient's length scatters by ${percent(scatter)}. Each step sees ${formatCount(batchSize)} of ${formatCount(trainingRows)} rows.`,
    advice: "Make batches larger, or the learning rate smaller: or let a schedule lower it.",
  };
}

/** Every row gets the same answer. @param {Look[]} looks @returns {Alert | null} */
export function collapse(looks) {
  const last = looks.at(-1);
  if (!last || last.only === null) return null;
  const first = looks.slice(looks.findLastIndex((look) => look.only !== last.only) + 1)[0];
  if (first === last || last.epoch - first.epoch < LEAST_EPOCHS || first.epoch < 2) return null;
  return {
    kind: "collapse", since: first.epoch, title: "It always gives the same answer",
    evidence: `For ${epochs(last.epoch - first.epoch)} all of ${formatCount(last.rows)} rows were told to be class ${last.only}.`,
    advice: "Raise the learning rate, weigh classes (More, Balanced), or give the network a hidden layer or other features.",
  };
}

/** Units that answer 0 to every row can't learn any more. @param {Look[]} looks @returns {Alert | null} */
export function dying(looks) {
  const ill = ({ units = [] }) => units.find(({ dead, of }) => of > 1 && dead >= of / 3);
  const last = looks.at(-1);
  const worst = last && ill(last);
  if (!last || !worst) return null;
  const first = looks.slice(looks.findLastIndex((look) => !ill(look)) + 1)[0];
  if (last.epoch - first.epoch < LEAST_EPOCHS) return null;
  return {
    kind: "dying", since: first.epoch, title: "Neurons have died",
    evidence: `In hidden layer ${worst.layer}, ${worst.dead} of ${worst.of} neurons (${percent(worst.dead / worst.of)}) answer 0 to every row since epoch ${formatCount(first.epoch)}: their weights no longer move.`,
    advice: "Use Leaky ReLU or Tanh, a smaller learning rate, or He's first weights.",
  };
}
