// @ts-check
import { t } from "../../base/text.js";

/**
 * What is asked of the network on each source. Every question can be answered by yes or no: the answer follows from the
 * test rows (model.js).
 *
 * @type {Record<string, string>}
 */
export const QUESTIONS = {
  circle: t("result.canNetworkSeparateFrom"),
  xor: t("result.canNetworkSeparateFrom2"),
  gaussians: t("result.canNetworkSeparateTwo"),
  spiral: t("result.canNetworkSeparateTwo2"),
  moons: t("result.canNetworkSeparateTwo3"),
  rings: t("result.canNetworkTellFrom"),
  checkerboard: t("result.canNetworkLearnCheckerboard"),
  "three-spiral": t("result.canNetworkTellThree"),
  plane: t("result.canNetworkPredictHeight"),
  "multi-gaussian": t("result.canNetworkPredictLandscape"),
  product: t("result.canNetworkLearnMultiply"),
  "swiss-roll": t("result.canNetworkFindWay"),
  line: t("result.canOneNeuronFind"),
  sine: t("result.canNetworkFollowWave"),
  step: t("result.canNetworkFollowJump"),
  polynomial: t("result.canNetworkFollowY"),
  drawn: t("result.canNetworkSeparatePoints"),
  mnist: t("result.canNetworkReadDigits"),
  digits: t("result.canNetworkReadDigits"),
  fashion: t("result.canNetworkTellClothes"),
  speech: t("result.canNetworkHearDigits"),
  iris: t("result.canNetworkTellThree2"),
  penguins: t("result.canNetworkTellThree3"),
  wine: t("result.canNetworkTellWhich"),
  "breast-cancer": t("result.canNetworkTellMalignant"),
  titanic: t("result.canNetworkTellWho"),
  pima: t("result.canNetworkTellWho2"),
  voices: t("result.canNetworkHearDigits"),
  "pd-speech": t("result.canNetworkHearParkinsons"),
  "auto-mpg": t("result.canNetworkPredictHow"),
  diabetes: t("result.canNetworkPredictHow2"),
  airquality: t("result.canNetworkPredictOzone"),
};

/** A table of one's own. */
export const questionOfTable = (
  /** @type {string | undefined} */ target,
  /** @type {string | null | undefined} */ task,
) =>
  !target
    ? t("result.whatCanNetworkLearn")
    : task === "regression"
      ? t("result.canNetworkPredictFrom", { target })
      : t("result.canNetworkTellFrom2", { target });
