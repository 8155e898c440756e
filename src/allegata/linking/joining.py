"""Which names of a story are one person, body or outlet. Every join keeps its reason."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from allegata.linking.alike import (
    NEAR_NAME,
    NEAR_WORD,
    Name,
    bones,
    has_place,
    owner_of,
    without_place,
    worth_comparing,
)
from allegata.linking.credits import core, fold, same_outlet
from allegata.linking.forms import Short, form, is_part
from allegata.linking.naming import UNNAMED_KINDS, country_in, is_bare_body, is_people
from allegata.linking.voices import head, is_noun_of_people
from allegata.linking.words import weight
from allegata.model import Merge, Source
from allegata.vocab.countries import country_of

UNIQUE = 6.5
"""Background weight (nats) of a word that hardly any text has: one that names one body only."""


@dataclass(slots=True)
class Voice:
    """A source of one document, with what is known of its state. ``said`` is all that names it."""

    document: str
    source: Source
    state: bool = False
    country: str | None = None
    realm: str | None = None
    standing: str = ""
    said: str = ""


def join(
    voices: list[Voice], merges: dict[tuple[str, str], Merge], short: Short | None = None
) -> list[list[Voice]]:
    """Groups of voices that are one person, body or outlet by name. Deterministic in the set of voices.
    Voices alike in name, kind and country are compared once for all. ``short`` has the abbreviations that
    the story explains."""
    alike: dict[tuple[object, ...], list[Voice]] = defaultdict(list)
    for v in sorted(voices, key=lambda v: (v.document, v.source.name)):
        s = v.source
        own = v.document if _is_bare(s) else None
        alike[s.name, s.kind, s.handle, s.organisation, v.country, own].append(v)
    piles = list(alike.values())
    parent = list(range(len(piles)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    names = [Name(p[0].document, p[0].source, _is_bare(p[0].source)) for p in piles]
    for i, j in worth_comparing(names, short or {}):
        a, b = piles[i][0], piles[j][0]
        reason = _same(a, b, short or {})
        if reason and find(i) != find(j):
            parent[max(find(i), find(j))] = min(find(i), find(j))
            kept, merged = sorted((a.source.name, b.source.name), key=lambda n: (-len(n), n))
            if kept != merged:
                merges.setdefault((kept, merged), Merge(kept, merged, reason[0], reason[1]))
    groups: dict[int, list[Voice]] = defaultdict(list)
    for i, pile in enumerate(piles):
        groups[find(i)].extend(pile)
    return list(groups.values())


def _same(a: Voice, b: Voice, short: Short) -> tuple[str, float] | None:
    """Why two voices are one person or body, with a score, or ``None``."""
    s, t = a.source, b.source
    if _is_bare(s) or _is_bare(t):
        return (
            ("same words in one document", 0.9)
            if a.document == b.document and fold(s.name) == fold(t.name)
            else None
        )
    x, y = fold(s.name), fold(t.name)
    if x == y or (s.handle and t.handle and s.handle.lower() == t.handle.lower()):
        return ("same name", 1.0)
    if a.country and b.country and a.country != b.country:
        return None
    if _belongs_to(s.name, t.name) or _belongs_to(t.name, s.name):
        return None
    if "account" in (s.kind, t.kind):
        handle, other = (s, t) if s.kind == "account" else (t, s)
        squeezed = re.sub(r"[\W_\d]+", "", fold(handle.handle or handle.name))
        name = re.sub(r"\W+", "", fold(other.name))
        if len(name) > 7 and len(other.name.split()) > 1 and name in squeezed:
            return ("the handle spells the name", 0.8)
        return None
    outlets = [x.kind in ("outlet", "agency") for x in (s, t)]
    if any(outlets):
        # "Norland" is not the Norland Gazette: what is no outlet has to have all of its name
        fits = all(outlets) and (same_outlet(s.name, t.name) or same_outlet(t.name, s.name))
        return ("short form of one outlet", 0.9) if fits or core(s.name) == core(t.name) else None
    if core(s.name) == core(t.name):
        return ("same name but for generic words", 0.9)
    if "person" not in (s.kind, t.kind):
        f, g = form(s.name, short), form(t.name, short)
        if f == g:
            return ("forms of one name", 0.9)
        if _is_unit(s.name, t.name) or _is_unit(t.name, s.name):
            return ("a part of that body", 0.7)
        if _is_same_somewhere(s.name, t.name):
            return ("the same body with its place", 0.7)
        if is_bare_body(s.name) or is_bare_body(t.name):
            return None  # "the bank" is short for any bank
        if _short_form(core(s.name).split(), core(t.name).split()) or is_part(f, g) or is_part(g, f):
            return ("short form of one body", 0.8)
    if {s.kind, t.kind} <= {"person", "unknown"}:
        if a.document == b.document and _by_first_name(x.split(), y.split()):
            return ("first name of one person", 0.8)
        return _same_person(x.split(), y.split())
    return None


def _by_first_name(a: list[str], b: list[str]) -> bool:
    """ "NUNO:" in a transcript, "Maria said": within one document nobody else is meant."""
    few, many = sorted((a, b), key=len)
    return len(few) == 1 < len(many) and len(few[0]) > 2 and few[0] == many[0]


def _belongs_to(name: str, owner: str) -> bool:
    """Whether a name says whose somebody is ("the firm's rivals"), and that is the other."""
    if "'s " not in name and "’s " not in name:
        return False
    whose, mark, what = re.sub("’", "'", name).partition("'s ")
    return bool(mark) and what[:1].islower() and bool(set(core(whose).split()) & set(core(owner).split()))


def _is_bare(source: Source) -> bool:
    return source.kind in UNNAMED_KINDS and is_description(source.name)


def is_description(name: str) -> bool:
    """Whether a source without a proper name is described only; a sentence may begin with it ("Scientists",
    "One trader")."""
    if not name[:1].isupper() or is_people(name):
        return True
    return name[1:] == name[1:].lower() and is_noun_of_people(head(name)) and country_in(name) is None


def _is_unit(name: str, owner: str) -> bool:
    """Whether a name says that it is a part of the other: "the Velmian unit of Holt Mining"."""
    whole = owner_of(name)
    return whole is not None and core(whole) == core(owner)


def _is_same_somewhere(a: str, b: str) -> bool:
    """Whether one name is the other with a place: "the harbour office", "the harbour office in Velm", "Board
    of Ports, Norway"."""
    few, many = sorted((a, b), key=len)
    whole, _, country = many.rpartition(", ")
    if whole and fold(whole) == fold(few) and country_of(country) is not None:
        return True
    return not has_place(few) and len(few.split()) > 1 and fold(without_place(many)) == fold(few)


