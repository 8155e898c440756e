"""Where a text names places: entities of the parser and names that stand as places do.

Each mention says what it stands for: a place, a people ("Pakistani officials"), a capital's government
(`metonyms`), or a part of another name. Left out is what only looks like one: a movement, a part of a
person's name. Words are in ``vocab/places.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from allegata.reading.gazetteer import gazetteer
from allegata.reading.metonyms import is_government
from allegata.reading.place_evidence import About, chance, guesses, is_placed
from allegata.reading.place_labels import Found, find_labelled, of_kind, person_words, without_overlaps
from allegata.reading.place_names import people_of, place_words
from allegata.vocab.countries import country_of, country_of_capital, country_of_demonym

AREA, TOWN = "area", "town"
PLACE, PEOPLE, GOVERNMENT, PART = "place", "people", "government", "name"
"""What a mention stands for: a place, a people ("Turkish"), a government ("Moscow denied"), or a part of the
name of something else ("Jamaica Cancer Society")."""


LIKELY, LIKELY_PLACED = 0.5, 0.4
"""Least chance of a guessed name, and of one behind "in", "near" and the like; set by hand with an eye on
the even rows of the three sets."""

MAX_KNOWN = 200
"""Names whose countries tell what a text is about."""

MAX_MENTIONS = 3000
"""Mentions of one document; later ones are left out."""

MAX_BRIDGE = 7
"""Tokens between two names of which one holds the other."""
BRIDGES = frozenset(["a", "an", "the", "of", "in", ",", "(", "—", "–", "-"])
HOLDING = frozenset([",", "(", "of", "in", "—", "–"])


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name in the text that means a place.

    ``first`` and ``last`` are tokens (``last`` is past the end); ``kind`` is AREA or TOWN where the text says
    so ("Barmal district"); ``within`` is the index of the mention said to hold it ("Mastung, Balochistan").
    """

    first: int
    last: int
    name: str
    kind: str | None = None
    near: bool = False
    facility: bool = False
    within: int | None = None
    use: str = PLACE


def find_mentions(doc: Doc) -> list[PlaceMention]:
    """Mentions of places in order, disjoint, each with what it stands for."""
    spans = find_labelled(doc)
    spans = without_overlaps([*spans, *_guessed(doc, spans)])
    spans = without_overlaps([*spans, *_named_again(doc, spans), *_peoples(doc)])
    spans = _with_abbreviations(doc, spans)
    return _nested(doc, [_mention(doc, *span) for span in spans[:MAX_MENTIONS]])


def what_about(doc: Doc, spans: list[Found]) -> About:
    """What the labelled places and the peoples tell of a text."""
    known = frozenset(doc[first:last].text for first, last, _ in spans)
    lands = {country_of(name) or country_of_capital(name) for name in known}
    lands |= {country_of_demonym(token.text) for token in doc if token.text[0].isupper()}
    for name in sorted(known)[:MAX_KNOWN]:
        lands.update(e.country for e in gazetteer().look_up(name, limit=3) if e.primary)
    return About(known, frozenset(land for land in lands if land), person_words(doc))


def _guessed(doc: Doc, spans: list[Found]) -> Iterator[Found]:
    """Names that only their surroundings and the gazetteer show to be places (`place_evidence`)."""
    taken = [False] * len(doc)
    for first, last, _ in spans:
        taken[first:last] = [True] * (last - first)
    about = what_about(doc, spans)
    best: dict[int, tuple[float, Found]] = {}
    for guess in guesses(doc, taken):
        score = chance(doc, guess, about)
        least = LIKELY_PLACED if is_placed(doc, guess) else LIKELY
        if score >= least and score > best.get(guess.run_first, (0.0,))[0]:
            found = (guess.first, guess.last, "GPE" if guess.whole else PART)
            best[guess.run_first] = (score, found)
    for _, found in best.values():
        yield found


def _peoples(doc: Doc) -> Iterator[Found]:
    """Peoples and adjectives of countries and regions: "Turkish officials", "Americans"."""
    for token in doc:
        if not token.text[0].isupper() or token.ent_type_ in ("LANGUAGE", "PERSON"):
            continue
        if people_of(token.text):
            yield token.i, token.i + 1, PEOPLE


