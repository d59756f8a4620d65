// @ts-check
/** Tells a link of TensorFlow Playground from one of ours: by keys that only it has. */

const ITS_KEYS =
  /(^|[#&])(dataset|regDataset|networkShape|percTrainData|regularization|regularizationRate|problem|initZero|collectStats|hideText|xTimesY|xSquared|ySquared|sinX|sinY|cosX|cosY|\w+_hide)=/;

export const isForeign = (/** @type {string} */ hash) => ITS_KEYS.test(hash);

/**
 * A hash of ours for any that is understood.
 *
 * @param {string} hash
 * @param {() => Promise<typeof import("./tfPlayground.js")>} load   what reads the links of others: few pages need it
 */
export async function ownHash(hash, load) {
  if (!isForeign(hash)) return hash;
  const { translate } = await load();
  return translate(hash);
}
