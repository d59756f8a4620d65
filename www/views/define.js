// @ts-check
/** Gives the views their names as elements; its own file, so that importing a view defines nothing. */
import { DataPanel } from "./dataPanel.js";
import { defineAll } from "./defineAll.js";
import { EngineChip } from "./engineChip.js";
import { FOLDS } from "./folds.js";
import { LossChart } from "./lossChart.js";
import { MenuBar } from "./menuBar.js";
import { ModelPanel } from "./modelPanel.js";
import { Notices } from "./notices.js";
import { OutputPanel } from "./outputPanel.js";
import { PredictionBox } from "./predictionBox.js";
import { RunBar } from "./runBar.js";
import { SourcePicker } from "./sourcePicker.js";
import { StepFigures } from "./stepFigures.js";
import { ToyOutput } from "./toyOutput.js";
import { TrainingPanel } from "./trainingPanel.js";

const VIEWS = {
  "ty-data-panel": DataPanel,
  "ty-engine-chip": EngineChip,
  "ty-loss-chart": LossChart,
  "ty-menu-bar": MenuBar,
  "ty-model-panel": ModelPanel,
  "ty-notices": Notices,
  "ty-output-panel": OutputPanel,
  "ty-prediction-box": PredictionBox,
  "ty-run-bar": RunBar,
  "ty-source-picker": SourcePicker,
  "ty-step-figures": StepFigures,
  "ty-toy-output": ToyOutput,
  "ty-training-panel": TrainingPanel,
};

export const defineViews = (registry = customElements) => defineAll({ ...VIEWS, ...FOLDS }, registry);
