"""Places by the parser's labels, and by where a name stands: before "resident", after "in", at a dateline.

Words are in ``vocab/places.toml``; names that neither shows to be places are weighed in `place_evidence`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from allegata.reading.gazetteer import gazetteer
from allegata.reading.place_evidence import joined
from allegata.reading.place_names import is_other, looked_up_as, place_words
from allegata.vocab.countries import country_of, country_of_capital

LABELS = frozenset(["GPE", "LOC", "FAC"])
MAX_WORDS = 8
"""Tokens of the longest name."""

Found = tuple[int, int, str]
"""First token, the token past the last, and the parser's label or what the name stands for."""


def find_labelled(doc: Doc) -> list[Found]:
    """Places by the parser's labels and by position, before other names are weighed."""
    return without_overlaps([*_entities(doc), *_named_by_position(doc)])


def person_words(doc: Doc) -> frozenset[str]:
    """Words of full names of persons; those that stand as places do, or are called like one, are left out."""
    names = doc.user_data.get("allegata.person_words")
    if names is None:
        full = [
            e
            for e in doc.ents
            if e.label_ == "PERSON"
            and len(e) > 1
            and not (e.start and doc[e.start - 1].pos_ == "ADP")
            and not gazetteer().holds(e.text)
        ]
        names = frozenset(t.text for e in full for t in e)
        doc.user_data["allegata.person_words"] = names
    return names


def _entities(doc: Doc) -> Iterator[Found]:
    """The parser's places, without articles, modifiers, possessives and line ends; lists are parted."""
    for ent in doc.ents:
        if ent.label_ in LABELS:
            for first, last in _parts(doc, ent.start, ent.end):
                first, last = _trimmed(doc, first, last)
                if ent.label_ == "GPE" and last - first > 1:
                    last = _without_tail(doc, first, last)
                if first < last < len(doc) and not doc[last - 1].whitespace_:
                    ahead = joined(doc, last)
                    if ahead and gazetteer().holds(doc[first : last + ahead].text):
                        last += ahead
                if first < last and not _is_no_place(doc, first, last, ent.label_):
                    yield first, last, ent.label_


def _parts(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """An entity cut at commas, line ends and dashes between names."""
    start = first
    for i in range(first, last):
        token = doc[i]
        dash = token.text in ("-", "–", "/") and first < i < last - 1
        pair = dash and _is_land(doc[start:i].text) and _is_land(doc[i + 1 : last].text)
        if token.text in (",", "—", ";", "|") or (token.is_space and "\n" in token.text) or pair:
            yield start, i
            start = i + 1
    yield start, last


def _is_land(name: str) -> bool:
    """True for a country or a capital, as in "the Kabul-Islamabad talks"."""
    return country_of(name) is not None or country_of_capital(name) is not None


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    modifiers = place_words()["modifiers"]
    while first < last and (
        doc[first].is_space
        or doc[first].is_punct
        or doc[first].lower_ in ("the", "a", "an", "of", "and", "'s", "’s")
    ):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].is_punct or doc[last - 1].tag_ == "POS"):
        last -= 1
    while last - first > 1 and doc[first].lower_ in modifiers:
        if doc[first].text[0].isupper() and gazetteer().holds(doc[first:last].text):
            break
        first += 1
        if doc[first].is_punct and last - first > 1:
            first += 1
    return first, min(last, first + MAX_WORDS)


def _without_tail(doc: Doc, first: int, last: int) -> int:
    """The end of the name at the start of an entity that took more along: "Lagos Police"."""
    for end in range(last, first, -1):
        if any(gazetteer().holds(name) for name in looked_up_as(doc[first:end].text)):
            return end
    return last


def _is_no_place(doc: Doc, first: int, last: int, label: str) -> bool:
    """True for peoples, offices, what is no name at all, and what only the parser thinks is a place."""
    name = doc[first:last].text
    if not any(c.isupper() for c in name):
        return True
    if last - first == 1 and doc[first].lower_ in place_words()["never_alone"]:
        return True
    if country_of(name):
        return False
    if is_other(name):
        return True
    if label != "FAC" and last - first == 1 and _is_person(doc[first]) and not _is_located(doc, first):
        return True
    if label == "FAC" or any(gazetteer().holds(n) for n in looked_up_as(name)):
        return False
    return not (
        _is_located(doc, first)
        or of_kind(doc, first, last, place_words()["area_kinds"] | place_words()["town_kinds"])
    )


def _is_located(doc: Doc, first: int) -> bool:
    """True after a preposition that places stand behind."""
    return first > 0 and doc[first - 1].pos_ == "ADP" and doc[first - 1].lower_ in place_words()["locative"]


