"""The Spec's layers and losses as PyTorch modules that note how near they come to a point without a derivative."""

import math

import torch
import torch.nn.functional as F
from torch import nn



def activation(name):
    """PyTorch's function, with its defaults."""
    if name == "linear":
        return lambda x: x
    name = name.replace("-", "_")
    return getattr(torch, name, None) or getattr(F, name)


KINKED = {"relu", "leaky-relu", "selu"}

# Distances to kinks of one forward pass and loss.
clearances = []


class Activation(nn.Module):
    def __init__(self, name):
        super().__init__()
        self.name = name

    def forward(self, x):
        if self.name in KINKED:
            clearances.append(x.detach().abs().min().item())
        return activation(self.name)(x)


class SameConv2d(nn.Conv2d):
    """Zero padding to `ceil(in / stride)` places, the smaller half first; PyTorch's own refuses strides."""

    def forward(self, x):
        pads = []
        for size in (x.shape[3], x.shape[2]):
            out = math.ceil(size / self.stride[0])
            total = max((out - 1) * self.stride[0] + self.kernel_size[0] - size, 0)
            pads += [total // 2, total - total // 2]
        return super().forward(F.pad(x, pads))


class MaxPool2d(nn.MaxPool2d):
    def forward(self, x):
        if self.kernel_size > 1:
            windows = x.detach().unfold(2, self.kernel_size, self.stride).unfold(3, self.kernel_size, self.stride)
            top = windows.flatten(4).topk(2).values
            clearances.append((top[..., 0] - top[..., 1]).min().item())
        return super().forward(x)


class Residual(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return x + self.inner(x)


def build(layers, shape):
    """Modules for `layers` on rows of `shape`, and the shape after them."""
    modules = []
    for layer in layers:
        kind = layer["type"]
        if kind == "dense":
            modules += [nn.Linear(shape[0], layer["units"]), Activation(layer.get("activation", "linear"))]
        elif kind == "conv2d":
            conv = SameConv2d if layer["padding"] == "same" else nn.Conv2d
            modules.append(conv(shape[0], layer["filters"], layer["kernel"], layer["stride"]))
            modules.append(Activation(layer.get("activation", "linear")))
        elif kind == "maxPool2d":
            modules.append(MaxPool2d(layer["size"], layer["stride"]))
        elif kind == "avgPool2d":
            modules.append(nn.AvgPool2d(layer["size"], layer["stride"]))
        elif kind == "flatten":
            modules.append(nn.Flatten())
        elif kind == "dropout":
            modules.append(nn.Identity())  # where nothing is dropped; no trace trains with it, since masks are ours alone
        elif kind == "layerNorm":
            modules.append(nn.LayerNorm(shape))
        elif kind == "batchNorm":
            modules.append((nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(shape[0]))
        elif kind == "residual":
            modules.append(Residual(build(layer["layers"], shape)[0]))
        else:
            raise ValueError(kind)
        # Two rows, so that batch normalisation accepts them; only the shape is wanted.
        shape = list(modules[-1](modules[-2](torch.zeros(2, *shape)) if kind in ("dense", "conv2d")
                                 else torch.zeros(2, *shape)).shape[1:])
    return nn.Sequential(*modules), shape


def build_net(model, shape, outputs, classes):
    units = {None: outputs, 2: 1}.get(classes, classes)
    output = {"type": "dense", "units": units, "activation": model.get("outputActivation", "linear")}
    net = build(model["layers"] + [output], shape)[0]
    for module in net.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.reset_running_stats()
    return net


def loss_of(training, classes, outputs, targets):
    """The loss of one batch, without penalties."""
    name = training["loss"]
    if classes and name in ("auto", "cross-entropy"):
        weights = training.get("classWeights")
        weights = weights and torch.tensor(weights, dtype=outputs.dtype)
        smoothing = training.get("labelSmoothing", 0.0)
        # Two classes share one logit o: the softmax of (0, o).
        logits = torch.cat([torch.zeros_like(outputs), outputs], 1) if classes == 2 else outputs
        loss = F.cross_entropy(logits, targets, weight=weights, label_smoothing=smoothing)
        if classes == 2 and weights is None and smoothing == 0:
            plain = F.binary_cross_entropy_with_logits(outputs[:, 0], targets.to(outputs.dtype))
            assert abs(loss.item() - plain.item()) < 1e-6
        return loss
    if classes:
        # Other losses see each class as +1 or −1: one output for two classes, else one a class.
        own = [1] if classes == 2 else range(classes)
        targets = torch.stack([(targets == c) * 2.0 - 1.0 for c in own], 1).to(outputs.dtype)
    if name == "mse":
        return F.mse_loss(outputs, targets)
    if name == "half-mse":
        return 0.5 * F.mse_loss(outputs, targets)
    if name == "huber":
        return F.huber_loss(outputs, targets)
    if name == "mae":
        clearances.append((outputs - targets).detach().abs().min().item())
        return F.l1_loss(outputs, targets)
    if name == "hinge":
        clearances.append((1 - targets * outputs).detach().abs().min().item())
        return torch.clamp(1 - targets * outputs, min=0).mean()
    raise ValueError(name)
