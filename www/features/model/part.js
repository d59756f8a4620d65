// @ts-check
/** What is loaded once the first network is drawn: looking closer, editing, gradients. */
import { defineAll } from "../../ui/defineAll.js";
import { NetworkCard } from "./card.js";
import { NetworkOverlay } from "./networkOverlay.js";
import { NetworkTools } from "./networkTools.js";

export { networkWords } from "./networkWords.js";

const VIEWS = {
  "ty-network-card": NetworkCard,
  "ty-network-overlay": NetworkOverlay,
  "ty-network-tools": NetworkTools,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
