"""Which nets, losses, optimisers, schedules and regularisers the golden traces hold."""

import json
import pathlib

SCHEMA = json.loads((pathlib.Path(__file__).parents[2] / "www/settings/schema.json").read_text())
ACTIVATIONS = next(field[1] for name, field in SCHEMA["layers"]["dense"] if name == "activation")[1]

OPTIMIZERS = {
    "sgd": {"type": "sgd", "learningRate": 0.1},
    "momentum": {"type": "sgd", "learningRate": 0.05, "momentum": 0.9},
    "nesterov": {"type": "sgd", "learningRate": 0.05, "momentum": 0.9, "nesterov": True},
    "adagrad": {"type": "adagrad", "learningRate": 0.05},
    "rmsprop": {"type": "rmsprop", "learningRate": 0.01},
    "adam": {"type": "adam", "learningRate": 0.02},
    "adamw": {"type": "adamw", "learningRate": 0.02, "weightDecay": 0.01},
}
SCHEDULES = {
    "constant": {"type": "constant"},
    "step": {"type": "step", "stepSize": 2, "gamma": 0.5},
    "exponential": {"type": "exponential", "gamma": 0.8},
    "cosine": {"type": "cosine", "tMax": 2, "etaMin": 0.001},
    "linear-warm-up": {"type": "linear-warm-up", "startFactor": 0.25, "totalEpochs": 2},
    "reduce-on-plateau": {"type": "reduce-on-plateau", "factor": 0.5, "patience": 1, "threshold": 0.3},
}
REGULARISERS = {
    "none": {},
    "l1": {"l1": 0.01},
    "l2": {"l2": 0.05},
    "clip norm": {"clip": {"norm": 0.3}},
    "clip value": {"clip": {"value": 0.05}},
}


def dense(units, activation):
    return {"type": "dense", "units": units, "activation": activation}


def conv(filters, kernel, stride, padding, activation):
    return {"type": "conv2d", "filters": filters, "kernel": kernel, "stride": stride, "padding": padding,
            "activation": activation}


def max_pool(size, stride):
    return {"type": "maxPool2d", "size": size, "stride": stride}


def avg_pool(size, stride):
    return {"type": "avgPool2d", "size": size, "stride": stride}


FLATTEN = {"type": "flatten"}
LAYER_NORM = {"type": "layerNorm"}
BATCH_NORM = {"type": "batchNorm"}


def residual(*layers):
    return {"type": "residual", "layers": list(layers)}


def case(name, layers, loss, optimizer="sgd", stage="full", shape=(3,), rows=11, batch=4, outputs=1, classes=None,
         output_activation=None, **training):
    """`outputs` counts target columns; with `classes` the target is a class index."""
    model = {"layers": layers}
    if output_activation:
        model["outputActivation"] = output_activation
    if isinstance(optimizer, str):
        optimizer = OPTIMIZERS[optimizer]
    spec = {
        "version": 1,
        "seed": 7,
        "data": {"source": "rows", "scale": "none", "split": {"train": 1, "validation": 0, "test": 0}},
        "model": model,
        "training": {"loss": loss, "optimizer": optimizer, "batchSize": batch, "shuffle": False,
                     "stop": {"maxEpochs": None}, "l1": 0, "l2": 0, **training},
    }
    return {"name": name, "stage": stage, "spec": spec, "shape": list(shape), "rows": rows, "outputs": outputs,
            "classes": classes}


def basic():
    """Dense nets with the first activations, losses and optimisers."""
    stage = "basic"
    yield case("no hidden layer, mse, sgd", [], "mse", stage=stage, shape=[1])
    yield case("tanh, mse, sgd", [dense(5, "tanh")], "mse", outputs=2, stage=stage)
    yield case("relu, mse, momentum", [dense(6, "relu"), dense(4, "relu")], "mse", "momentum", stage=stage)
    yield case("relu, mse, nesterov", [dense(4, "relu")], "mse", "nesterov", stage=stage)
    yield case("tanh, mse, sgd, l1", [dense(4, "tanh")], "mse", stage=stage, l1=0.02)
    yield case("tanh, mse, adam, l2", [dense(4, "tanh")], "mse", "adam", stage=stage, l2=0.05)
    yield case("sigmoid, two classes, adam", [dense(5, "sigmoid")], "cross-entropy", "adam", classes=2, stage=stage)
    yield case("tanh, two classes, adam", [dense(4, "tanh"), dense(3, "tanh")], "auto", "adam", classes=2, stage=stage)
    yield case("tanh, three classes, sgd", [dense(5, "tanh")], "cross-entropy", classes=3, stage=stage)
    yield case("tanh output, two classes, half-mse, sgd", [dense(4, "tanh")], "half-mse", classes=2,
               output_activation="tanh", stage=stage)
    yield case("tanh output, values, half-mse, sgd", [dense(4, "tanh")], "half-mse", output_activation="tanh",
               stage=stage)
    yield case("batch larger than the rows", [dense(4, "tanh")], "mse", "momentum", rows=5, batch=8, stage=stage)


