"""Weights that PyTorch saved, for the page to open: python3 tests/golden/weights.py (torch 2.15.0, safetensors 0.8.0).

`spiral.safetensors` is a state_dict of the model of experiments/v2-spiral.json, from DistributedDataParallel and in 64 bits;
`digits.safetensors` one of experiments/v2-digits.json, with a layer that is too wide.
"""

from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

torch.manual_seed(3)
FOLDER = Path(__file__).parent / "experiments"


def named(*layers: nn.Module) -> nn.Module:
    """The page's names: `layers.0.weight` and so on, activations left out of the count."""
    model = nn.Module()
    model.layers = nn.Sequential(OrderedDict((str(index), layer) for index, layer in enumerate(layers)))
    return model


spiral = named(nn.Linear(2, 6), nn.Linear(6, 4), nn.Linear(4, 1)).double()
state = {f"module.{name}": tensor for name, tensor in spiral.state_dict().items()}
save_file(state, FOLDER / "spiral.safetensors", metadata={"format": "pt"})

pool, flatten = nn.MaxPool2d(2), nn.Flatten()
digits = named(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), pool, flatten, nn.Linear(27, 9), nn.Linear(9, 10))
save_file(digits.state_dict(), FOLDER / "digits.safetensors", metadata={"format": "pt"})
