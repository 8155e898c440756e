"""Names, titles and bodies among the tokens of a phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from allegata.reading.speakers.words import SourceWords, source_words

DETERMINERS = frozenset({"the", "a", "an", "both", "even", "this", "that", "these", "those", "and", "one"})
RELATIVE = frozenset(
    {"who", "whom", "whose", "which", "that", "where", "speaking", "told", "asked", "seen", "citing"}
)
POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’", "´s"})

MAX_NAME = 200
"""Characters kept of a name or a description; no source of news text is longer."""
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_AGENT = ("er", "or", "ist", "ian", "eer", "man", "woman", "person", "smith", "wright")
"""Ends of nouns for what somebody is or does."""
_CAMEL = re.compile(r"^(?!Mc|Mac|De|Di|Du|Da|La|Le|O['’]|Van|Fitz|St)[A-Z][a-z]+[A-Z][a-z]")


def is_title(word: str) -> bool:
    """True for a word that is a title, a rank or a role, in whatever case."""
    words, low = source_words(), word.lower()
    return low in words.roles or low in words.offices or low in words.ranks or low in words.honorifics


def is_role(token: Token, words: SourceWords) -> bool:
    low = token.lower_
    if low in words.roles or low in words.offices or token.lemma_.lower() in words.roles:
        return low not in words.beside
    return False


def title_start(core: Sequence[Token], last: int, words: SourceWords) -> int:
    """Where the title that ends at ``last`` begins: its modifiers that are no name and no organisation."""
    start = last
    while start > 0:
        token = core[start - 1]
        low = token.lower_
        body = low in words.organisations or token.lemma_.lower() in words.organisations
        if low in POSSESSIVE_MARKS or (body and (low != "state" or core[start].lower_ != "secretary")):
            break
        plain = token.text[:1].islower() and token.pos_ in ("ADJ", "NOUN", "VERB", "ADV", "PUNCT")
        titular = low in words.offices or low in words.ranks or low in words.roles
        if not (titular or plain or low in ("-", "and", "of")):
            break
        start -= 1
    while start < last and core[start].lower_ in ("-", "and", "of"):
        start += 1
    return start


def strip_ranks(tokens: Sequence[Token], words: SourceWords) -> list[Token]:
    start = 0
    while start < len(tokens) - 1 and (
        tokens[start].lower_ in words.honorifics
        or tokens[start].lower_ in words.ranks
        or tokens[start].lower_ in words.offices
        or tokens[start].text == "."
    ):
        start += 1
    return list(tokens[start:])


def is_proper(token: Token) -> bool:
    if token.lower_ in source_words().particles:
        return True
    if token.text.isupper() and len(token) > 2:
        return True
    return token.text[:1].isupper() and (token.pos_ == "PROPN" or not token.is_sent_start)


def head(token: Token, words: SourceWords) -> str:
    """A head noun as the vocabularies may hold it: as it is written, else its lemma."""
    low = token.lower_
    known = (
        low in words.organisations or low in words.outlets or low in words.witnesses or low in words.anonymous
    )
    return low if known or low in words.documents else token.lemma_.lower()


def all_proper(tokens: Sequence[Token]) -> bool:
    if not tokens or (len(tokens) == 1 and not tokens[0].text[:1].isupper()):
        return False
    return all(
        is_proper(t) or (n and tokens[n - 1].text == "-" and (t.pos_ == "PROPN" or t.ent_type_ == "PERSON"))
        for n, t in enumerate(tokens)
    ) and (tokens[-1].text[:1].isupper() or tokens[-1].pos_ == "PROPN" or tokens[-1].ent_type_ == "PERSON")


def is_body(tokens: Sequence[Token], words: SourceWords) -> bool:
    """True for a proper name that is an organisation's, an outlet's, a country's or a text's."""
    low = " ".join(t.lower_ for t in tokens)
    if low in words.countries or low in words.outlet_names or low in words.agency_names:
        return True
    if len(tokens) > 1 and tokens[0].lower_ in words.first_of_body:
        return True
    last = tokens[-1].lower_
    if (
        last in words.organisations
        or last in words.outlets
        or last in words.documents
        or last in words.agencies
    ):
        return len(tokens) > 1 or last not in words.gender
    if len(tokens) == 1 and _CAMEL.search(tokens[0].text):
        return True  # "StratBrief"; "McConnell" and "DuVernay" are persons
    ents = {t.ent_type_ for t in tokens}
    if ents & {"PERSON"}:
        return False
    if tokens[0].lower_ in words.gender and len(tokens) > 1:
        return False
    return bool(ents & {"ORG", "GPE", "NORP", "LOC", "FAC"}) or any(
        t.lower_ in words.countries for t in tokens
    )


def is_adjectival(tokens: Sequence[Token], words: SourceWords) -> bool:
    """True for a lead that is no organisation: "Iranian", "Republican", "former", "longtime"."""
    return all(
        t.lower_ in words.countries
        or t.ent_type_ in ("NORP", "GPE")
        or t.pos_ in ("ADJ", "ADV", "NUM", "DET", "PUNCT")
        for t in tokens
    )


def is_affiliation(tokens: Sequence[Token], words: SourceWords) -> bool:
    """True for a phrase that can name a body: it has a name in it, or a word like "ministry"."""
    return any(
        (t.pos_ == "PROPN" and not t.is_sent_start)
        or (t.ent_type_ and t.text[:1].isupper())
        or t.lower_ in words.organisations
        or t.lemma_.lower() in words.organisations
        or t.lower_ in words.outlets
        for t in tokens
    )


def country_in(lowered: set[str], words: SourceWords) -> str | None:
    return next((words.countries[w] for w in sorted(lowered) if w in words.countries), None)


def without_rank(title: str) -> str:
    """ "Press secretary Colonel" without what only ranks, unless nothing else is there."""
    parts = title.split()
    kept = list(parts)
    while len(kept) > 1 and (
        kept[-1].lower() in source_words().ranks or kept[-1].lower() in source_words().honorifics
    ):
        kept.pop()
    return " ".join(kept)


def unpossess(tokens: Sequence[Token]) -> list[Token]:
    out = list(tokens)
    while out and (out[-1].lower_ in POSSESSIVE_MARKS or out[-1].lower_ in ("-", "and")):
        out.pop()
    while out and out[0].lower_ in DETERMINERS:
        out.pop(0)
    return out


def affiliation(rest: Sequence[Token]) -> str | None:
    """The noun phrase after the preposition that begins ``rest``, to the next one that is not "of"."""
    body = list(rest[1:])
    while body and body[0].lower_ in DETERMINERS:
        body.pop(0)
    end = next(
        (
            i
            for i, t in enumerate(body)
            if t.lower_ in RELATIVE or (i and t.pos_ == "ADP" and t.lower_ != "of")
        ),
        len(body),
    )
    while end and body[end - 1].pos_ in ("ADJ", "ADV", "VERB"):
        end -= 1
    if not body[:end] or body[0].pos_ in ("VERB", "PRON", "NUM"):
        return None
    if not is_affiliation(body[:end], source_words()):
        return None
    return join(unpossess(body[:end])) or None


def name_after_noun(core: Sequence[Token]) -> int:
    """Where a name begins after what its bearer is ("golfer Dan Olsen", "32-year-old Ada Horn"); else 0."""
    at, words = len(core), source_words()
    while at and (core[at - 1].ent_type_ == "PERSON" or _in_name(core[at - 1])):
        at -= 1
    while at < len(core) and not core[at].text[:1].isupper():
        at += 1
    if not 0 < at <= len(core) - 2 or not all_proper(core[at:]) or core[-1].lower_ in words.organisations:
        return 0
    lead, low = core[at - 1], core[at - 1].lower_
    aged = low == "old"
    person = low in words.roles or low in words.witnesses or low.endswith(_AGENT)
    noun = lead.pos_ == "NOUN" and (lead.text[:1].islower() or lead.is_sent_start)
    kinds = {t.ent_type_ for t in core[at:]}
    if "PERSON" in kinds:
        return at if noun or aged or low in words.witnesses else 0
    called = core[at].lower_ in words.gender or not kinds - {""}
    return at if aged or (noun and person and called) else 0


def name_after_office(part: Sequence[Token]) -> int:
    """Where the name begins in "Secretary of State John Kerry"; 0 where "of" has the name itself after it."""
    of = next((i for i, t in enumerate(part) if t.lower_ == "of"), 0)
    words = source_words()
    if not of or not any(is_role(t, words) or t.lower_ in words.anonymous for t in part[:of]):
        return 0
    for at in range(of + 2, len(part) - 1):
        before = part[at - 1]
        named = part[at].ent_type_ == "PERSON" or part[at].lower_ in words.gender
        parted = before.text[:1].islower() or before.lower_ in words.countries
        named = named or (parted and part[at].pos_ == "PROPN" and part[at].ent_type_ not in ("GPE", "ORG"))
        if not named or before.pos_ not in ("NOUN", "PROPN") or before.ent_type_ == "PERSON":
            continue
        return at if all_proper(part[at:]) and part[-1].lower_ not in words.organisations else 0
    return 0


def _in_name(token: Token) -> bool:
    return token.text == "-" or (token.pos_ == "PROPN" and token.text[:1].isupper())


def looks_personal(names: Sequence[str], words: SourceWords) -> bool:
    lowered = [n.lower().strip(".,") for n in names]
    if (
        not lowered
        or lowered[-1] in words.organisations
        or lowered[-1] in words.outlets
        or lowered[-1] in words.agencies
    ):
        return False
    return len(lowered) > 1 and all(
        n[:1].isupper() for n in names if n.lower() not in source_words().particles
    )


def gender(names: Sequence[str], words: SourceWords) -> str | None:
    """By the given name, where there is one: a surname alone ("Clinton", "Grant") tells nothing."""
    if len(names) < 2 or ("-" in names[-1] and names[0].lower() in words.surnames_first):
        return None
    return words.gender.get(names[0].lower().strip(".,"))


def join(tokens: Sequence[Token]) -> str:
    """The tokens with the white space between them made single, without unseen marks, cut at a limit."""
    if not tokens:
        return ""
    pieces = [tokens[0].text]
    for before, token in pairwise(tokens):
        gap = token.idx - (before.idx + len(before))
        pieces.append((" " if gap else "") + token.text)
    return " ".join(visible("".join(pieces)).split())[:MAX_NAME].rstrip()


def visible(text: str) -> str:
    """The text without zero-width and direction marks and soft hyphens."""
    return text if text.isascii() else _UNSEEN.sub("", text)
