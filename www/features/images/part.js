// @ts-check
/** What is loaded with the first set of pictures: one of them with what the model makes of it, many side by side, how training images are varied, a pad to draw on, and the network with its maps. */
import { defineAll } from "../../ui/defineAll.js";
import { DigitPad } from "./pad.js";
import { ImageAugment } from "./augment.js";
import { PictureEdits } from "./edits.js";
import { ImageNetwork } from "./network.js";
import { ImageOutput } from "./output.js";
import { StrokeHistory } from "./strokeHistory.js";
import { PictureTiles } from "./tiles.js";

const VIEWS = {
  "ty-digit-pad": DigitPad,
  "ty-image-augment": ImageAugment,
  "ty-image-network": ImageNetwork,
  "ty-image-output": ImageOutput,
  "ty-picture-edits": PictureEdits,
  "ty-picture-tiles": PictureTiles,
  "ty-stroke-history": StrokeHistory,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
