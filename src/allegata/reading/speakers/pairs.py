"""Two who were named together, and which of them is meant: "the former", "the latter"."""

from __future__ import annotations

from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity

_BACK = 2
"""Sentences back in which the two stand."""
_REACH = 150
"""Tokens back, at the most."""


def one_of_two(directory: Directory, latter: bool, here: int) -> Entity | None:
    """The first or the second of the two whom the last sentence with two of them names."""
    view = directory.view
    seen: dict[int, list[Entity]] = {}
    for at in range(max(0, here - _REACH), here):
        entity = directory.at.get(at)
        sentence = view.sentence[at]
        if entity is None or view.sentence[here] - sentence > _BACK:
            continue
        named = seen.setdefault(sentence, [])
        if entity not in named:
            named.append(entity)
    for sentence in sorted(seen, reverse=True):
        persons = [e for e in seen[sentence] if e.is_person]
        pair = persons if len(persons) > 1 else seen[sentence]
        if len(pair) > 1:
            return pair[1] if latter else pair[0]
    return None
