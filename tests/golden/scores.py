#!/usr/bin/env python3
"""Writes scores.json: outputs, targets and what scikit-learn says of them.

Run by hand: `python3 tests/golden/scores.py` with scikit-learn 1.9; the file is committed. What it refuses or warns about
(one class alone) is left out of a case, or null.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn import calibration
from sklearn import metrics as m

warnings.filterwarnings("ignore")
rng = np.random.default_rng(14)


def numbers(values):
    """What JSON can hold: what isn't finite is null, but an infinite threshold."""
    return [float(v) if np.isfinite(v) else None for v in np.ravel(values)]


def of_values(name, outputs, targets, weights=None):
    kw = {"sample_weight": weights}
    expected = {
        "mse": m.mean_squared_error(targets, outputs, **kw),
        "rmse": m.root_mean_squared_error(targets, outputs, **kw),
        "mae": m.mean_absolute_error(targets, outputs, **kw),
        "medianAbsoluteError": m.median_absolute_error(targets, outputs, **kw),
        "r2": m.r2_score(targets, outputs, **kw),
    }
    columns = 1 if np.ndim(targets) == 1 else np.shape(targets)[1]
    return {"name": name, "classes": None, "columns": columns, "outputs": numbers(outputs), "targets": numbers(targets),
            "weights": None if weights is None else numbers(weights),
            "expected": {key: numbers([value])[0] for key, value in expected.items()}}


