// @ts-check
/** Where a setting is chosen that has no field of its own, or more than that. @type {Record<string, string>} */
export const CONTROLS = {
  source: "ty-source-picker :is(input, button), .real select, .way",
  features: ".features :is(input:not([type=search]), button:not(.info))",
  layers: "ty-model-panel :is(.stepper, .columns .controls) button, .layer-cards :is(input, select, button)",
  activation: "ty-model-panel .columns select, .layer-cards select[id$='-activation']",
  seed: ".run-seed",
};
