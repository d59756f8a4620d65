// @ts-check
/** What is loaded once the first network is drawn: looking closer, editing, gradients. */
import { defineAll } from "../defineAll.js";
import { NetworkCard } from "./card.js";
import { NetworkDesk } from "./desk.js";
import { NetworkTools } from "./tools.js";

const VIEWS = { "ty-network-card": NetworkCard, "ty-network-desk": NetworkDesk, "ty-network-tools": NetworkTools };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
