// @ts-check
/** The network of an element: loaded with the first of them. */
import { ModelPanel } from "../features/model/modelPanel.js";
import { defineAll } from "../ui/defineAll.js";

export const define = (registry = customElements) => defineAll({ "ty-model-panel": ModelPanel }, registry);
