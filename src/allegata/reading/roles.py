"""The role of each sentence in the story, and whether it reports speech.

Rules say what is no part of the story (`boilerplate`); the rest goes through two linear models: the first
sees a sentence with glimpses of its neighbours, the second the first's probabilities for the sentence, its
neighbours and the whole text. Weights come from ``training/roles.py``, see ``weights/roles.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from allegata.model import ROLES, Document, Sentence, Span, Statement
from allegata.reading.boilerplate import mark_boilerplate
from allegata.reading.role_features import sentence_features

Matrix = npt.NDArray[np.float64]

FLOOR = 1e-4
"""Added to probabilities before their logarithm is taken."""


@dataclass(frozen=True, slots=True)
class RoleModel:
    """``first`` is features x (roles, speech); ``second`` is what `in_context` gives x roles."""

    vocabulary: dict[str, int]
    first: Matrix
    first_bias: Matrix
    second: Matrix
    second_bias: Matrix

    def predict(self, features: Sequence[Sequence[str]]) -> tuple[list[int], list[bool]]:
        """The index in ROLES, and whether speech is reported, for each sentence of one document."""
        scores = np.empty((len(features), len(ROLES) + 1))
        for row, names in enumerate(features):
            known = [self.vocabulary[name] for name in names if name in self.vocabulary]
            scores[row] = self.first[known].sum(axis=0) + self.first_bias
        roles = softmax(scores[:, :-1])
        speech = 1 / (1 + np.exp(-scores[:, -1:]))
        final = in_context(roles, speech) @ self.second + self.second_bias
        return final.argmax(axis=1).tolist(), (speech[:, 0] > 0.5).tolist()


def softmax(scores: Matrix) -> Matrix:
    """Scores to probabilities, along each row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def in_context(roles: Matrix, speech: Matrix) -> Matrix:
    """What the second model sees of each sentence of one document: its own log-probabilities, and the
    probabilities of the two sentences on either side, of the whole text, and of all before it.
    """
    both = np.hstack([roles, speech])
    count, width = both.shape
    none = np.zeros((2, width))
    padded = np.vstack([none, both, none])
    before = np.vstack([none[:1], np.cumsum(both, axis=0)[:-1]]) / np.maximum(1, np.arange(count))[:, None]
    return np.hstack(
        [
            np.log(roles + FLOOR),
            speech,
            padded[1 : count + 1],
            padded[3 : count + 3],
            padded[:count],
            padded[4 : count + 4],
            np.repeat(both.mean(axis=0, keepdims=True), count, axis=0),
            before,
        ]
    )


@lru_cache(maxsize=1)
def role_model() -> RoleModel:
    """The shipped weights."""
    with (
        resources.files("allegata.reading").joinpath("weights/roles.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as held,
    ):
        names = held["vocabulary"].tobytes().decode("utf-8").split("\n")
        return RoleModel(
            vocabulary={name: row for row, name in enumerate(names)},
            first=held["first"].astype(np.float64),
            first_bias=held["first_bias"].astype(np.float64),
            second=held["second"].astype(np.float64),
            second_bias=held["second_bias"].astype(np.float64),
        )


def label_sentences(
    document: Document, doc: Doc, spans: Sequence[Span], statements: Sequence[Statement]
) -> tuple[Sentence, ...]:
    """One Sentence a span, with its role; a heading, a teaser and their like are ``not_applicable``."""
    boilerplate = mark_boilerplate(doc.text, spans, document.title)
    story = [span for span, mark in zip(spans, boilerplate, strict=True) if not mark]
    roles, speech = role_model().predict(sentence_features(doc, story)) if story else ([], [])
    labels = iter(zip(roles, speech, strict=True))
    sentences = []
    for (start, end), mark in zip(spans, boilerplate, strict=True):
        if mark:
            sentences.append(Sentence(start, end, "not_applicable", False))
        else:
            role, spoken = next(labels)
            sentences.append(Sentence(start, end, ROLES[role], spoken))
    return tuple(sentences)
