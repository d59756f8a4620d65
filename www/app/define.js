// @ts-check
/** Gives the views their names as elements; its own file, so that importing a view defines nothing. */
import { DataPanel } from "../features/data/dataPanel.js";
import { defineAll } from "../ui/defineAll.js";
import { Figures } from "../features/evaluation/figures.js";
import { EngineChip } from "../features/training/engineChip.js";
import { LossChart } from "../features/training/lossChart.js";
import { MenuBar } from "../features/menu/menuBar.js";
import { ModelPanel } from "../features/model/modelPanel.js";
import { Notices } from "../features/training/notices.js";
import { OutputPanel } from "../features/evaluation/outputPanel.js";
import { PredictionBox } from "../features/evaluation/predictionBox.js";
import { RunBar } from "../features/training/runBar.js";
import { SourcePicker } from "../features/data/sourcePicker.js";
import { StepFigures } from "../features/training/stepFigures.js";
import { ToyOutput } from "../features/evaluation/toyOutput.js";
import { TrainingPanel } from "../features/training/trainingPanel.js";

const VIEWS = {
  "ty-data-panel": DataPanel,
  "ty-engine-chip": EngineChip,
  "ty-figures": Figures,
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

export const defineViews = (registry = customElements) => defineAll(VIEWS, registry);
