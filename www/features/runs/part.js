// @ts-check
/** Charts of everything, and the kept runs: loaded when one of them is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { ChartBox } from "./chartBox.js";
import { ChartsPanel } from "./chartsPanel.js";
import { RunsPanel } from "./runsPanel.js";

const VIEWS = { "ty-chart-box": ChartBox, "ty-charts-panel": ChartsPanel, "ty-runs-panel": RunsPanel };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
