// @ts-check
/**
 * Experiments worth seeing, each a link with a question; keys 1 to 9 open them. A test trains every one and holds its
 * sentence to what comes out.
 *
 * @typedef {{name: string, question: string, about: string, hash: string}} Preset
 * @type {Preset[]}
 */
import { t } from "../base/text.js";
export const PRESETS = [
  {
    name: t("settings.lineFromSixPoints"),
    question: t("settings.canOneNeuronFind"),
    about: t("settings.oneNeuronFinds2"),
    hash: "source=line",
  },
  {
    name: t("settings.xorWithoutHiddenLayer"),
    question: t("settings.canStraightLineSeparate"),
    about: t("settings.oneStraightLineCant"),
    hash: "source=xor&layers=none&epochs=200",
  },
  {
    name: t("settings.xorHiddenLayer"),
    question: t("settings.canHiddenLayerSeparate"),
    about: t("settings.eightNeuronsBetweenCan"),
    hash: "source=xor&layers=8&optimizer=adam&learningRate=0.03&epochs=200",
  },
  {
    name: t("settings.featuresInsteadDepth"),
    question: t("settings.canRightFeaturesReplace"),
    about: t("settings.givenSquaresSingleLayer"),
    hash: "features=x2,y2&layers=none&learningRate=0.1&epochs=200",
  },
  {
    name: t("settings.spiralDepth"),
    question: t("settings.canTwoHiddenLayers"),
    about: t("settings.twoLayersEightWind"),
    hash: "source=spiral",
  },
  {
    name: t("settings.learningHeart"),
    question: t("settings.canNetworkKnowTraining"),
    about: t("settings.fewNoisyPointsMany"),
    hash: "source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=600",
  },
  {
    name: t("settings.whatHoldsBack"),
    question: t("settings.canPenaltyWeightsStop"),
    about: t("settings.sameNetPriceWeights"),
    hash: "source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=600&l2=0.03",
  },
  {
    name: t("settings.tooLongStep"),
    question: t("settings.canLearningRateToo"),
    about: t("settings.learningRateBeyondWhat"),
    hash: "source=line&learningRate=0.3",
  },
  {
    name: t("settings.slopesVanish"),
    question: t("settings.canDeepNetworkSigmoids"),
    about: t("settings.sixLayersSigmoidsHardly"),
    hash: "layers=8,8,8,8,8,8&activation=sigmoid&epochs=200",
  },
];
