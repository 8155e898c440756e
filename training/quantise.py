"""Int8 for the linear layers of an ONNX graph, after moving outliers from the activations to the weights.

onnxruntime's dynamic quantisation has one scale for a whole activation. In BERT a few channels are far
wider than the rest and take the scale with them. So each input channel is first divided by
``widest(activation) ** strength / widest(weight) ** (1 - strength)`` and the weights are multiplied by it
(SmoothQuant, Xiao et al. 2023), which leaves the product as it was. Figures stand in the model cards.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Feed = Mapping[str, npt.NDArray[Any]]
LEAST = 1e-3
"""Floor of a channel's width, so that a silent channel is not blown up."""


def quantise(source: Path, target: Path, feeds: Iterable[Feed], strength: float = 0.7) -> None:
    """Write ``source`` with its linear layers in int8, smoothed on the inputs ``feeds``."""
    with tempfile.TemporaryDirectory() as folder:
        even = Path(folder) / "even.onnx"
        onnx.save(smooth(onnx.load(str(source)), feeds, strength), str(even))
        quantize_dynamic(
            even,
            target,
            ["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={
                "DefaultTensorType": TensorProto.FLOAT
            },  # of what onnxruntime's own operators give
        )


def smooth(model: onnx.ModelProto, feeds: Iterable[Feed], strength: float) -> onnx.ModelProto:
    """The same function of its inputs, with evened-out inputs of the linear layers."""
    graph = model.graph
    known = {i.name: i for i in graph.initializer}
    linear = [n for n in graph.node if n.op_type == "MatMul" and n.input[1] in known]
    widths = activations(model, sorted({n.input[0] for n in linear}), feeds)
    scales: dict[str, npt.NDArray[np.float32]] = {}
    for name, width in widths.items():
        weights = [numpy_helper.to_array(known[n.input[1]]) for n in linear if n.input[0] == name]
        weight = np.max([np.abs(w).max(1) for w in weights], axis=0)
        scale = np.maximum(width, LEAST) ** strength / np.maximum(weight, LEAST) ** (1 - strength)
        scales[name] = (scale / np.exp(np.log(scale).mean())).astype(np.float32)
    nodes, seen = [], set()
    for node in graph.node:
        if node in linear:
            name, weight_name = node.input[0], node.input[1]
            if name not in seen:
                seen.add(name)
                graph.initializer.append(numpy_helper.from_array(1 / scales[name], f"{name}_evener"))
                nodes.append(helper.make_node("Mul", [name, f"{name}_evener"], [f"{name}_even"]))
            even = numpy_helper.to_array(known[weight_name]) * scales[name][:, None]
            known[weight_name].CopyFrom(numpy_helper.from_array(even, weight_name))
            node.input[0] = f"{name}_even"
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def activations(
    model: onnx.ModelProto, names: list[str], feeds: Iterable[Feed]
) -> dict[str, npt.NDArray[np.float32]]:
    """The widest absolute value of each channel of the values ``names`` over the inputs ``feeds``."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in names)
    session = ort.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    widest: dict[str, npt.NDArray[np.float32]] = {}
    for feed in feeds:
        for name, value in zip(names, session.run(names, dict(feed)), strict=True):
            here = np.abs(value).reshape(-1, value.shape[-1]).max(0)
            widest[name] = np.maximum(widest[name], here) if name in widest else here
    return widest