def _same_person(a: list[str], b: list[str]) -> tuple[str, float] | None:
    few, many = sorted((a, b), key=len)
    if not few or (len(few) < 2 and (len(few[0]) < 4 or few[0] != many[-1])):
        return None
    close = [max(SequenceMatcher(None, w, o).ratio() for o in many) for w in few]
    if all(c == 1.0 for c in close):
        return ("short form of one name", 0.9)
    squeezed = SequenceMatcher(None, "".join(a), "".join(b)).ratio()
    if len(few) > 1 and few[0] == many[0] and (squeezed >= NEAR_NAME or _one_skeleton(few[-1], many[-1])):
        return ("spelling variants of one name", round(squeezed, 2))
    if len(few) > 1 and min(close) >= NEAR_WORD and sum(close) / len(close) >= 0.85:
        return ("spelling variants of one name", round(sum(close) / len(close), 2))
    return None


def _one_skeleton(a: str, b: str) -> bool:
    """Whether two surnames have the same consonants (`alike.bones`)."""
    return len(bones(a)) >= 3 and bones(a) == bones(b) and a[0] == b[0]


def _short_form(a: list[str], b: list[str]) -> bool:
    """ "Salgrain" and "Salgrain Transit": the first words, of which one is like no other name."""
    few, many = sorted((a, b), key=len)
    return (
        len(few) < len(many)
        and few == many[: len(few)]
        and len(few[0]) >= 5
        and weight(few[0]) >= UNIQUE
        and country_in(" ".join(few).title()) is None
    )
