// @ts-check
/** What one collects pictures of one's own with. Loaded once somebody wants to. */
import { defineAll } from "../../../ui/defineAll.js";
import { OwnImages } from "./view.js";

export const define = (registry = customElements) => defineAll({ "ty-own-images": OwnImages }, registry);
