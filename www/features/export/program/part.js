// @ts-check
/** The experiment as a program. Loaded once somebody wants to see or have it. */
import { defineAll } from "../../../ui/defineAll.js";
import { everything } from "./everything.js";
import { ProgramPane } from "./pane.js";

export { everything };

export const define = (registry = customElements) => defineAll({ "ty-program": ProgramPane }, registry);
