// @ts-check
/**
 * What is asked of the network on each source. Every question can be answered by yes or no: the answer follows from the
 * test rows (model.js).
 *
 * @type {Record<string, string>}
 */
export const QUESTIONS = {
  circle: "Can this network separate ● from ▲ when one surrounds the other?",
  xor: "Can this network separate ● from ▲ when opposite corners belong together?",
  gaussians: "Can this network separate two clouds of points?",
  spiral: "Can this network separate two spiral arms?",
  moons: "Can this network separate two interlocking moons?",
  rings: "Can this network tell ● from ▲ on alternating rings?",
  checkerboard: "Can this network learn a checkerboard?",
  "three-spiral": "Can this network tell three spiral arms apart?",
  plane: "Can this network predict the height of a tilted plane?",
  "multi-gaussian": "Can this network predict a landscape of six bumps?",
  product: "Can this network learn to multiply x by y?",
  "swiss-roll": "Can this network find the way along a rolled-up sheet?",
  line: "Can one neuron find y = 2x − 1 from six points?",
  sine: "Can this network follow a wave?",
  step: "Can this network follow a jump?",
  polynomial: "Can this network follow y = x³ − 2x?",
  drawn: "Can this network separate the points you drew?",
  iris: "Can this network tell three species of iris apart by their measurements?",
  penguins: "Can this network tell three species of penguin apart?",
  wine: "Can this network tell which grower a wine is from by its chemistry?",
  "breast-cancer": "Can this network tell malignant from benign tumors?",
  titanic: "Can this network tell who survived the Titanic?",
  pima: "Can this network tell who has diabetes from eight measurements?",
  "pd-speech": "Can this network hear Parkinson’s disease in a voice?",
  "auto-mpg": "Can this network predict how far a car goes on a gallon?",
  diabetes: "Can this network predict how diabetes progresses in a year?",
  airquality: "Can this network predict the ozone in New York’s air?",
};

/** A table of one's own. */
export const questionOfTable = (
  /** @type {string | undefined} */ target,
  /** @type {string | null | undefined} */ task,
) =>
  !target
    ? "What can this network learn from your table?"
    : task === "regression"
      ? `Can this network predict ${target} from the other columns?`
      : `Can this network tell ${target} from the other columns?`;
