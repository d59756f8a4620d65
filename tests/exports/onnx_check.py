"""Opens each model of a folder: the checker's word, and what ONNX Runtime makes of the rows beside it, as JSON."""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

FLOATS = {"tensor(double)": np.float64, "tensor(float)": np.float32}


def fed(session, columns):
    """Each input as the graph takes it: numbers with NaN for a gap, names with "" for one."""
    feed = {}
    for wanted in session.get_inputs():
        values = columns[wanted.name]
        if wanted.type == "tensor(string)":
            feed[wanted.name] = np.array([[value] for value in values], dtype=object)
        else:
            numbers = np.array(
                [np.nan if x is None else x for x in values], FLOATS[wanted.type]
            )
            feed[wanted.name] = numbers.reshape(-1, *wanted.shape[1:])
    return feed


def looked_at(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    case = json.loads(path.with_suffix(".json").read_text())
    session = onnxruntime.InferenceSession(
        str(path), providers=["CPUExecutionProvider"]
    )
    names = [output.name for output in session.get_outputs()]
    found = dict(
        zip(names, session.run(None, fed(session, case["columns"])), strict=True)
    )
    nodes = [node.name for node in model.graph.node]
    return {
        "opset": {entry.domain: entry.version for entry in model.opset_import},
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "inputs": [[one.name, one.type, one.shape[1:]] for one in session.get_inputs()],
        "nodes": nodes,
        "ops": [node.op_type for node in model.graph.node],
        "areNamed": len(set(nodes)) == len(nodes) and all(nodes),
        "outputs": {name: values.tolist() for name, values in found.items()},
    }


folder = pathlib.Path(sys.argv[1])
print(
    json.dumps({path.stem: looked_at(path) for path in sorted(folder.glob("*.onnx"))})
)
