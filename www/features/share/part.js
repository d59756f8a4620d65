// @ts-check
import { defineAll } from "../../ui/defineAll.js";
import { ShareDialog } from "./shareDialog.js";

export const define = (registry = customElements) => defineAll({ "ty-share-dialog": ShareDialog }, registry);
