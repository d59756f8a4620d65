// @ts-check
/**
 * Runs with what the coach should say of them at their end, and why. `null`: nothing; a good run is left in peace.
 *
 * @type {[string, "dying" | "collapse" | "overfitting" | "noisy" | "overshooting" | "plateau" | "diverged" | null, string][]}
 */
export const RUNS = [
  // Nothing is wrong.
  ["epochs=200", null, "the page's first experiment learns the circle"],
  ["source=xor&epochs=200", null, "a small network learns XOR"],
  ["source=gaussian&epochs=100", null, "two clouds that a line parts"],
  ["source=moons&epochs=100", null, "clean moons are learned to the last row"],
  ["source=line", null, "a line through six points"],
  ["source=sine&epochs=200", null, "regression that still gets better"],
  ["source=plane&epochs=100", null, "regression that is learned"],
  ["features=x2,y2&layers=none&learningRate=0.1&epochs=200", null, "a linear model on the right features"],
  ["source=moons&loss=hinge&epochs=100", null, "another loss, next to 0"],
  ["source=line&noise=0.5&samples=100&epochs=200", null, "only noise is left, a tiny share of the loss at the start"],
  ["layers=8,8&activation=relu&epochs=100", null, "ReLUs that live, or die in ones and twos"],
  [
    "source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=300&l2=0.03",
    null,
    "the penalty holds the loss up on purpose, and the test loss down",
  ],
  ["source=rings&epochs=150&layers=8", null, "rings"],
  ["source=multi-gaussian&epochs=200", null, "six bumps, by regression"],
  ["source=swiss-roll&epochs=300", null, "a value along a roll"],
  ["source=three-spiral&layers=16,16&optimizer=adam&learningRate=0.01&epochs=200", null, "three classes"],
  ["source=xor&layers=8&optimizer=adam&learningRate=0.03&epochs=200", null, "XOR by Adam"],
  ["source=moons&layers=8&optimizer=rmsprop&learningRate=0.003&epochs=100", null, "RMSprop"],
  ["source=moons&layers=8&optimizer=adagrad&learningRate=0.05&epochs=100", null, "AdaGrad"],
  ["source=moons&layers=16,16&optimizer=adamw&learningRate=0.01&epochs=150", null, "AdamW"],
  ["layers=8,8&activation=sigmoid&optimizer=adam&learningRate=0.01&epochs=200", null, "sigmoids that learn"],
  ["layers=8,8,8,8&activation=tanh&epochs=100", null, "four layers that learn"],
  [
    "layers=8,8,8,8,8,8&activation=relu&epochs=60",
    null,
    "many dead neurons, and a loss that is next to nothing all the same",
  ],
  ["source=moons&noise=0.3&layers=16,16&dropout=0.2&epochs=150", null, "dropout, and noise that stays"],
  ["imbalance=0.2&layers=8&classWeights=balanced&epochs=200", null, "uneven classes, weighted"],
  ["source=moons&imbalance=0.1&layers=8&epochs=200", null, "uneven classes that are told apart"],
  ["schedule=cosine&epochs=150", null, "a rate that falls to 0"],
  ["batchSize=1&epochs=60", null, "one row a step, at a small rate"],
  ["noise=0.2&epochs=200&batchSize=1", null, "the same with noise: the loss wobbles, no more"],
  ["source=sine&noise=0.2&layers=8&optimizer=adam&learningRate=0.01&epochs=200", null, "a noisy sine"],
  [
    "source=spiral&noise=0.5&layers=32,32&activation=relu&optimizer=adam&learningRate=0.01&epochs=200",
    null,
    "the loss jumps where it is low: it has come far",
  ],
  // Too little happened to say anything.
  ["source=moons&epochs=1", null, "one epoch"],
  ["epochs=2&learningRate=3", null, "two epochs"],
  ["source=spiral&epochs=7&batchSize=1", null, "seven epochs are no trend"],
  ["samples=4&trainingShare=0.5&epochs=100", null, "two rows to learn from, and the loss falls on both sides"],
  ["imbalance=0.05&layers=2&learningRate=0.001&epochs=25", null, "a network may take its time to tell classes apart"],
  // Overfitting.
  [
    "source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=300",
    "overfitting",
    "few noisy points, many neurons",
  ],
  [
    "noise=0.5&samples=60&trainingShare=0.5&layers=16,16&learningRate=0.1&epochs=1500&seed=3",
    "overfitting",
    "the same on a circle, and more epochs than the curve has points",
  ],
  [
    "source=sine&noise=0.5&samples=30&layers=32,32&optimizer=adam&learningRate=0.01&epochs=600",
    "overfitting",
    "regression through every noisy point",
  ],
  ["samples=20&noise=0.5&layers=32,32&learningRate=0.1&epochs=600", "overfitting", "sixteen rows, learned one by one"],
  [
    "source=moons&samples=60&noise=0.4&validation=0.3&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=200",
    "overfitting",
    "judged by the validation rows",
  ],
  [
    "source=rings&noise=0.5&samples=100&trainingShare=0.3&layers=16,16&optimizer=adam&learningRate=0.03&epochs=200",
    "overfitting",
    "thirty rings' points, learned one by one",
  ],
  // Dead neurons, whatever else they lead to.
  [
    "layers=16,16&activation=relu&biasInit=-3&epochs=60",
    "dying",
    "dead from the start, and so one class for every row",
  ],
  [
    "source=spiral&activation=relu&learningRate=1&layers=8,8&epochs=100",
    "dying",
    "a rate that kills them; it looks like noise, or like one class",
  ],
  [
    "source=plane&layers=8,8,8,8&activation=relu&learningRate=1&epochs=60",
    "dying",
    "regression: the last layer is dead, the loss stands far above the start",
  ],
  ["source=sine&learningRate=1&layers=32,32&activation=relu&epochs=100", "dying", "31 of 32"],
  [
    "source=spiral&optimizer=rmsprop&learningRate=50&layers=16,16&activation=relu&epochs=60",
    "dying",
    "another optimizer",
  ],
  ["source=spiral&optimizer=adam&learningRate=0.5&layers=16,16&epochs=100", "dying", "Adam kills them as well"],
  // One class for every row.
  [
    "imbalance=0.05&layers=none&features=x,y&epochs=100",
    "collapse",
    "19 of 20 rows are of one class, and no line parts them",
  ],
  [
    "imbalance=0.1&layers=8&activation=sigmoid&learningRate=0.001&epochs=100",
    "collapse",
    "steps that are too small to get away from the majority",
  ],
  [
    "layers=8,8,8,8&activation=sigmoid&loss=mse&learningRate=0.3&imbalance=0.2&epochs=100",
    "collapse",
    "sigmoids whose gradients vanish, and uneven classes",
  ],
  ["imbalance=0.05&layers=8,8&epochs=60", "collapse", "enough neurons, and a class that is too rare to count"],
  ["imbalance=0.1&noise=0.5&layers=4&epochs=100", "collapse", "a rare class in the noise"],
  // A rate so large that training does harm, though nothing overflows.
  ["learningRate=100&epochs=60", "overshooting", "tanh neurons saturate, half the rows are right"],
  ["source=gaussian&learningRate=100&layers=none&epochs=60", "overshooting", "a convex loss, and still"],
  [
    "source=plane&optimizer=rmsprop&learningRate=100&layers=16,16,16&activation=linear&epochs=60",
    "overshooting",
    "it stands still, far above the start",
  ],
  // It stands still.
  ["layers=8,8,8,8,8,8&activation=sigmoid&epochs=60", "plateau", "gradients that vanish"],
  ["source=xor&layers=none&epochs=100", "plateau", "no line parts XOR"],
  ["source=spiral&layers=none&features=x,y&epochs=100", "plateau", "nor the spiral"],
  ["learningRate=0.000001&epochs=60", "plateau", "a rate that moves nothing"],
  [
    "source=gaussian&noise=0.5&epochs=300",
    "plateau",
    "all that can be told apart is; whether that is enough is the reader's to say",
  ],
  ["source=xor&activation=linear&layers=8&epochs=200", "plateau", "layers without a bend"],
  ["init=zeros&layers=8,8&epochs=100", "plateau", "neurons that all learn the same"],
  ["layers=8&l2=1&epochs=100", "plateau", "a penalty that lets nothing be learned"],
  ["source=sine&layers=none&epochs=200", "plateau", "regression: a line through a sine"],
  // Noise.
  ["learningRate=10&epochs=100", "noisy", "a rate at which nothing is kept"],
  ["momentum=0.9&learningRate=3&epochs=100", "noisy", "momentum makes it larger still"],
  ["source=moons&optimizer=adam&learningRate=1&layers=16,16&epochs=100", "noisy", "Adam, a hundred times too fast"],
  ["source=sine&optimizer=adam&learningRate=1&layers=16&epochs=150", "noisy", "the same by regression"],
  ["noise=0.5&batchSize=1&learningRate=1&epochs=100", "noisy", "one row a step, and a large rate"],
  [
    "source=multi-gaussian&samples=200&layers=16,16&activation=linear&learningRate=0.3&batchSize=2&epochs=60",
    "noisy",
    "two rows a step",
  ],
  [
    "source=line&samples=50&noise=0.5&learningRate=0.14&batchSize=1&epochs=50",
    "noisy",
    "a rate that is near the bound, one row a step",
  ],
  // Diverged: the rescue speaks, not the coach.
  ["source=line&learningRate=0.3", "diverged", "twice what the curvature allows"],
  ["source=plane&learningRate=10&activation=linear", "diverged", "far more than that, in the first epoch"],
];

