// @ts-check
/** What is loaded when one opens a panel's "More". */
import { defineAll } from "../../ui/defineAll.js";
import { LayerCards } from "./layerCards.js";
import { RateChart } from "./rateChart.js";
import { MoreSettings } from "./settings.js";

const VIEWS = { "ty-layer-cards": LayerCards, "ty-more-settings": MoreSettings, "ty-rate-chart": RateChart };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
