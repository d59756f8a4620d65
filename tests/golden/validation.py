#!/usr/bin/env python3
"""Writes validation.json: cross-validated scores of linear models on real sets, by scikit-learn.

Run by hand: `python3 tests/golden/validation.py` with scikit-learn 1.9; the file is committed. Folds are blocks of rows in
the order of i · 7919 mod 10007. The scaler is fitted on the training rows of each fold. `l2` is λ of mean loss + λ/2 · |w|².
"""

import csv
import json
import pathlib

import numpy as np
from sklearn import metrics as m
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import StandardScaler

here = pathlib.Path(__file__).parent
FOLDS = 10


def read(name):
    rows = list(csv.reader(open(here / f"../../www/data/{name}.csv")))[1:]
    return np.array([row[:-1] for row in rows], float), [row[-1] for row in rows]


def blocks(count):
    order = sorted(range(count), key=lambda i: i * 7919 % 10007)
    each, more = divmod(count, FOLDS)
    start = 0
    for fold in range(FOLDS):
        end = start + each + (fold < more)
        yield np.sort(order[start:end])
        start = end


def validate(name, l2):
    x, y = read(name)
    is_classes = l2 is not None
    y = np.unique(y, return_inverse=True)[1] if is_classes else np.array(y, float)
    folds = []
    for held in blocks(len(y)):
        train = np.setdiff1d(np.arange(len(y)), held)
        scaler = StandardScaler().fit(x[train])
        a, b = scaler.transform(x[train]), scaler.transform(x[held])
        if not is_classes:
            p = LinearRegression().fit(a, y[train]).predict(b)
            folds.append({"r2": m.r2_score(y[held], p), "mae": m.mean_absolute_error(y[held], p) / y.std(),
                          "rmse": m.root_mean_squared_error(y[held], p) / y.std()})
            continue
        model = LogisticRegression(C=1 / (l2 * len(train)), tol=1e-10, max_iter=10000).fit(a, y[train])
        p = model.predict_proba(b)
        folds.append({"accuracy": m.accuracy_score(y[held], p.argmax(axis=1)),
                      "logLoss": m.log_loss(y[held], p, labels=list(range(y.max() + 1)))})
    return {"name": name, "l2": l2, "deviation": None if is_classes else float(y.std()), "folds": folds}


sets = [validate("iris", 0.01), validate("breast-cancer", 0.01), validate("wine", 0.02), validate("diabetes", None)]
(here / "validation.json").write_text(json.dumps({"sets": sets}, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
for one in sets:
    print(one["name"], {key: round(float(np.mean([fold[key] for fold in one["folds"]])), 4) for key in one["folds"][0]})
