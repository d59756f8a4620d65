// @ts-check
/** Gives the views their names as elements; its own file, so that importing a view defines nothing. */
import { ConfusionFold } from "./confusionFold.js";
import { ContestFold } from "./contestFold.js";
import { DataFold } from "./dataFold.js";
import { DataPanel } from "./dataPanel.js";
import { EngineChip } from "./engineChip.js";
import { LossChart } from "./lossChart.js";
import { MenuBar } from "./menuBar.js";
import { MicroscopeFold } from "./microscopeFold.js";
import { ModelPanel } from "./modelPanel.js";
import { Notices } from "./notices.js";
import { OutputPanel } from "./outputPanel.js";
import { PredictionBox } from "./predictionBox.js";
import { RaceFold } from "./raceFold.js";
import { RunBar } from "./runBar.js";
import { SourcePicker } from "./sourcePicker.js";
import { StepFigures } from "./stepFigures.js";
import { ToyOutput } from "./toyOutput.js";
import { TrainingPanel } from "./trainingPanel.js";

const VIEWS = {
  "ty-confusion-fold": ConfusionFold,
  "ty-contest-fold": ContestFold,
  "ty-data-fold": DataFold,
  "ty-data-panel": DataPanel,
  "ty-engine-chip": EngineChip,
  "ty-loss-chart": LossChart,
  "ty-menu-bar": MenuBar,
  "ty-microscope-fold": MicroscopeFold,
  "ty-model-panel": ModelPanel,
  "ty-notices": Notices,
  "ty-output-panel": OutputPanel,
  "ty-prediction-box": PredictionBox,
  "ty-race-fold": RaceFold,
  "ty-run-bar": RunBar,
  "ty-source-picker": SourcePicker,
  "ty-step-figures": StepFigures,
  "ty-toy-output": ToyOutput,
  "ty-training-panel": TrainingPanel,
};

export function defineViews(registry = customElements) {
  for (const [name, view] of Object.entries(VIEWS)) {
    if (!registry.get(name)) registry.define(name, view);
  }
}