def of_classes(name, outputs, targets, classes, weights=None):
    """`outputs`: the second class's probability a row, or a probability a class."""
    outputs, targets = np.asarray(outputs, float), np.asarray(targets)
    kw = {"sample_weight": weights}
    two = outputs.ndim == 1
    table = np.column_stack([1 - outputs, outputs]) if two else outputs
    decided = (outputs > 0.5).astype(int) if two else table.argmax(axis=1)
    labels = list(range(classes))
    present = sorted(set(targets) | set(decided))
    precision, recall, f1, support = m.precision_recall_fscore_support(targets, decided, labels=labels, zero_division=0, **kw)
    expected = {
        "accuracy": m.accuracy_score(targets, decided, **kw),
        "balancedAccuracy": m.balanced_accuracy_score(targets, decided, **kw),
        "logLoss": m.log_loss(targets, table, labels=labels, **kw),
        "brier": m.brier_score_loss(targets, outputs, pos_label=1, **kw) if two
        else m.brier_score_loss(targets, table, labels=labels, **kw),
        "mcc": m.matthews_corrcoef(targets, decided, **kw),
        "confusion": m.confusion_matrix(targets, decided, labels=labels, **kw).tolist(),
        "precision": numbers(precision), "recall": numbers(recall), "f1": numbers(f1),
    }
    for kind in ("macro", "weighted"):
        p, r, f, _ = m.precision_recall_fscore_support(targets, decided, labels=present, average=kind, zero_division=0, **kw)
        expected[kind] = {"precision": p, "recall": r, "f1": f}
    areas, averages, roc, curve, bins = [], [], [], [], []
    for k in labels:
        of = (targets == k).astype(int)
        both = 0 < np.dot(of, np.ones(len(of)) if weights is None else weights) and of.min() == 0
        # Ties of p are ties of 1 − p, whatever rounding makes of them.
        score = (-outputs if k == 0 else outputs) if two else table[:, k]
        areas.append(m.roc_auc_score(of, score, **kw) if both else None)
        averages.append(m.average_precision_score(of, score, **kw) if of.max() else None)
        if two and k == 0:
            continue
        if both:
            fpr, tpr, at = m.roc_curve(of, score, drop_intermediate=False, **kw)
            roc.append({"x": numbers(fpr), "y": numbers(tpr), "thresholds": numbers(at)})
            precision, recall, at = m.precision_recall_curve(of, score, **kw)
            curve.append({"x": numbers(recall[::-1]), "y": numbers(precision[::-1]), "thresholds": numbers(at[::-1])})
        else:
            roc.append(None)
            curve.append(None)
        if weights is None and both:
            observed, predicted = calibration.calibration_curve(of, table[:, k], n_bins=10, strategy="quantile")
            bins.append({"observed": numbers(observed), "predicted": numbers(predicted)})
    known = [a for a in areas if a is not None]
    expected["aurocs"], expected["averagePrecisions"] = areas, averages
    expected["auroc"] = (areas[1] if two else float(np.mean(known))) if known else None
    own = [a for a in averages if a is not None]
    expected["averagePrecision"] = averages[1] if two else float(np.mean(own))
    if len(known) == classes:
        expected["macro"]["auroc"] = float(np.mean(areas)) if two else m.roc_auc_score(targets, table, multi_class="ovr", **kw)
        expected["weighted"]["auroc"] = areas[1] if two else m.roc_auc_score(
            targets, table, multi_class="ovr", average="weighted", **kw)
    return {"name": name, "classes": classes, "columns": 1, "outputs": numbers(outputs), "targets": numbers(targets),
            "weights": None if weights is None else numbers(weights), "expected": expected,
            "roc": roc, "precisionRecall": curve, "calibration": bins}


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def all_cases():
    t = rng.normal(size=23) * 4 + 10
    y = t + rng.normal(size=23)
    w = rng.uniform(0.1, 3, size=23)
    yield of_values("values", y, t)
    yield of_values("values with weights", y, t, w)
    yield of_values("an even number of values", y[:10], t[:10])
    yield of_values("weights that are 0, and half of the weight between two rows", y[:6], t[:6], np.array([1, 0, 2, 1, 0, 2.]))
    yield of_values("values that are all the same", y[:5], np.full(5, 0.1))
    yield of_values("values that are all the same, and met", np.full(3, 0.1), np.full(3, 0.1))
    yield of_values("worse than their mean", -t, t)
    yield of_values("one row", [1.5], [1.0])
    yield of_values("far from zero", y + 1e9, t + 1e9)
    yield of_values("three columns", rng.normal(size=(9, 3)), rng.normal(size=(9, 3)))
    yield of_values("three columns with weights", rng.normal(size=(9, 3)), rng.normal(size=(9, 3)), w[:9])
    true = rng.integers(0, 2, size=40)
    p = 1 / (1 + np.exp(-(true * 2 - 1 + rng.normal(size=40) * 1.5)))
    w = rng.uniform(0, 2, size=40)
    yield of_classes("two classes", p, true, 2)
    yield of_classes("two classes with weights", p, true, 2, w)
    yield of_classes("two classes with ties", np.round(p * 5) / 5, true, 2)
    yield of_classes("two classes with ties and weights", np.round(p * 5) / 5, true, 2, w)
    yield of_classes("all outputs one half", np.full(12, 0.5), true[:12], 2)
    yield of_classes("certain, and right or wrong", np.array([0., 1, 1, 0, 1, 0, 0]), np.array([0, 1, 0, 0, 1, 1, 0]), 2)
    yield of_classes("told apart without an error", np.array([0.1, 0.2, 0.8, 0.9]), np.array([0, 0, 1, 1]), 2)
    yield of_classes("the wrong way round", np.array([0.9, 0.8, 0.2, 0.1]), np.array([0, 0, 1, 1]), 2)
    yield of_classes("rows of the first class alone", p[:9], np.zeros(9, int), 2)
    yield of_classes("rows of the second class alone", p[:9], np.ones(9, int), 2)
    yield of_classes("one row", [0.7], [1], 2)
    true = rng.integers(0, 3, size=45)
    z = rng.normal(size=(45, 3)) + 1.2 * np.eye(3)[true]
    w = rng.uniform(0, 2, size=45)
    yield of_classes("three classes", softmax(z), true, 3)
    yield of_classes("three classes with weights", softmax(z), true, 3, w)
    tied = np.round(softmax(z) * 4) + 1
    yield of_classes("three classes with ties", tied / tied.sum(axis=1, keepdims=True), true, 3)
    yield of_classes("a class without rows", softmax(z)[true != 1], true[true != 1], 3)
    never = softmax(z - np.array([0, 50., 0]))
    yield of_classes("a class that is never decided for", never, true, 3)
    yield of_classes("a class without rows that is never decided for", never[true != 1], true[true != 1], 3)
    yield of_classes("five classes, many empty", softmax(rng.normal(size=(8, 5))), np.array([0, 4, 4, 0, 4, 0, 0, 4]), 5)


path = pathlib.Path(__file__).parent / "scores.json"
path.write_text(json.dumps({"cases": list(all_cases())}, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
