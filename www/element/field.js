// @ts-check
/** The field of an element, and its curve: loaded with the first of them. */
import { OutputPanel } from "../features/evaluation/outputPanel.js";
import { ToyOutput } from "../features/evaluation/toyOutput.js";
import { defineAll } from "../ui/defineAll.js";

export const define = (registry = customElements) =>
  defineAll({ "ty-output-panel": OutputPanel, "ty-toy-output": ToyOutput }, registry);
