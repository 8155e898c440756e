"""One pass of the encoder over a text: what the statements, and whoever else reads its states, start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from allegata.reading.tagger.windows import FIRST, LAST, Pieces, Window, split, windows

Floats = npt.NDArray[np.float32]
SIZE = 384
"""Width of a state."""


class Model(Protocol):
    """What reading asks of a trained tagger, over one window with its frame pieces."""

    def cues(self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.int64]) -> tuple[Any, Floats]:
        """States of the window, and the probabilities (pieces, 3) of no cue, its begin and its inside."""

    def roles(self, states: Any, anchors: npt.NDArray[np.int64]) -> Floats:
        """Probabilities (anchors, pieces, 4) of nothing, source, content and cue."""


@dataclass(frozen=True, slots=True)
class View:
    """What the encoder saw in one window: the states (pieces, SIZE) of its pieces, in 16 bits."""

    window: Window
    states: npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Pass:
    """A text as the encoder saw it.

    ``pieces.spans`` (n, 2) are the characters of each word piece, ``cues`` (n, 3) the probabilities of no
    cue, its begin and its inside, ``views`` the windows, which overlap. States of one window can be set
    against each other; those of two cannot, since a state knows where in its window it stands.
    """

    pieces: Pieces
    cues: Floats
    views: tuple[View, ...]

    def states(self) -> npt.NDArray[np.float16]:
        """The state of each piece (n, SIZE), from the window that has it furthest from its edge.

        The vector of a stretch of text, a sentence say, is the mean over `within`.
        """
        own = [v.states[v.window.low - v.window.start : v.window.high - v.window.start] for v in self.views]
        return np.concatenate(own) if own else np.zeros((0, SIZE), dtype=np.float16)

    def within(self, start: int, end: int) -> slice:
        """The pieces that touch the characters ``[start, end)``."""
        spans = self.pieces.spans
        first = int(np.searchsorted(spans[:, 1], start, "right"))
        return slice(first, max(first, int(np.searchsorted(spans[:, 0], end, "left"))))


def encode(text: str, model: Model) -> Pass:
    """The pass of ``model`` over a text, window by window; an empty one for a text without words."""
    pieces = split(text)
    cues = np.zeros((len(pieces), 3), dtype=np.float32)
    views = []
    for w in windows(len(pieces)):
        ids = np.concatenate([[FIRST], pieces.ids[w.start : w.end], [LAST]])
        marks = np.zeros((len(ids), 3), dtype=np.int64)
        marks[1:-1] = pieces.marks[w.start : w.end]
        states, scores = model.cues(ids, marks)
        cues[w.low : w.high] = scores[w.low - w.start + 1 : w.high - w.start + 1]
        views.append(View(w, states[1:-1].astype(np.float16)))
    return Pass(pieces, cues, tuple(views))
