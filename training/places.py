"""Fits the weights of ``reading/place_evidence.py``: which capitalised words name places.

    python training/places.py

Learns from every other article (even rows) of LGL, TR-News and GeoWebNews, from the first 110 sentences of
``evals/data/places.jsonl``, where only the marked places count, and from sentences of our own
(``place_templates.toml``) filled with names of the gazetteer, a part of them misspelled, so that names which
nobody holds are met too. The texts are read, not kept: what is shipped are some hundred weights, in
``vocab/place_evidence.toml``.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from allegata.reading.gazetteer import ADMIN2, CITY, gazetteer
from allegata.reading.parsing import parse
from allegata.reading.place_evidence import features, guesses
from allegata.reading.place_labels import find_labelled
from allegata.reading.place_mentions import what_about
from allegata.reading.place_spelling import SCRIPTS
from evals.geoparsing import SETS
from evals.places import TEXTS, UNSEEN
from evals.shared import rows

OUT = Path(__file__).parent.parent / "src" / "allegata" / "vocab" / "place_evidence.toml"
LEAST = 6
"""Times that a feature is seen, to have a weight."""
STRENGTH = 0.5
"""Inverse of the regularisation, set by hand."""
OWN_WEIGHT = 2.0
TEMPLATES = Path(__file__).with_name("place_templates.toml")
FILLS = 24
"""Times that each template is filled."""
TEMPLATE_WEIGHT = 0.4
MISSPELLED = 0.2
"""Part of the names of places that are changed so that nobody holds them."""
COUNTRIES = sorted(SCRIPTS)
SEED = 11
HEAD = """# Weights of reading/place_evidence.py: a logistic regression over what stands in and about a name.
# Made by training/places.py from every other article of three geoparsing sets (LGL, TR-News, GeoWebNews) and
# sentences of our own; no text of theirs is in it.

"""


def examples(
    doc: Doc, marked: list[tuple[int, int]], only_marked: bool
) -> Iterator[tuple[dict[str, float], bool]]:
    """Features of each guess and whether a marked place lies there."""
    labelled = find_labelled(doc)
    taken = [False] * len(doc)
    for first, last, _ in labelled:
        taken[first:last] = [True] * (last - first)
    about = what_about(doc, labelled)
    for guess in guesses(doc, taken):
        span = doc[guess.first : guess.last]
        met = [m for m in marked if m[0] < span.end_char and span.start_char < m[1]]
        whole = [m for m in met if overlap(m, (span.start_char, span.end_char)) > 0.6]
        if only_marked and not met:
            continue
        yield features(doc, guess, about), bool(whole)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Shared part of two spans."""
    return (min(one[1], other[1]) - max(one[0], other[0])) / (max(one[1], other[1]) - min(one[0], other[0]))


def filled() -> list[dict[str, Any]]:
    """The templates with names in them, the places marked."""
    kept = tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))
    names = names_by_country()
    chosen = random.Random(SEED)
    out = []
    for sentence in kept["sentences"]:
        for _ in range(FILLS):
            land = chosen.choice(COUNTRIES)
            text, spans, at = "", [], 0
            for gap in re.finditer(r"\{([PNSG])\}", sentence):
                text += sentence[at : gap.start()]
                at = gap.end()
                if gap[1] == "P":
                    name = chosen.choice(names[land])
                    if chosen.random() < MISSPELLED:
                        name = misspelled(name, chosen)
                    spans.append({"start": len(text), "end": len(text) + len(name)})
                elif gap[1] == "G":
                    name = chosen.choice(kept["groups"])
                    name = name if text else name[0].upper() + name[1:]
                else:
                    name = chosen.choice(kept["persons"])
                    name = name.split()[-1] if gap[1] == "S" else name
                text += name
            out.append({"text": text + sentence[at:], "places": spans})
    return out


def names_by_country() -> dict[str, list[str]]:
    """Names of towns and districts as a newspaper would print them: short, and without marks."""
    held = gazetteer()
    names: dict[str, list[str]] = {code: [] for code in COUNTRIES}
    for row in range(len(held)):
        entry = held.entry(row)
        if entry.kind not in (CITY, ADMIN2) or entry.country not in names or entry.population == 0:
            continue
        name = unicodedata.normalize("NFKD", entry.name)
        name = re.sub(r"[‘’ʻʿ`']| District$", "", "".join(c for c in name if not unicodedata.combining(c)))
        if name.isascii() and re.fullmatch(r"[A-Z][a-z]{2,}([ -](al-|el-|es )?[A-Z][a-z]+){0,2}", name):
            names[entry.country].append(name)
    return names


def misspelled(name: str, chosen: random.Random) -> str:
    """A name with two letters changed: none that anybody holds, mostly."""
    for _ in range(2):
        at = chosen.randrange(1, len(name))
        if name[at].isalpha() and name[at].islower():
            name = name[:at] + chosen.choice("aiournlkzm") + name[at + 1 :]
    return name


def gather() -> tuple[list[dict[str, float]], list[bool], list[float]]:
    told: list[dict[str, float]] = []
    right: list[bool] = []
    weight: list[float] = []

    def take(texts: list[dict[str, Any]], spans: str, only_marked: bool, each: float) -> None:
        for row, doc in zip(texts, parse(row["text"] for row in texts), strict=True):
            marked = [(g["start"], g["end"]) for g in row[spans]]
            for named, met in examples(doc, marked, only_marked):
                told.append(named)
                right.append(met)
                weight.append(each)

    for file in SETS.values():
        take(rows(f"geoparsing/{file}.jsonl")[::2], "toponyms", False, 1.0)
    own = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    take(own[:-UNSEEN], "places", True, OWN_WEIGHT)
    take(filled(), "places", False, TEMPLATE_WEIGHT)
    return told, right, weight


def main() -> None:
    told, right, weight = gather()
    seen = Counter(name for named in told for name in named)
    told = [{name: v for name, v in named.items() if seen[name] >= LEAST} for named in told]
    vectors = DictVectorizer(sparse=True)
    x = vectors.fit_transform(told)
    y, w = np.array(right), np.array(weight)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False).fit(x, y, sample_weight=w)
    weights = sorted(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    lines = [f'"{name}" = {value:.3f}' for name, value in weights if abs(value) >= 0.02]
    OUT.write_text(HEAD + "[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(right)} guesses, {sum(right)} places, {len(lines)} weights")


if __name__ == "__main__":
    main()
