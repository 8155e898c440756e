"""Where a text names places: entities of the parser and names that stand as places do.

Each mention says what it stands for: a place, a people ("Pakistani officials"), a capital's government
(`metonyms`), or a part of another name. Left out is what only looks like one: a movement, a part of a
person's name. Words are in ``vocab/places.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from allegata.reading.gazetteer import gazetteer
from allegata.reading.metonyms import is_government
from allegata.reading.place_evidence import About, chance, guesses, is_placed, joined
from allegata.reading.place_names import is_other, looked_up_as, people_of, place_words
from allegata.vocab.countries import country_of, country_of_capital, country_of_demonym

LABELS = frozenset(["GPE", "LOC", "FAC"])
MAX_WORDS = 8
"""Tokens of the longest name."""

AREA, TOWN = "area", "town"
PLACE, PEOPLE, GOVERNMENT, PART = "place", "people", "government", "name"
"""What a mention stands for: a place, a people ("Turkish"), a government ("Moscow denied"), or a part of the
name of something else ("Jamaica Cancer Society")."""

Found = tuple[int, int, str]
"""First token, the token past the last, and the parser's label or what the name stands for."""

LIKELY, LIKELY_PLACED = 0.5, 0.4
"""Least chance of a guessed name, and of one behind "in", "near" and the like; chosen on the even rows of the
three sets."""

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
    spans = _without_overlaps([*spans, *_guessed(doc, spans)])
    spans = _without_overlaps([*spans, *_named_again(doc, spans), *_peoples(doc)])
    spans = _with_abbreviations(doc, spans)
    return _nested(doc, [_mention(doc, *span) for span in spans[:MAX_MENTIONS]])


def find_labelled(doc: Doc) -> list[Found]:
    """Places by the parser's labels and by position, before other names are weighed."""
    return _without_overlaps([*_entities(doc), *_named_by_position(doc)])


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
        or _of_kind(doc, first, last, place_words()["area_kinds"] | place_words()["town_kinds"])
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
            and (held.holds(name) or _of_kind(doc, start, end, place_words()["area_kinds"]))
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
    if _of_kind(doc, first, last, words["area_kinds"]):
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


def _of_kind(doc: Doc, first: int, last: int, kinds: frozenset[str]) -> bool:
    """True for "X district" and "the district of X"."""
    if last < len(doc) and doc[last].lower_ in kinds and doc[last].pos_ in ("NOUN", "PROPN"):
        return True
    return first > 1 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in kinds


def _without_overlaps(spans: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


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
    return _without_overlaps(out)


def _mention(doc: Doc, first: int, last: int, label: str) -> PlaceMention:
    words = place_words()
    kind = None
    if _of_kind(doc, first, last, words["area_kinds"]) or doc[last - 1].lower_ in words["area_kinds"]:
        kind = AREA
    elif _of_kind(doc, first, last, words["town_kinds"]) or doc[last - 1].lower_ in words["town_kinds"]:
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
