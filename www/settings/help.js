// @ts-check
/**
 * What each setting is for, by its key. Loaded once there is something to see: a reader asks for it later,
 * by pointing at a control.
 *
 * @type {Record<string, string>}
 */
export const HELP = {
  source: "What the net has to learn.",
  corrupt: "What is spoilt of the training rows of the second twin, to see what bad data cost.",
  points: "The points that you drew, class by class.",
  samples: "How many points there are. More data, better generalization.",
  noise: "How much chance is mixed into the data. What is noise can't be learned, only memorised.",
  imbalance:
    "The share of class 1. Where it is rare, always saying class 0 is right most of the time: accuracy alone misleads.",
  validationShare:
    "This part of the training rows teaches the net nothing: patience and the best epoch go by it instead of by the test rows, which then stay unseen.",
  stratify: "Training, validation and test rows get the same mix of classes. Without it, chance decides.",
  trainingShare: "The part of the data to learn from. The rest is kept back to test on points the net never saw.",
  features: "What the net is shown of each point.",
  scale: "Brings all features to a like size, measured on the training rows, so that one learning rate suits all.",
  batchSize:
    "How many points the net looks at before each change of its weights. Small batches only estimate the slope, but are quick.",
  layers: "Neurons in each hidden layer. None makes a linear model.",
  activation: "The bend in each hidden neuron. Without one (linear) any depth is still only a straight line.",
  learningRate:
    "How far each step goes down the slope of the loss. Too small is slow, too large jumps about or blows up. Takes effect at once.",
  optimizer: "How the slope becomes a step. SGD walks straight down it; the others keep a step size for each weight.",
  momentum: "How much of the last step is kept, like a ball that rolls on. For SGD.",
  loss: "What training makes small. Auto takes cross-entropy for classes and the mean squared error for numbers.",
  epochs: "How many times the net sees all training data, fixed beforehand. Empty: without end. Takes effect at once.",
  seed: "Where all chance comes from: points, split, first weights, order. The same seed gives the same run.",
  engine:
    "Who computes. Auto measures both on this device and takes the faster one. The CPU gives the same numbers everywhere, the GPU the same to about four digits a step.",
  speed: "How much is trained between two pictures. It changes nothing in the result.",
  discretize: "Colors each place fully by the side it is on, however close the call.",
  hide: "Parts of the page that this link leaves out.",
  showTestData: "Also draws the points that were kept back, as outlines.",

  init: "How chance draws the weights that training starts from. From zeros, all neurons of a layer learn the same.",
  initRange: "The first weights lie between minus this and plus this.",
  biasInit: "Where every neuron's bias starts.",
  outputActivation:
    "The bend after the last layer. Tanh keeps outputs between −1 and 1, as TensorFlow Playground does; cross-entropy has its own.",
  nesterov: "Looks at the slope where the momentum will carry the weights, not where they are.",
  alpha: "How long RMSprop remembers the size of earlier slopes.",
  beta1: "How much of the earlier direction Adam keeps: its momentum.",
  beta2: "How long Adam remembers the size of earlier slopes.",
  epsilon: "Keeps the division by a very small slope in bounds.",
  weightDecay: "The part of each weight that AdamW takes away with each step, times the learning rate.",
  labelSmoothing: "Asks the net to be less than certain: this part of each label is shared among all classes.",
  classWeights: "Balanced lets a rare class count as much as a common one.",
  schedule: "How the learning rate changes from epoch to epoch: long steps first, small ones to settle.",
  stepSize: "After so many epochs the rate drops.",
  gamma: "What the rate is multiplied by, at each drop or after each epoch.",
  tMax: "How long the half wave down takes. Auto is the whole run; after that the rate rises again.",
  etaMin: "The rate at the bottom of the wave.",
  warmUp: "The rate rises to its full value before the schedule begins. The schedule counts its epochs from there.",
  startFactor: "The part of the rate that the first epoch gets.",
  warmUpEpochs: "After so many epochs the rate is whole.",
  plateauFactor: "What the rate is multiplied by when the training loss stands still.",
  plateauPatience: "How many epochs without progress are forgiven before the rate drops.",
  plateauThreshold: "The part by which the loss has to fall to count as progress.",
  l1: "A price on the size of every weight. It drives those that don't help to zero.",
  l1Rule:
    "Subgradient lets weights hover about zero. Prune sets a weight that the penalty carries across zero to zero for good, as TensorFlow Playground does.",
  l2: "A price on the square of every weight. It keeps all of them small, and the curve smooth.",
  dropout:
    "Switches off this part of the hidden neurons at random in each step, so that none may rely on another. Only while it trains: predictions use them all.",
  clip: "Shortens a gradient that is too long, so that one steep place can't throw the weights far off.",
  clipLimit: "The longest gradient, or the largest single slope, that is let through.",
  goal: "Good enough: the run ends as soon as this is reached. By locked test rows, that counts as a look at them.",
  goalLoss: "The loss to fall below.",
  goalAccuracy: "The share of test points to get right.",
  patience:
    "The run ends after so many epochs in which the test loss found no new low; the validation loss, where rows are kept for it. Empty: it never gives up. By locked test rows, it counts as a look.",
  restoreBest:
    "At the end, take back the weights of the epoch with the lowest test loss; validation loss, where rows are kept for it. By locked test rows, it counts as a look.",

  target: "The column to be told from the others.",
  task: "Classes: which kind a row is of. A number: how much of something.",
  read: "Delimiter, encoding, header and the like, where the file is not what it looks like.",
  kinds: "What a column holds, where it is not what it looks like.",
  clean: "What was done to the rows, in order. The table itself stays as it was loaded.",
  axes: "The two columns that the picture is drawn over.",
  picture:
    "What the picture shows: the net's output over two columns, or for each row what it says against what is true.",
};

/** What is to be seen in each source, by its name. @type {Record<string, string>} */
export const ABOUT = {
  xor: "Opposite corners belong together. One layer alone can't do it: the classic case for a hidden layer.",
  gaussians: "Two clouds that a straight line parts. A linear model does as well as a deep one here.",
  spiral: "Two arms wound around each other. Hard: it takes more neurons, or better features.",
  moons: "Two half moons that reach into each other.",
  rings: "Rings in turn, as on a target. The squares make it easy; try without them.",
  checkerboard: "Sixteen fields. What repeats suits neurons that are waves; others bend one edge after another.",
  "three-spiral": "Three classes: the network has one output for each, and the largest one decides.",
  plane: "A number for each place, rising evenly from one corner to the other.",
  "multi-gaussian": "Six bumps, up and down in turn, on a flat ground.",
  product: "A saddle: one number times the other. The feature x·y alone would do.",
  "swiss-roll": "A rolled-up sheet from the side. How far along is a point? Its distance from the middle tells.",
  line: "Six points of y = 2x − 1, and one neuron without a curve in it. Can it find the 2 and the −1?",
  sine: "One wave of numbers. Each neuron can bend the curve once.",
  step: "From −1 to 1 at once. A smooth net comes near, with ever larger weights.",
  polynomial: "y = x³ − 2x, between −2 and 2. What does the net say beyond?",
  drawn: "Points of your own: choose a brush and paint on the picture, before training or while it goes on.",
};
