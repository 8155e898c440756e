"""``python -m benchmarks.growth``: what making one story's claims costs as the story grows.

A story of relays, copies and denials of one accusation, of which every document is an invented text, is
linked as a whole at several sizes. The figure is CPU time a document at the largest size by that at the
smallest: a story that is touched is made anew, so a cost that grew with the square of its size would show.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence

from allegata.linking import link_story, make_features
from allegata.linking.features import restore
from allegata.linking.texts import Text
from allegata.model import Allegation, Document, Reading, Sentence, Source, Statement

SIZES = (25, 100, 400)

CORE = "Guards of Orlan Shield fired on striking porters at the port of Velmar and wounded nine of them"
CUES = ("said", "told reporters", "repeated", "insisted", "wrote")
ASIDES = (
    "The market on the quay opened an hour late.",
    "Ships waited outside the harbour until noon.",
    "The strike is in its third week and the silos are full.",
    "A meeting of the port council was put off to Friday.",
)


def reading(n: int, rng: random.Random) -> Reading:
    """The ``n``-th document: one of six papers, who relays one of a dozen voices, or denies."""
    speaker = Source(
        f"Porter Speaker{n % 12}", "person", title="secretary", organisation="Velmar Porters' Union"
    )
    deny = n % 7 == 3
    if deny:
        speaker = Source("Orlan Shield", "organisation")
    lines = [f"{CORE}, {speaker.name} {rng.choice(CUES)}.", *rng.sample(ASIDES, 2)]
    text, sentences = "", []
    for line in lines:
        sentences.append(Sentence(len(text), len(text) + len(line), "main_event", not sentences))
        text += f"{line}\n"
    content = ((0, len(CORE)),)
    statement = Statement("s1", (), (), content, "deny" if deny else "allege", None, speaker.name)
    act = Allegation("s1", speaker.name, "guards of Orlan Shield", "ASSAULT", "porters", None, (0, len(CORE)))
    day, hour = divmod(n, 20)
    document = Document(
        f"d{n:04}",
        text,
        url=f"https://paper{n % 6}.example/{n}",
        outlet=f"Paper {n % 6}",
        published=f"2025-03-{1 + day % 28:02}T{hour:02}:00:00+00:00",
    )
    return Reading(document, tuple(sentences), (statement,), (act,), sources=(speaker,))


def story(size: int) -> list[Text]:
    rng = random.Random(size)
    readings = [reading(n, rng) for n in range(size)]
    rows = make_features(readings)
    return [restore(r, f.vectors) for r, f in zip(readings, rows, strict=True)]


def cost(texts: Sequence[Text]) -> float:
    """CPU seconds of linking the story once."""
    start = time.process_time()
    claims = link_story(texts)
    spent = time.process_time() - start
    assert claims
    return spent


def measure() -> dict[str, float]:
    """CPU milliseconds a document by size, and the largest by the smallest."""
    link_story(story(SIZES[0]))  # loads what is loaded once
    spent = {size: 1000 * cost(story(size)) / size for size in SIZES}
    figures = {f"ms_per_document_of_{size}": ms for size, ms in spent.items()}
    return figures | {"growth": spent[SIZES[-1]] / spent[SIZES[0]]}


if __name__ == "__main__":
    print(json.dumps({k: round(v, 3) for k, v in measure().items()}, indent=1))