def _named_again(doc: Doc, spans: list[Found]) -> Iterator[Found]:
    """Other occurrences of names that are places elsewhere in the text, unless within a person's name."""
    names: dict[str, set[tuple[str, ...]]] = {}
    persons = person_words(doc)
    for first, last, label in spans:
        words = tuple(t.text for t in doc[first:last])
        if len(words) == 1 and (words[0] in persons or doc[first].ent_type_ == "PERSON"):
            continue
        if label not in ("FAC", PART) and gazetteer().holds(doc[first:last].text):
            names.setdefault(words[0], set()).add(words)
    for token in doc:
        for words in names.get(token.text, ()):
            end = token.i + len(words)
            if tuple(t.text for t in doc[token.i : end]) != words:
                continue
            if doc[token.i].ent_type_ == "" or (
                doc[token.i].ent_iob_ == "B"
                and (end == len(doc) or doc[end].ent_iob_ != "I")
                and doc[token.i].ent_type_ != "ORG"
            ):
                next_is_name = end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].ent_type_ == ""
                if not next_is_name:
                    yield token.i, end, "GPE"


def _with_abbreviations(doc: Doc, spans: list[Found]) -> list[Found]:
    """Adds "Ga." in "Macon, Ga.", and takes out abbreviations that stand alone and are words as well."""
    words = place_words()
    at = {first for first, _, _ in spans}
    out: list[Found] = []
    for first, last, label in spans:
        name = doc[first:last].text.replace(".", "")
        after_place = bool(out) and out[-1][1] == first - 1 and doc[first - 1].text == ","
        dotted = "." in doc[first:last].text
        if name in words["after_comma"] and not (after_place or dotted):
            continue
        out.append((first, last, label))
        if last + 1 < len(doc) and doc[last].text == "," and last + 1 not in at:
            short = doc[last + 1].text.replace(".", "")
            if short in words["abbreviations"]:
                out.append((last + 1, last + 2, "GPE"))
    return without_overlaps(out)


def _mention(doc: Doc, first: int, last: int, label: str) -> PlaceMention:
    words = place_words()
    kind = None
    if of_kind(doc, first, last, words["area_kinds"]) or doc[last - 1].lower_ in words["area_kinds"]:
        kind = AREA
    elif of_kind(doc, first, last, words["town_kinds"]) or doc[last - 1].lower_ in words["town_kinds"]:
        kind = TOWN
    use = label if label in (PEOPLE, PART) else PLACE
    if use == PLACE and is_government(doc[first:last]):
        use = GOVERNMENT
    name = doc[first:last].text
    return PlaceMention(first, last, name, kind, _is_near(doc, first), label == "FAC", use=use)


def _is_near(doc: Doc, first: int) -> bool:
    """True for "near X", "on the outskirts of X", "30 km north of X"."""
    words = place_words()
    at = first - 1
    while at >= 0 and (doc[at].lower_ == "the" or doc[at].lower_ in words["modifiers"]):
        at -= 1
    if at < 0:
        return False
    if doc[at].lower_ in words["near"]:
        return True
    return doc[at].lower_ in ("of", "from") and at > 0 and doc[at - 1].lower_ in words["near_nouns"]


def _nested(doc: Doc, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Says which mention holds which: "X, Y", "X (Y)", "X district of Y", "X in Y"."""
    words = place_words()
    bridges = words["area_kinds"] | words["town_kinds"] | words["modifiers"] | BRIDGES
    listed = _lists(doc, mentions)
    out: list[PlaceMention] = []
    for i, (mention, in_list) in enumerate(zip(mentions, listed, strict=True)):
        after = mentions[i + 1].first if i + 1 < len(mentions) else mention.last
        between = doc[mention.last : min(after, mention.last + MAX_BRIDGE + 1)]
        says = {t.lower_ for t in between}
        bridged = 1 <= len(between) <= MAX_BRIDGE and all(
            t.lower_ in bridges or t.tag_ == "POS" for t in between
        )
        paired = i + 1 < len(mentions) and {mention.use, mentions[i + 1].use} <= {PLACE}
        if bridged and paired and says & HOLDING and not in_list:
            mention = replace(mention, within=i + 1)
        out.append(mention)
    return out


def _lists(doc: Doc, mentions: list[PlaceMention]) -> list[bool]:
    """For each mention, whether the next one follows it in a list: "Kabul, Herat and Kandahar"."""
    listed = [False] * len(mentions)
    for i in range(len(mentions) - 2, -1, -1):
        between = doc[mentions[i].last : min(mentions[i + 1].first, mentions[i].last + MAX_BRIDGE)]
        if [t.text for t in between if t.lower_ != "the"] != [","]:
            continue
        at = mentions[i + 1].last
        if at + 2 >= len(doc):
            continue
        comma = doc[at].text == ","
        runs_on = comma and i + 2 < len(mentions) and mentions[i + 2].first == at + 1
        listed[i] = doc[at + comma].lower_ in ("and", "or", "&") or (runs_on and listed[i + 1])
    return listed
