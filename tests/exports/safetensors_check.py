"""Reads each file of weights with Python's safetensors, and writes others: the same in other types, and as PyTorch saves them."""

import json
import pathlib
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

folder = pathlib.Path(sys.argv[1])


def said(path):
    with safe_open(path, framework="pt") as file:
        tensors = {name: file.get_tensor(name) for name in list(file.keys())}
        return {
            "metadata": file.metadata(),
            "tensors": {
                name: {
                    "dtype": str(own.dtype),
                    "shape": list(own.shape),
                    "values": own.double().flatten().tolist(),
                }
                for name, own in tensors.items()
            },
        }


class Net(torch.nn.Module):
    """As the exporter names the layers of the test's net."""

    def __init__(self):
        super().__init__()
        self.layers = torch.nn.ModuleList(
            [torch.nn.Linear(2, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 1)]
        )


net = Net()
weights = load_file(folder / "weights.safetensors")
net.load_state_dict(weights, strict=True)
for name, kind in [
    ("f64", torch.float64),
    ("f16", torch.float16),
    ("bf16", torch.bfloat16),
]:
    cast = {
        key: own.to(kind) if own.is_floating_point() else own
        for key, own in weights.items()
    }
    save_file(cast, folder / f"{name}.safetensors")
with torch.no_grad():
    for parameter in net.parameters():
        parameter.add_(1.0)
save_file(net.state_dict(), folder / "torch.safetensors", metadata={"format": "pt"})
save_file(
    {f"module.{key}": own for key, own in net.state_dict().items()},
    folder / "parallel.safetensors",
)
print(
    json.dumps({path.stem: said(path) for path in sorted(folder.glob("*.safetensors"))})
)