def optimisers():
    """Every optimiser with every schedule; the regulariser turns so that every pair of the three occurs."""
    for o, optimizer in enumerate(OPTIMIZERS):
        for s, schedule in enumerate(SCHEDULES):
            regulariser = list(REGULARISERS)[(o + s) % len(REGULARISERS)]
            # Two steps an epoch let the plateau's patience run out within ten steps.
            batch = 6 if schedule == "reduce-on-plateau" else 4
            yield case(f"{optimizer} × {schedule} × {regulariser}", [dense(3, "tanh")], "mse", optimizer, shape=[2],
                       batch=batch, schedule=SCHEDULES[schedule], **REGULARISERS[regulariser])
    yield case("adamw with its own constants", [dense(3, "tanh"), LAYER_NORM], "mse",
               {"type": "adamw", "learningRate": 0.02, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6,
                "weightDecay": 0.1}, shape=[2])
    yield case("penalties and clipping together", [dense(3, "tanh"), LAYER_NORM], "mse", "nesterov", shape=[2],
               l1=0.02, l2=0.05, clip={"norm": 0.3})


def activations():
    for name in ACTIVATIONS:
        yield case(f"activation {name}", [dense(4, name), dense(3, name)], "mse", shape=[2])


def losses():
    for name in ["mse", "mae", "huber", "half-mse"]:
        yield case(f"loss {name}", [dense(3, "tanh")], name, shape=[2], outputs=2)
    for classes in (2, 3):
        yield case(f"{classes} classes, hinge", [dense(3, "tanh")], "hinge", shape=[2], classes=classes)
    yield case("3 classes, mse", [dense(3, "tanh")], "mse", shape=[2], classes=3)
    for classes, weights in [(2, [1, 3]), (3, [0.5, 1, 2])]:
        options = {"smoothing": {"labelSmoothing": 0.1}, "class weights": {"classWeights": weights}}
        options["smoothing and class weights"] = {**options["smoothing"], **options["class weights"]}
        for name, option in options.items():
            yield case(f"{classes} classes, {name}", [dense(3, "tanh")], "cross-entropy", shape=[2], classes=classes,
                       **option)


def layers():
    image = {"rows": 5, "batch": 2, "classes": 3}
    yield case("conv, max-pool", [conv(2, 3, 1, "valid", "relu"), max_pool(2, 2), FLATTEN], "cross-entropy", "adamw",
               shape=[1, 6, 6], clip={"norm": 1.0}, **image)
    yield case("conv same stride 2, avg-pool", [conv(3, 3, 2, "same", "tanh"), avg_pool(2, 1), FLATTEN],
               "cross-entropy", "momentum", shape=[2, 6, 5], **image)
    yield case("even kernel same, overlapping max-pool", [conv(2, 2, 1, "same", "silu"), max_pool(3, 2), FLATTEN],
               "cross-entropy", shape=[1, 5, 5], l2=0.05, **image)
    yield case("two convs, stride 3, mse", [conv(2, 2, 1, "valid", "tanh"), conv(2, 4, 3, "same", "gelu"), FLATTEN,
                                            dense(3, "relu")], "mse", shape=[1, 5, 6], rows=5, batch=2)
    yield case("layer norm", [dense(5, "tanh"), LAYER_NORM, dense(4, "relu")], "mse")
    yield case("layer norm of images", [conv(2, 2, 1, "valid", "tanh"), LAYER_NORM, FLATTEN], "mse",
               {"type": "sgd", "learningRate": 0.02}, shape=[1, 4, 4], rows=5, batch=2)
    yield case("batch norm", [dense(5, "tanh"), BATCH_NORM, dense(4, "relu")], "mse", "momentum")
    yield case("batch norm of images", [conv(2, 2, 1, "valid", "relu"), BATCH_NORM, avg_pool(3, 3), FLATTEN],
               "cross-entropy", shape=[1, 4, 4], rows=6, batch=4, classes=3)
    yield case("residual", [dense(4, "tanh"), residual(dense(3, "relu"), dense(4, "linear"))], "mse", outputs=2)
    yield case("nested residuals", [dense(4, "tanh"), residual(LAYER_NORM, dense(4, "gelu"), residual(dense(4, "sin")))],
               "mse", "adam")
    yield case("residual of images", [conv(2, 2, 1, "valid", "tanh"), residual(conv(2, 3, 1, "same", "tanh"), BATCH_NORM),
                                      FLATTEN], "mse", shape=[1, 4, 4], rows=5, batch=3)


def all_cases():
    for group in (basic, optimisers, activations, losses, layers):
        yield from group()
