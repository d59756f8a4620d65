// @ts-check
/**
 * What a playground's store holds.
 *
 * @typedef {object} RunInfo
 * @property {import("./protocol.js").RunState | "failed"} state
 * @property {number} step
 * @property {number} epoch
 * @property {string | null} why
 * @property {number} learningRate   when it came to this state
 *
 * @typedef {object} EngineInfo
 * @property {"cpu" | "gpu"} engine
 * @property {string} reason
 * @property {import("./protocol.js").Adapter | null} adapter
 * @property {number} deviceBytes
 * @property {number} dispatchesPerStep
 * @property {boolean} [isFast]   whether the last digits depend on the machine
 * @property {import("./protocol.js").Tiles | null} [tiles]   of a GPU's large products
 *
 * @typedef {object} Notice
 * @property {"info" | "warning" | "error"} tone
 * @property {string} text
 * @property {{label: string, run: () => void}} [action]   what can be done about it
 *
 * @typedef {object} State
 * @property {import("../settings/spec.js").Settings} settings
 * @property {import("../settings/spec.js").Settings} hand          what was set by hand, whatever the source
 * @property {string[]} ignored                           parts of the link that could not be read
 * @property {RunInfo | null} run
 * @property {import("./protocol.js").Description | null} description
 * @property {number} shown                              the number of the run that is described, and drawn
 * @property {EngineInfo | null} engine                   who computes the run, and why
 * @property {import("./computedBy.js").Computed} [computed]   who computed the run's steps
 * @property {import("./protocol.js").Points | null} points
 * @property {import("./protocol.js").Frame | null} frame  the newest; older pictures are kept where it has none
 * @property {[number, number][] | null} view              the part of the input space on the picture
 * @property {number[]} ask                                the question in the Prediction box
 * @property {Record<string, import("./protocol.js").Preview>} previews
 * @property {Float32Array | null} rates                  the schedule's learning rate for each epoch
 * @property {Record<string, string>} problems             by setting key: why the last entry was refused
 * @property {Record<string, string>} about               what is to be seen in each source, by its name, once that is loaded
 * @property {Notice | null} notice                        what was said last
 * @property {Notice[]} pending                           what stays said, whatever else is, until it is mended or closed
 * @property {import("./edits.js").Edits} [edits]         what was changed by hand in this run, to be undone
 * @property {import("./places.js").Place | null} [picked] the neuron, weight or bias that was chosen in the graph
 * @property {import("./tables.js").TableState} table      the rows of a table, where they are
 * @property {import("./locks.js").Lock | null} lock     on the test rows of a table; null where they are open to all
 * @property {(import("../features/result/worker.js").Baseline & {part: "test" | "validation" | "training", run: number}) | null} baseline   how
 *   good guessing is, on rows of that run
 * @property {import("./threshold.js").Threshold | null} [threshold] of a run's decisions, where somebody moved it
 * @property {import("./scatter.js").Components | null} components   the plane of the picture, while it is over principal components
 */
export {};
