// @ts-check
/** Learning curves; loaded when their question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { LearningCurvesPanel } from "./view.js";

export const define = (registry = customElements) => defineAll({ "ty-learning-curves": LearningCurvesPanel }, registry);
