// @ts-check
/** What is loaded when one opens a panel's "More". */
import { RateChart } from "./rateChart.js";
import { MoreSettings } from "./settings.js";

const VIEWS = { "ty-more-settings": MoreSettings, "ty-rate-chart": RateChart };

export function define(registry = customElements) {
  for (const [name, view] of Object.entries(VIEWS)) {
    if (!registry.get(name)) registry.define(name, view);
  }
}
