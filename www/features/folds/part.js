// @ts-check
/** Cross-validation; loaded when its question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { FoldsPanel } from "./view.js";

export const define = (registry = customElements) => defineAll({ "ty-folds": FoldsPanel }, registry);
