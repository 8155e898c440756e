"""The tagger as a torch network: MiniLM with three marks a piece, a cue head and a role head.

The role head labels every piece for one cue, from the piece, the cue's first piece and their distance. NAMES
tells BERT's names for the encoder's parameters, by which the weights load and `export` writes them.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from allegata.reading.tagger.windows import BREAKS, LENGTH, QUOTES, SHAPES

SIZE, HEADS, WIDE, LAYERS, WORDS = 384, 12, 1536, 6, 30522
HIDDEN = 192
EPSILON = 1e-12


class Drop(nn.Module):
    """Dropout of whole channels of a window, which takes few random numbers: drawing one a value was a tenth
    of a step."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.chance = chance

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.chance:
            return x
        kept = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype).bernoulli_(1 - self.chance)
        return x * (kept / (1 - self.chance))


class Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(SIZE, SIZE) for _ in range(3))
        self.mixed, self.mixed_norm = nn.Linear(SIZE, SIZE), nn.LayerNorm(SIZE, EPSILON)
        self.inner, self.outer = nn.Linear(SIZE, WIDE), nn.Linear(WIDE, SIZE)
        self.norm = nn.LayerNorm(SIZE, EPSILON)
        self.drop = Drop(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        n, t, _ = x.shape
        q, k, v = (f(x).view(n, t, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        with torch.autocast(
            "cpu", enabled=False
        ):  # which would widen the softmax to 32 bits, at twice the time
            scores = (q * (SIZE // HEADS) ** -0.5) @ k.transpose(-1, -2)
            a = (scores if mask is None else scores + mask.to(q.dtype)).softmax(-1) @ v
        x = self.mixed_norm(x + self.drop(self.mixed(a.transpose(1, 2).reshape(n, t, SIZE))))
        return self.norm(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}
"""Our layer names to BERT's."""


class Tagger(nn.Module):
    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, SIZE), nn.Embedding(512, SIZE)
        self.kind = nn.Parameter(torch.zeros(SIZE))
        self.marks = nn.ModuleList(nn.Embedding(n, SIZE) for n in (SHAPES, BREAKS, QUOTES))
        self.norm = nn.LayerNorm(SIZE, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = Drop(dropout)
        self.cue = nn.Linear(SIZE, 3)
        self.piece = nn.Linear(SIZE, HIDDEN)
        self.anchor, self.gate = nn.Linear(SIZE, HIDDEN), nn.Linear(SIZE, HIDDEN)
        self.distance = nn.Embedding(2 * LENGTH - 1, HIDDEN)
        self.role = nn.Linear(HIDDEN, 4)
        for table in (*self.marks, self.distance):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.zeros_(self.gate.weight)
        nn.init.ones_(self.gate.bias)

    def load_encoder(self, path: Path) -> None:
        """Take the encoder from BERT's safetensors."""
        w = load_file(str(path))
        with torch.no_grad():
            self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.kind.copy_(w["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                for ours, theirs in NAMES.items():
                    for part in ("weight", "bias"):
                        getattr(getattr(layer, ours), part).copy_(w[f"encoder.layer.{i}.{theirs}.{part}"])

    def encode(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """States of the pieces (n, t, SIZE); ``mask`` is True where a piece is."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind
        for i, table in enumerate(self.marks):
            x = x + table(marks[..., i])
        x = self.drop(self.norm(x))
        wide = None if mask.all() else (~mask[:, None, None, :]).float() * -1e4
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def roles(self, states: Tensor, windows: Tensor, anchors: Tensor) -> Tensor:
        """Role scores (cues, t, 4) for the cue at piece ``anchors`` of window ``windows``, pairwise."""
        at = states[windows, anchors]
        distance = torch.arange(states.shape[1])[None] - anchors[:, None] + LENGTH - 1
        z = self.piece(states)[windows] * self.gate(at)[:, None] + self.anchor(at)[:, None]
        return self.role(self.drop(functional.gelu(z + self.distance(distance))))