def _named_by_position(doc: Doc) -> Iterator[Found]:
    """Names that the parser took for something else, or overlooked, and that stand where a place does."""
    i = 0
    while i < len(doc):
        token = doc[i]
        if not (token.pos_ == "PROPN" or _is_capitals(token)) or token.ent_type_ in LABELS:
            i += 1
            continue
        first, kind = i, token.ent_type_
        while i < len(doc) and (doc[i].pos_ == "PROPN" or _is_capitals(doc[i])) and doc[i].ent_type_ == kind:
            i += 1
            if i - first == MAX_WORDS:
                break
        if kind in ("DATE", "TIME", "LAW", "MONEY"):
            continue
        for start, end in _held_parts(doc, first, i):
            if _stands_as_place(doc, start, end, first, i):
                yield start, end, "GPE"
                break


def _is_person(token: Token) -> bool:
    """True for a word that is part of a person's full name somewhere in the text."""
    return token.text in person_words(token.doc)


def _is_capitals(token: Token) -> bool:
    return len(token.text) > 2 and token.is_alpha and token.is_upper


def _held_parts(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Parts of a run of capitalised words that the gazetteer has: from its start, and up to its end."""
    held, words = gazetteer(), place_words()
    generic = (
        words["civic"] | words["bodies"] | words["modifiers"] | words["town_kinds"] | words["area_kinds"]
    )
    for start, end in [
        *((first, e) for e in range(last, first, -1)),
        *((s, last) for s in range(first + 1, last)),
    ]:
        name = doc[start:end].text
        if end - start == 1 and (
            doc[start].lower_ in generic or not name[0].isupper() or _is_person(doc[start])
        ):
            continue
        if (
            len(name) > 2
            and not is_other(name)
            and (held.holds(name) or of_kind(doc, start, end, place_words()["area_kinds"]))
        ):
            yield start, end


def _stands_as_place(doc: Doc, first: int, last: int, run_first: int, run_last: int) -> bool:
    """True for a name where a place stands: after "in", before "resident", before ", Ohio", at a dateline.

    ``run_first`` and ``run_last`` bound the capitalised words that the name is a part of.
    """
    words = place_words()
    name = doc[first:last].text
    whole = first == run_first and last == run_last
    person = doc[first].ent_type_ == "PERSON"
    behind = doc[last].lower_ if last < len(doc) else ""
    if whole and country_of(name) and not person:
        return True
    if first == run_first and behind in words["civic"] and not (person and last - first > 1):
        return True
    if last != run_last:
        return False
    if first > 1 and doc[first - 1].lower_ == "of":
        owner = doc[first - 2]
        aged = owner.text == "," or owner.like_num
        if owner.lower_ in words["bodies"] or (aged and not person):
            return True
    if not whole or (person and last - first > 1):
        return False
    if _is_located(doc, first):
        return doc[first].ent_type_ not in ("PERSON", "ORG") or doc[first - 1].lower_ in (
            "in",
            "near",
            "outside",
        )
    if _is_dateline(doc, first, last) or _beside_place(doc, first, last):
        return True
    if of_kind(doc, first, last, words["area_kinds"]):
        return True
    if last + 1 < len(doc) and behind == "," and not person:
        after = doc[last + 1]
        return after.ent_type_ == "GPE" or after.text.replace(".", "") in words["abbreviations"]
    return False


def _beside_place(doc: Doc, first: int, last: int) -> bool:
    """True for a name that follows a place in a row: "Kabul, Herat and Kandahar", "Barmal, Paktika"."""
    if first < 2 or doc[last - 1].dep_ in ("nsubj", "nsubjpass"):
        return False
    return doc[first - 1].lower_ in (",", "and", "or") and doc[first - 2].ent_type_ == "GPE"


def _is_dateline(doc: Doc, first: int, last: int) -> bool:
    """True for capitals that open a line or sentence, with a dash or bracket behind: "BEIRUT (Reuters) —"."""
    if not all(_is_capitals(t) for t in doc[first:last]) or last >= len(doc):
        return False
    starts = (
        first == 0 or doc[first].is_sent_start or doc[first - 1].is_space or doc[first - 1].text in (".", "]")
    )
    return bool(starts) and doc[last].text in ("—", "–", "-", "--", "(", "―")


def of_kind(doc: Doc, first: int, last: int, kinds: frozenset[str]) -> bool:
    """True for "X district" and "the district of X"."""
    if last < len(doc) and doc[last].lower_ in kinds and doc[last].pos_ in ("NOUN", "PROPN"):
        return True
    return first > 1 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in kinds


def without_overlaps(spans: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
