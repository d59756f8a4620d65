// @ts-check
import { t } from "../base/text.js";

/** What a simpler model is called. @param {import("../features/baselines/worker/fit.js").BaselineKind} kind @param {boolean} isClasses   whether it predicts classes */
export const baselineName = (kind, isClasses) =>
  ({
    constant: isClasses ? t("baselines.mostFrequent") : t("baselines.mean"),
    ridge: t("baselines.ridge"),
    lasso: t("baselines.lasso"),
    logistic: t("baselines.logistic"),
    knn: t("baselines.knn"),
    tree: t("baselines.tree"),
    forest: t("baselines.forest"),
  })[kind];
