#!/usr/bin/env python3
"""Writes traces.json: tiny nets trained by PyTorch in float64, the truth that the oracle and the crate are held to.

Run by hand: `python3 tests/golden/generate.py` with PyTorch 1.13 or later (CPU); the file is committed.

A case holds
  spec             the experiment as the crate takes it
  shape, classes   of a row; the number of classes, or null for values
  inputs, targets  row-major; targets are values or class indices
  parameters       flat, in the order of a state_dict without buffers
  losses           each of the ten steps' loss before its update, without penalties
  gradient         of the first step's loss alone: without penalties, before clipping
  parametersAfter  after ten steps
  runningAfter     each batch normalisation's running mean and variance after ten steps
  lossAfter, outputsAfter   of all rows after ten steps, in evaluation; logits for classes

Batches are rows in order, the last of an epoch short. One step: gradient of the loss; plus l1 · sign w + l2 · w for
parameters with two or more axes (not for biases, gains and offsets); clipping of all gradients together; update.
Schedules move at the end of an epoch; reduce-on-plateau sees the epoch's mean loss before updates, without
penalties, weighted by rows.

Inputs and parameters are numbers that float32 holds exactly. A draw is kept only if it stays clear of kinks and if
the same training in float32 comes to the same parameters, so that a float32 engine can meet the trace.
"""

import json
import pathlib

import torch

from cases import all_cases
from models import build_net, clearances, loss_of

STEPS = 10
# Pre-activations, pooled maxima and losses keep this far from a kink in the first step, where gradients are compared
# with central differences, and in the later ones, where float32 has drifted by some 1e-6.
FIRST_CLEARANCE, CLEARANCE = 1e-3, 1e-4
# float32 against float64 after ten steps, of the norm of each tensor and of the outputs.
REACHABLE = 1e-6


def draw(case, seed):
    """Inputs, targets and initial parameters in float64."""
    generator = torch.Generator().manual_seed(seed)

    def within(reach, grain, *shape):
        unit = torch.rand(*shape, generator=generator, dtype=torch.float64) * 2 - 1
        return torch.round(unit * reach * grain) / grain

    rows, classes = case["rows"], case["classes"]
    inputs = within(2, 32, rows, *case["shape"])
    if classes:
        targets = torch.arange(rows) * 7 % 11 % classes
    else:
        targets = within(3, 32, rows, case["outputs"])
    net = build_net(case["spec"]["model"], case["shape"], case["outputs"], classes).double()
    with torch.no_grad():
        for name, module in net.named_modules():
            for parameter, values in module.named_parameters(recurse=False):
                norm = "Norm" in type(module).__name__
                fan = values[0].numel() if values.dim() > 1 else 16
                values.copy_(within(1.5 * fan**-0.5, 512, *values.shape) + (1 if norm and parameter == "weight" else 0))
    return net, inputs, targets


