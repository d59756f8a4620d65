// @ts-check
/** What the recommended models of sets of pictures and of sounds have in common. */

/** What all begin with. Pixels are from 0 to 1 as they are, and corners that never have ink have nothing to be scaled by. */
export const TRAINED = { activation: ["relu"], optimizer: "adam", schedule: "cosine", scale: "none" };

/** Two convolutions, for pictures large enough to lose a border to each. */
export const CONVOLUTIONAL = {
  ...TRAINED,
  layers: "conv2d:8:5:::relu,maxPool2d,conv2d:16:3:::relu,maxPool2d,flatten,32",
  learningRate: 0.003,
};
