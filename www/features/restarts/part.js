// @ts-check
/** Restarts from other initial weights; loaded when their question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { CellPicture } from "./picture.js";
import { RestartsPanel } from "./view.js";

const VIEWS = { "ty-restarts": RestartsPanel, "ty-cells": CellPicture };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
