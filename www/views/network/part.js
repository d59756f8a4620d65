// @ts-check
/** What is loaded once the first network is drawn: looking closer, editing, gradients. */
import { NetworkCard } from "./card.js";
import { NetworkDesk } from "./desk.js";
import { NetworkTools } from "./tools.js";

const VIEWS = { "ty-network-card": NetworkCard, "ty-network-desk": NetworkDesk, "ty-network-tools": NetworkTools };

export function define(registry = customElements) {
  for (const [name, view] of Object.entries(VIEWS)) {
    if (!registry.get(name)) registry.define(name, view);
  }
}
