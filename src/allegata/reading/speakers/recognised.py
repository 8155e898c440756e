"""Names of persons in a parsed text, as the entity recogniser and plain signs (titles, ages) show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from allegata.reading.speakers.layout import after_heading
from allegata.reading.speakers.names import join
from allegata.reading.speakers.words import source_words

_HEADLINE_VERBS = frozenset(
    {
        "says",
        "said",
        "tells",
        "told",
        "calls",
        "asks",
        "warns",
        "vows",
        "denies",
        "urges",
        "wins",
        "meets",
        "claims",
    }
)
"""Verbs that a headline's capitals make the recogniser take for surnames."""

_OPENING, _CLOSING = frozenset({'"', "“", "``"}), frozenset({'"', "”", "''"})


def names_in(doc: Doc) -> Iterable[tuple[str, Sequence[Token]]]:
    """Full names of persons that the entity recogniser found, cleaned of titles and possessive marks."""
    words = source_words()
    for ent in doc.ents:
        given = ent[0].lower_ in words.gender and 1 < len(ent) <= 3 and ent[0].lower_ not in words.honorifics
        if (ent.label_ != "PERSON" and not (given and ent.label_ in ("ORG", "GPE"))) or len(ent) > 6:
            continue
        tokens = after_heading(list(ent))
        while tokens and tokens[-1].lower_ in ("'s", "’s", "'", "’", "-", "—"):
            tokens.pop()
        while len(tokens) > 1 and tokens[-1].lower_ in _HEADLINE_VERBS:
            tokens.pop()
        while len(tokens) > 1 and (tokens[0].lower_ in words.honorifics or tokens[0].lower_ in words.offices):
            tokens.pop(0)
        if len(tokens) > 1 and all(
            t.text[:1].isupper() or t.pos_ == "PROPN" or (n and "-" in (t.text, tokens[n - 1].text))
            for n, t in enumerate(tokens)
        ):
            last = tokens[-1].lower_
            body = (
                last in words.organisations
                or last in words.outlets
                or last in words.agencies
                or tokens[0].lower_ in words.first_of_body
            )
            if not body or tokens[0].lower_ in words.gender:
                yield join(tokens), tokens
    yield from _nicknamed_in(doc)
    yield from _aged_in(doc)
    yield from _called_in(doc)


def _aged_in(doc: Doc) -> Iterable[tuple[str, Sequence[Token]]]:
    """Names with an age after them ("Sattor Bobokulov, 61, ..."), which the recogniser may have missed."""
    for i in range(1, len(doc) - 2):
        token = doc[i]
        if (
            token.text != ","
            or not doc[i + 1].text.isdigit()
            or len(doc[i + 1]) != 2
            or doc[i + 2].text != ","
        ):
            continue
        start = i
        while (
            start > 0
            and i - start < 4
            and doc[start - 1].pos_ == "PROPN"
            and doc[start - 1].text[:1].isupper()
        ):
            start -= 1
        if start < i:
            tokens = list(doc[start:i])
            yield join(tokens), tokens


def _nicknamed_in(doc: Doc) -> Iterable[tuple[str, Sequence[Token]]]:
    """Names with a nickname in quotation marks ("Jens \"Bolt\" Aker"), which the recogniser cuts in two."""
    for i in range(1, len(doc) - 3):
        if doc[i].text not in _OPENING or not doc[i - 1].whitespace_ or doc[i].whitespace_:
            continue
        close = next((k for k in (i + 2, i + 3) if k < len(doc) - 1 and doc[k].text in _CLOSING), 0)
        given = doc[i - 1]
        if not close or doc[close - 1].whitespace_ or not _is_part(given) or not _is_part(doc[close + 1]):
            continue
        end = close + 2
        while end < len(doc) and end - close < 4 and doc[end].pos_ == "PROPN" and _is_part(doc[end]):
            end += 1
        tokens = [given, *doc[close + 1 : end]]
        if given.lower_ not in source_words().honorifics:
            yield " ".join(t.text for t in tokens), tokens


def _is_part(token: Token) -> bool:
    return token.is_alpha and len(token) > 1 and token.text[:1].isupper() and not token.text.isupper()


def _called_in(doc: Doc) -> Iterable[tuple[str, Sequence[Token]]]:
    """Names after what somebody is ("union chief Anders Holt") in which the recogniser saw nobody."""
    words = source_words()
    for i in range(len(doc) - 2):
        if doc[i].lower_ not in words.roles or not doc[i].text[:1].islower():
            continue
        end = i + 1
        while end < len(doc) and end - i <= 4 and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
            end += 1
        name = doc[i + 1 : end]
        last = name[-1].lower_ if len(name) else ""
        body = last in words.organisations or last in words.outlets or last in words.countries
        if len(name) > 1 and not body and not any(t.ent_type_ or t.text.isupper() for t in name):
            yield join(list(name)), list(name)


def titled_in(doc: Doc) -> Iterable[tuple[str, Sequence[Token]]]:
    """Single names after a title or rank ("General Tiraho"), and those the recogniser takes for persons."""
    words = source_words()
    for token in doc:
        if token.pos_ != "PROPN" or not token.text[:1].isupper() or not token.i or len(token) < 3:
            continue
        low, before = token.lower_, doc[token.i - 1]
        if (
            low in words.organisations
            or low in words.offices
            or low in words.countries
            or low in words.outlets
        ):
            continue
        if low in words.honorifics or low in words.ranks or low in words.roles:
            continue
        lead = before.lower_
        titled = before.text[:1].isupper() and (
            lead in words.honorifics or lead in words.ranks or (lead in words.offices and lead in words.roles)
        )
        alone = (
            token.ent_type_ == "PERSON" and token.ent_iob_ == "B" and token.dep_ in ("nsubj", "poss", "dobj")
        )
        if alone and token.i + 1 < len(doc) and doc[token.i + 1].ent_iob_ == "I":
            alone = False
        if titled or (alone and before.pos_ not in ("ADP", "PROPN")):
            after = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if after is None or (after.pos_ != "PROPN" and after.text != "-"):
                yield token.text, [token]
