// @ts-check
/** The network in words. */
import { t } from "../../base/text.js";

export function networkWords(/** @type {import("../../session/protocol.js").Description} */ description) {
  const layers = description.layers.slice(0, -1).map(({ outputs, activation }) => `${outputs} ${activation}`);
  const hidden = layers.length
    ? t("model.hiddenLayersNeurons", { layers: layers.join(", ") })
    : t("model.noHiddenLayer");
  return t("model.network2", {
    features: t("count.features", { count: description.features.length }),
    hidden,
    outputs: t("count.outputs", { count: description.outputs }),
    parameterCount: t("count.parameters", { count: description.parameterCount }),
  });
}
