// @ts-check
/** A training image as the network is shown it, epoch after epoch: by the core itself, so that they are those of training. */
import { commandError } from "../../../worker/commandError.js";
import { t } from "../../../base/text.js";

/**
 * @param {Pick<import("../../../worker/jobs.js").JobParts, "run">} parts
 * @param {import("../../../session/protocol.js").JobCourse<"variants">} course
 * @returns {Promise<{pixels: Float64Array}>}   ink from 0 to 1, image after image
 */
export async function variantsOf({ run }, { row, first, count }) {
  const found = run();
  if (!found?.description.image) throw commandError("run", t("sight.noRun"));
  const trainer = /** @type {import("../../../pkg-full/trainyard.js").Trainer} */ (found.trainer);
  // A run on pictures has one column: their numbers.
  return { pixels: trainer.variants(trainer.points().inputs.indexOf(row), first, count) };
}