/** Runs that diverge, and whether clipping gradients would hold them: where single steps are too long, not every one. @type {[string, boolean][]} */
export const DIVERGING = [
  ["source=line&learningRate=0.3&epochs=100", false],
  ["source=line&learningRate=10&epochs=100", false],
  ["source=line&learningRate=0.16", false],
  ["source=line&learningRate=0.3&l2=1&epochs=100", false],
  ["source=line&learningRate=0.3&schedule=linear-warm-up&warmUpEpochs=300", false],
  ["source=plane&learningRate=10&activation=linear&epochs=60", false],
  ["source=plane&learningRate=100&layers=none&epochs=60", false],
  ["source=plane&batchSize=1&learningRate=0.3&activation=linear&epochs=60", false],
  ["source=plane&scale=none&learningRate=0.1&activation=linear&epochs=60", false],
  ["source=plane&layers=16,16,16&activation=linear&learningRate=0.15&batchSize=2&epochs=60", false],
  ["source=plane&layers=8,8,8,8,8,8&activation=linear&learningRate=0.05&batchSize=1&epochs=60", false],
  ["learningRate=10&layers=8,8,8&activation=linear&epochs=60", false],
  ["loss=mse&learningRate=5&activation=elu&layers=8,8&epochs=60", false],
  ["loss=mse&layers=8,8,8,8&activation=leaky-relu&learningRate=0.3&batchSize=1&epochs=60", false],
  ["source=spiral&loss=mse&optimizer=sgd&layers=16,16,16&activation=elu&learningRate=0.2&batchSize=1&epochs=60", true],
  ["source=plane&layers=8,8&activation=linear&learningRate=0.1&batchSize=1&momentum=0.9&epochs=60", true],
];
