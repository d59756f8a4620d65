#!/usr/bin/env python3
"""Writes baselines.json: what scikit-learn's models make of real rows.

Run by hand: `python3 tests/golden/baselines.py` with scikit-learn 1.5 or later; the file is committed.

Rows are those of www/data/SET.csv, the last column the target, names of classes in alphabetical order. Every fourth row,
from the first on, is held out, the others are fitted. Where `scaled` is true, all columns are brought to mean 0 and
standard deviation 1 of the fitted rows. `step` above 1 keeps only every step-th of the fitted rows.

A case holds
  set, scaled, step   as above
  kind, options       as the crate takes them
  coef, intercept     of linear models, row-major
  fitted, held        of others: predictions for the rows fitted and held out: values, or for classes the probabilities of
                      all of them, row-major
  agreed              of trees: the shares of rows fitted and held out for which trees of ten random states say the same,
                      since of equally good questions each takes one by chance
  scores              of forests: accuracy or R² on the rows held out, of ten random states
"""

import csv
import json
import pathlib
import warnings

import numpy as np
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

HERE = pathlib.Path(__file__).parent
VALUES = {"diabetes"}
SEEDS = range(10)


def read(name, scaled, step):
    """Fitted inputs and targets, and held out ones."""
    with open(HERE / f"../../www/data/{name}.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[1:]
    inputs = np.array([[float(cell) for cell in line[:-1]] for line in lines])
    if name in VALUES:
        targets = np.array([float(line[-1]) for line in lines])
    else:
        targets = np.unique([line[-1] for line in lines], return_inverse=True)[1]
    held = np.arange(len(lines)) % 4 == 0
    x, y = inputs[~held][::step], targets[~held][::step]
    mean, deviation = x.mean(axis=0), x.std(axis=0)
    change = (lambda inputs: (inputs - mean) / deviation) if scaled else (lambda inputs: inputs)
    return change(x), y, change(inputs[held]), targets[held]


def model_of(kind, options, name, seed=0):
    values = name in VALUES
    penalty = options.get("penalty", 1.0)
    tree = {"max_depth": options.get("maxDepth"), "min_samples_leaf": options.get("minLeaf", 1), "random_state": seed}
    if kind == "constant":
        return DummyRegressor() if values else DummyClassifier(strategy="prior")
    if kind == "ridge":
        return Ridge(penalty, solver="cholesky") if penalty else LinearRegression()
    if kind == "lasso":
        return Lasso(penalty, tol=1e-14, max_iter=1_000_000)
    if kind == "logistic":
        return LogisticRegression(C=1 / penalty, solver="newton-cg", tol=1e-12, max_iter=100_000)
    if kind == "knn":
        return (KNeighborsRegressor if values else KNeighborsClassifier)(options.get("neighbors", 5))
    if kind == "tree":
        return (DecisionTreeRegressor if values else DecisionTreeClassifier)(**tree)
    trees = {"n_estimators": options.get("trees", 100), **tree}
    return (RandomForestRegressor if values else RandomForestClassifier)(**trees)


def agreed(answers):
    first = answers[0].reshape(len(answers[0]), -1)
    same = [np.isclose(first, other.reshape(first.shape), rtol=1e-9).all(axis=1) for other in answers]
    return float(np.all(same, axis=0).mean())


def numbers(array, digits=10):
    return [float(f"{value:.{digits}g}") for value in np.asarray(array, dtype=float).ravel()]


def case(name, kind, options, scaled=True, step=1):
    x, y, held, held_y = read(name, scaled, step)
    result = {"set": name, "scaled": scaled, "step": step, "kind": kind, "options": options}
    predict = (lambda model, x: model.predict(x)) if name in VALUES else (lambda model, x: model.predict_proba(x))
    if kind == "forest":
        scores = [model_of(kind, options, name, seed).fit(x, y).score(held, held_y) for seed in SEEDS]
        return {**result, "scores": numbers(scores)}
    model = model_of(kind, options, name).fit(x, y)
    if kind in ("ridge", "lasso", "logistic"):
        return {**result, "coef": numbers(model.coef_), "intercept": numbers(model.intercept_)}
    if kind == "tree":
        trees = [model_of(kind, options, name, seed).fit(x, y) for seed in SEEDS]
        result["agreed"] = [agreed([predict(tree, part) for tree in trees]) for part in (x, held)]
    return {**result, "fitted": numbers(predict(model, x), 6), "held": numbers(predict(model, held), 6)}


def cases():
    for penalty in (0, 0.1, 10):
        yield case("diabetes", "ridge", {"penalty": penalty})
    yield case("diabetes", "ridge", {"penalty": 1}, scaled=False)
    yield case("diabetes", "ridge", {"penalty": 0.5}, step=40)
    yield case("diabetes", "ridge", {"penalty": 0}, step=40)
    for penalty in (0.01, 1, 20):
        yield case("diabetes", "lasso", {"penalty": penalty})
    yield case("diabetes", "lasso", {"penalty": 0.1}, scaled=False)
    yield case("diabetes", "lasso", {"penalty": 3}, step=40)
    for name in ("iris", "wine", "breast-cancer"):
        for penalty in (0.05, 1, 50):
            yield case(name, "logistic", {"penalty": penalty})
    yield case("wine", "logistic", {"penalty": 0.5}, step=13)
    yield case("iris", "logistic", {"penalty": 2}, scaled=False)
    for name in ("iris", "wine", "diabetes"):
        yield case(name, "constant", {})
        for neighbors in (1, 5, 12):
            yield case(name, "knn", {"neighbors": neighbors})
        yield case(name, "tree", {})
        yield case(name, "tree", {"maxDepth": 2})
        yield case(name, "tree", {"minLeaf": 7})
        yield case(name, "tree", {"maxDepth": 4, "minLeaf": 3}, scaled=False)
    yield case("wine", "forest", {"trees": 30})
    yield case("wine", "forest", {"trees": 10, "maxDepth": 2})
    yield case("breast-cancer", "forest", {"trees": 30})
    yield case("diabetes", "forest", {"trees": 30})
    yield case("diabetes", "forest", {"trees": 30, "minLeaf": 8})


def main():
    warnings.simplefilter("ignore")
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases())
    (HERE / "baselines.json").write_text(f'{{"cases":[\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
