// @ts-check
import { t } from "../base/text.js";

/** The optimizers that race, each with the rate that suits most small nets; by "as it is set" all have the one on the page. */
const RACERS = [
  { name: "SGD", settings: { optimizer: "sgd", momentum: 0, nesterov: false }, rate: 0.03 },
  { name: t("comparison.momentum"), settings: { optimizer: "sgd", momentum: 0.9, nesterov: false }, rate: 0.01 },
  { name: t("comparison.nesterov"), settings: { optimizer: "sgd", momentum: 0.9, nesterov: true }, rate: 0.01 },
  { name: t("comparison.adagrad"), settings: { optimizer: "adagrad" }, rate: 0.03 },
  { name: "RMSprop", settings: { optimizer: "rmsprop" }, rate: 0.003 },
  { name: t("comparison.adam"), settings: { optimizer: "adam" }, rate: 0.01 },
];

/**
 * The settings with each of these optimizers.
 *
 * @param {import("../settings/spec.js").Settings} settings
 * @param {boolean} isOneRate   whether all have the learning rate that is set
 */
export const optimizerPresets = (settings, isOneRate) =>
  RACERS.map(({ name, settings: own, rate }) => {
    const learningRate = isOneRate ? settings.learningRate : rate;
    return {
      name,
      change: t("comparison.learningRate", { learningRate }),
      settings: { ...settings, ...own, learningRate },
    };
  });
