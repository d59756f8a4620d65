// @ts-check
/** What is to be seen in each source, by its name. Loaded once there is something to see. */
import { t } from "../base/text.js";

/** @type {Record<string, string>} */
export const ABOUT = {
  xor: t("settings.oppositeCornersBelongTogether"),
  gaussians: t("settings.twoCloudsStraightLine"),
  spiral: t("settings.twoArmsWoundAround"),
  moons: t("settings.twoHalfMoonsReach"),
  rings: t("settings.ringsTurnTargetSquares"),
  checkerboard: t("settings.sixteenFieldsWhatRepeats"),
  "three-spiral": t("settings.threeClassesNetworkHas"),
  plane: t("settings.numberEachPlaceRising"),
  "multi-gaussian": t("settings.sixBumpsUpDown"),
  product: t("settings.saddleOneNumberTimes"),
  "swiss-roll": t("settings.rolledUpSheetFrom"),
  line: t("settings.sixPointsY2x"),
  sine: t("settings.oneWaveNumbersEach"),
  step: t("settings.from11Once"),
  polynomial: t("settings.yX2xBetween"),
  drawn: t("settings.pointsYourOwnChoose"),
};
