// @ts-check
/**
 * Why a run is over, in the reader's language. The core says it in English (src/run/reason.rs): a clause, and where nothing
 * was learned a sentence on what is far from unit scale, with its numbers. What isn't known here stays as it is.
 */
import { t } from "../base/text.js";

/** @type {Record<string, string>} */
const CLAUSES = {
  "the agreed number of epochs is done": t("session.reasonEpochs"),
  "the goal is reached": t("session.reasonGoal"),
  "the loss no longer gets better": t("session.reasonPatience"),
  "the loss is no longer a finite number": t("session.reasonDiverged"),
};

const TARGETS =
  /^The targets are far from unit scale \(mean (\S+), standard deviation (\S+)\)\. Subtract \S+( and divide by \S+)? before training, or lower the learning rate\.$/;

const INPUT = /^(?:An input|"(.*)") reaches (\S+) unscaled\. Choose standard scaling \(data\.scale: "standard"\)\.$/s;

/** @param {string} cause */
function causeWords(cause) {
  const [ofTargets, mean, deviation, isDivided] = TARGETS.exec(cause) ?? [];
  if (ofTargets)
    return t("session.reasonTargets", {
      mean,
      deviation,
      divide: isDivided ? t("session.reasonDivide", { deviation }) : "",
    });
  const [ofInput, name, most] = INPUT.exec(cause) ?? [];
  if (!ofInput) return cause;
  return t("session.reasonInput", {
    name: name === undefined ? t("session.reasonAnInput") : t("session.reasonNamed", { name }),
    most,
  });
}

/** @param {string | null} why */
export function reasonWords(why) {
  if (!why) return why;
  const end = why.indexOf(". ");
  const clause = end < 0 ? why : why.slice(0, end);
  if (!Object.hasOwn(CLAUSES, clause)) return why;
  return end < 0 ? CLAUSES[clause] : `${CLAUSES[clause]}. ${causeWords(why.slice(end + 2))}`;
}