def optimizer_of(spec, parameters):
    options = {"lr": spec["learningRate"]}
    for ours, theirs in {"momentum": "momentum", "nesterov": "nesterov", "epsilon": "eps",
                         "weightDecay": "weight_decay"}.items():
        if ours in spec:
            options[theirs] = spec[ours]
    if "beta1" in spec:
        options["betas"] = (spec["beta1"], spec["beta2"])
    kinds = {"sgd": torch.optim.SGD, "adagrad": torch.optim.Adagrad, "rmsprop": torch.optim.RMSprop,
             "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    return kinds[spec["type"]](parameters, **options)


def scheduler_of(spec, optimizer):
    schedulers = torch.optim.lr_scheduler
    kind = spec["type"]
    if kind == "constant":
        return schedulers.LambdaLR(optimizer, lambda epoch: 1.0)
    if kind == "step":
        return schedulers.StepLR(optimizer, spec["stepSize"], spec["gamma"])
    if kind == "exponential":
        return schedulers.ExponentialLR(optimizer, spec["gamma"])
    if kind == "cosine":
        return schedulers.CosineAnnealingLR(optimizer, spec["tMax"], spec["etaMin"])
    if kind == "linear-warm-up":
        return schedulers.LinearLR(optimizer, spec["startFactor"], total_iters=spec["totalEpochs"])
    return schedulers.ReduceLROnPlateau(optimizer, factor=spec["factor"], patience=spec["patience"],
                                        threshold=spec["threshold"])


def flat(tensors):
    return [value for tensor in tensors for value in tensor.detach().double().reshape(-1).tolist()]


class Unfit(Exception):
    """A draw that a float32 engine can't be expected to follow, or that doesn't exercise what its case is for."""


def train(case, seed, dtype):
    net, inputs, targets = draw(case, seed)
    net, inputs = net.to(dtype), inputs.to(dtype)
    targets = targets if case["classes"] else targets.to(dtype)
    training = case["spec"]["training"]
    parameters = list(net.parameters())
    weights = [p for p in parameters if p.dim() > 1]
    trace = {"inputs": flat([inputs]), "targets": flat([targets]), "parameters": flat(parameters), "losses": []}
    if case["classes"]:
        trace["targets"] = targets.tolist()
    optimizer = optimizer_of(training["optimizer"], parameters)
    schedule = training.get("schedule", {"type": "constant"})
    scheduler = scheduler_of(schedule, optimizer)
    clip = training.get("clip", {})
    clipped = []
    rows, batch = case["rows"], training["batchSize"]
    first, epoch_loss = 0, 0.0
    for step in range(STEPS):
        last = min(first + batch, rows)
        clearances.clear()
        optimizer.zero_grad()
        loss = loss_of(training, case["classes"], net(inputs[first:last]), targets[first:last])
        loss.backward()
        if any(c < (CLEARANCE if step else FIRST_CLEARANCE) for c in clearances):
            raise Unfit("near a kink")
        trace["losses"].append(loss.item())
        if step == 0:
            trace["gradient"] = flat([p.grad for p in parameters])
        epoch_loss += loss.item() * (last - first) / rows
        for weight in weights:
            if training["l1"] and weight.detach().abs().min() < CLEARANCE:
                raise Unfit("a weight near zero")
            weight.grad += training["l1"] * weight.detach().sign() + training["l2"] * weight.detach()
        if "norm" in clip:
            clipped.append(torch.nn.utils.clip_grad_norm_(parameters, clip["norm"]).item() > clip["norm"])
        if "value" in clip:
            clipped.append(max(abs(g) for g in flat([p.grad for p in parameters])) > clip["value"])
            torch.nn.utils.clip_grad_value_(parameters, clip["value"])
        optimizer.step()
        first = last
        if last == rows:
            if schedule["type"] == "reduce-on-plateau":
                bar = scheduler.best * (1 - schedule["threshold"])
                if abs(epoch_loss - bar) < 1e-3 * bar:
                    raise Unfit("a plateau by a hair")
                scheduler.step(epoch_loss)
            else:
                scheduler.step()
            first, epoch_loss = 0, 0.0
    if clip and not any(clipped):
        raise Unfit("never clipped")
    if schedule["type"] != "constant" and optimizer.param_groups[0]["lr"] == training["optimizer"]["learningRate"] \
            and schedule["type"] != "linear-warm-up":
        raise Unfit("the schedule never moved")
    trace["parametersAfter"] = flat(parameters)
    trace["runningAfter"] = flat([b for name, b in net.named_buffers() if "running" in name])
    net.eval()
    outputs = net(inputs)
    trace["lossAfter"] = loss_of(training, case["classes"], outputs, targets).item()
    trace["outputsAfter"] = flat([outputs])
    return trace, [*parameters, outputs]


def reachable(wide, narrow):
    return all((w - n.double()).norm() <= REACHABLE * w.norm() for w, n in zip(wide, narrow))


def trace_of(case):
    """The first draw that fits."""
    for seed in range(1000):
        try:
            trace, wide = train(case, seed, torch.float64)
            _, narrow = train(case, seed, torch.float32)
        except Unfit:
            continue
        if reachable(wide, narrow):
            return trace
    raise SystemExit(f"{case['name']}: no draw fits")


def write_case(case, trace):
    head = {key: case[key] for key in ("name", "stage", "spec", "shape", "classes")}
    lines = [f"  {json.dumps(key)}: {json.dumps(value, separators=(',', ':'), ensure_ascii=False)}"
             for key, value in {**head, **trace}.items() if value != []]
    return "{\n" + ",\n".join(lines) + "\n}"


def main():
    cases = [write_case(case, trace_of(case)) for case in all_cases()]
    about = json.dumps(f"PyTorch {torch.__version__}, float64, CPU; written by generate.py, which says what is what")
    text = "{\n\"about\": " + about + ",\n\"cases\": [\n" + ",\n".join(cases) + "\n]}\n"
    pathlib.Path(__file__).with_name("traces.json").write_text(text, encoding="utf-8")
    print(f"{len(cases)} cases, {len(text.encode()) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
