"""Write a BERT encoder as an ONNX graph straight from its weights, so that the export needs no torch.

`Graph` collects nodes and initialisers; `Graph.encoder` adds the encoder. Sentence vectors and the
statement tagger put their own inputs before it and their own heads behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, npt.NDArray[Any]]
OWN = "com.microsoft"
"""The domain of onnxruntime's own operators."""
MASKED = -1e4
"""Added to the attention scores of padding; large enough to vanish in the softmax, safe in 16 bits."""


@dataclass
class Graph:
    """An ONNX graph under construction. Values are named by the strings the methods return."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)
    made: int = 0
    fused: bool = False

    def constant(self, name: str, value: npt.ArrayLike, dtype: Any = np.float32) -> str:
        """An initialiser; the same name twice gives the same one."""
        if name not in self.constants:
            array = np.array(value, dtype=dtype, order="C")  # which leaves a scalar a scalar
            self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def add(self, kind: str, inputs: Sequence[str], output: str | None = None, **attributes: Any) -> str:
        """A node with one output."""
        self.made += 1
        name = output or f"{kind.lower()}_{self.made}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=f"n{self.made}", **attributes))
        return name

    def linear(self, x: str, weights: Weights, name: str, output: str | None = None) -> str:
        """``x`` times the layer ``name``, torch's (out, in) weight turned round for MatMul."""
        weight = self.constant(f"{name}.weight_t", weights[f"{name}.weight"].T)
        product = self.add("MatMul", [x, weight])
        return self.add("Add", [product, self.constant(f"{name}.bias", weights[f"{name}.bias"])], output)

    def norm(self, x: str, weights: Weights, name: str, epsilon: float) -> str:
        scale = self.constant(f"{name}.weight", weights[f"{name}.weight"])
        shift = self.constant(f"{name}.bias", weights[f"{name}.bias"])
        return self.add("LayerNormalization", [x, scale, shift], axis=-1, epsilon=epsilon)

    def words(self, table: npt.NDArray[np.float32], whole: bool) -> str:
        """Rows of the word table for ``input_ids``: as they are, or as int8 with a scale a row.

        One scale for the whole table, as the quantiser of onnxruntime takes, would round rare words coarsely.
        """
        if whole:
            return self.add("Gather", [self.constant("words", table), "input_ids"])
        scales = (np.maximum(np.abs(table).max(1, keepdims=True), 1e-4) / 126.9).astype(np.float16)
        codes = np.round(table / scales.astype(np.float32))
        parts = []
        for name, value, kind in (("words_int8", codes, np.int8), ("words_scale", scales, np.float16)):
            row = self.add("Gather", [self.constant(name, value, kind), "input_ids"])
            parts.append(self.add("Cast", [row], to=TensorProto.FLOAT))
        return self.add("Mul", parts)

    def embed(
        self,
        weights: Weights,
        config: Mapping[str, Any],
        longest: int,
        whole: bool,
        extra: Sequence[str] = (),
    ) -> str:
        """Word, position and type embeddings of ``input_ids``, with ``extra`` added before the norm.

        Positions run from 0 to the length of the window, at most ``longest``. ``whole`` keeps the word table
        in 32 bits.
        """
        places = self.constant("places", weights["embeddings.position_embeddings.weight"][:longest])
        kind = self.constant("kind", weights["embeddings.token_type_embeddings.weight"][0])
        length = self.add("Shape", ["input_ids"], start=1, end=2)
        zero = self.constant("zero", [0], np.int64)
        here = self.add("Slice", [places, zero, length, zero])
        table = weights["embeddings.word_embeddings.weight"]
        x = self.add("Add", [self.words(table, whole), self.add("Add", [here, kind])])
        for other in extra:
            x = self.add("Add", [x, other])
        return self.norm(x, weights, "embeddings.LayerNorm", float(config["layer_norm_eps"]))

    def padding(self) -> str:
        """What is added to the attention scores for ``attention_mask`` (1 = a token)."""
        mask = self.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
        one, low = self.constant("one", 1.0), self.constant("masked", MASKED)
        bias = self.add("Mul", [self.add("Sub", [one, mask]), low])
        return self.add("Unsqueeze", [bias, self.constant("axes12", [1, 2], np.int64)])

    def encoder(
        self, x: str, weights: Weights, config: Mapping[str, Any], padding: str | None, fused: bool = False
    ) -> str:
        """The layers of the encoder over embedded ``x``. Without ``padding`` every token counts.

        ``fused`` takes onnxruntime's own operator for the attention, which is quicker and knows no padding.
        """
        heads, size = int(config["num_attention_heads"]), int(config["hidden_size"])
        wide = size // heads
        epsilon = float(config["layer_norm_eps"])
        for i in range(int(config["num_hidden_layers"])):
            layer = f"encoder.layer.{i}."
            if fused:
                self.fused = True
                flats = [
                    self.linear(x, weights, f"{layer}attention.self.{part}")
                    for part in ("query", "key", "value")
                ]
                mixed = self.add("MultiHeadAttention", flats, num_heads=heads, domain=OWN)
                x = self._after(x, mixed, weights, layer, epsilon)
                continue
            split = self.constant("split", [0, 0, heads, wide], np.int64)
            joined = self.constant("joined", [0, 0, size], np.int64)
            scale = self.constant("scale", wide**-0.5)
            parts = []
            for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])):
                flat = self.linear(x, weights, f"{layer}attention.self.{part}")
                parts.append(self.add("Transpose", [self.add("Reshape", [flat, split])], perm=order))
            scores = self.add("Mul", [self.add("MatMul", parts[:2]), scale])
            if padding:
                scores = self.add("Add", [scores, padding])
            attention = self.add("Softmax", [scores], axis=-1)
            mixed = self.add("Transpose", [self.add("MatMul", [attention, parts[2]])], perm=[0, 2, 1, 3])
            x = self._after(x, self.add("Reshape", [mixed, joined]), weights, layer, epsilon)
        return x

    def _after(self, x: str, mixed: str, weights: Weights, layer: str, epsilon: float) -> str:
        """What follows the attention in a layer."""
        mixed = self.linear(mixed, weights, f"{layer}attention.output.dense")
        x = self.norm(self.add("Add", [mixed, x]), weights, f"{layer}attention.output.LayerNorm", epsilon)
        inner = self.add("Gelu", [self.linear(x, weights, f"{layer}intermediate.dense")])
        outer = self.linear(inner, weights, f"{layer}output.dense")
        return self.norm(self.add("Add", [outer, x]), weights, f"{layer}output.LayerNorm", epsilon)

    def save(
        self,
        path: Path,
        inputs: Mapping[str, tuple[int, Sequence[str | int]]],
        outputs: Mapping[str, Sequence[str | int]],
        producer: str,
    ) -> None:
        """Check the graph and write it. Inputs are (element type, shape) by name, outputs are floats."""
        graph = helper.make_graph(
            self.nodes,
            producer,
            [helper.make_tensor_value_info(n, kind, list(shape)) for n, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, list(s)) for n, s in outputs.items()],
            list(self.constants.values()),
        )
        sets = [helper.make_opsetid("", 20)] + [helper.make_opsetid(OWN, 1)] * self.fused
        model = helper.make_model(graph, opset_imports=sets, ir_version=10, producer_name=producer)
        onnx.checker.check_model(model)
        onnx.save(model, str(path))
