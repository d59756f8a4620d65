// @ts-check
/** What is said of settings and sources. Loaded once there is something to see: a reader asks for it later, by pointing at a control. */

/** What each setting is for, by its key. */
export { HELP } from "./help.static.js";

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
