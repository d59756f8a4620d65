// @ts-check
/**
 * Experiments worth seeing, each a link with a question; keys 1 to 9 open them. A test trains every one and holds its
 * sentence to what comes out.
 *
 * @typedef {{name: string, question: string, about: string, hash: string}} Preset
 * @type {Preset[]}
 */
export const PRESETS = [
  {
    name: "A line from six points",
    question: "Can one neuron find y = 2x − 1 from six points?",
    about: "One neuron finds the 2 and the −1 of y = 2x − 1.",
    hash: "source=line",
  },
  {
    name: "XOR without a hidden layer",
    question: "Can a straight line separate opposite corners?",
    about: "One straight line can't part opposite corners, however long it trains.",
    hash: "source=xor&layers=none&epochs=200",
  },
  {
    name: "XOR with a hidden layer",
    question: "Can a hidden layer separate opposite corners?",
    about: "Eight neurons in between, and it can.",
    hash: "source=xor&layers=8&optimizer=adam&learningRate=0.03&epochs=200",
  },
  {
    name: "Features instead of depth",
    question: "Can the right features replace hidden layers?",
    about: "Given the squares, a single layer finds the circle.",
    hash: "features=x2,y2&layers=none&learningRate=0.1&epochs=200",
  },
  {
    name: "The spiral, by depth",
    question: "Can two hidden layers separate two spiral arms?",
    about: "Two layers of eight wind themselves around it.",
    hash: "source=spiral",
  },
  {
    name: "Learning by heart",
    question: "Can a network know its training points by heart and still fail?",
    about: "Few noisy points and many neurons: the training loss falls, the test loss rises.",
    hash: "source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=600",
  },
  {
    name: "… and what holds it back",
    question: "Can a penalty on the weights stop a network from learning by heart?",
    about: "The same net with a price on its weights: the test loss stays low.",
    hash: "source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=600&l2=0.03",
  },
  {
    name: "Too long a step",
    question: "Can a learning rate be too large?",
    about: "A learning rate beyond what the curve of the loss allows: it blows up.",
    hash: "source=line&learningRate=0.3",
  },
  {
    name: "Slopes that vanish",
    question: "Can a deep network of sigmoids learn at all?",
    about: "Six layers of sigmoids: hardly any slope reaches the first, and nothing moves.",
    hash: "layers=8,8,8,8,8,8&activation=sigmoid&epochs=200",
  },
];
