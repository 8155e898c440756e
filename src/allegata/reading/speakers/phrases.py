"""A source's phrase taken apart: name, title, organisation, handle, and what kind of source it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Token

from allegata.reading.speakers.words import SourceWords, source_words

MAX_TOKENS = 60
"""A longer phrase is read to here; no source of news text is longer."""

_HANDLE = re.compile(r"@\w{1,30}")
_DETERMINERS = frozenset({"the", "a", "an", "both", "even", "this", "that", "these", "those", "and", "one"})
_POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
_INDEFINITE = frozenset(
    {"a", "an", "some", "several", "many", "other", "another", "one", "two", "three", "few"}
)
_AFFILIATION = frozenset({"of", "for", "at", "from", "with", "to", "on"})
_RELATIVE = frozenset(
    {"who", "whom", "whose", "which", "that", "where", "speaking", "told", "asked", "seen", "citing"}
)
_POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’", "´s"})


@dataclass(slots=True)
class Description:
    """What a phrase says of a source. Names as the text spells them, ``roles`` and ``head`` in lower case."""

    text: str
    kind: str = "unknown"
    name: str | None = None
    title: str | None = None
    rank: str | None = None
    """A form of address or a military rank ("Mr", "Captain")."""
    organisation: str | None = None
    handle: str | None = None
    pronoun: str | None = None
    short: str = ""
    """The phrase without its determiner and without what follows its first comma."""
    possessor: str | None = None
    """A possessive pronoun that begins the phrase ("its" of "its spokesman")."""
    head: str = ""
    plural: bool = False
    definite: bool = False
    roles: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    gender: str | None = None
    body: bool = False
    """True where the name is a body's (organisation, outlet, country, text) and not a person's."""


def describe(tokens: Sequence[Token]) -> Description:
    """Take the phrase that ``tokens`` spell apart, without looking at the rest of the Document."""
    words = source_words()
    tokens = [t for t in tokens[:MAX_TOKENS] if not t.is_space]
    text = _join(tokens)
    out = Description(text=text)
    lowered = [t.lower_ for t in tokens]
    if len(tokens) == 1 and lowered[0] in words.pronouns:
        out.pronoun = lowered[0]
        return out
    handle = _HANDLE.search(text)
    if handle:
        out.handle, out.kind = handle.group(), "account"
        before = text[: handle.start()].strip(" (\n\t—–-")
        out.name = before or out.handle
        if before:
            out.gender = _gender(before.split(), words)
            out.kind = "person" if _looks_personal(before.split(), words) else "account"
        return out
    if lowered and lowered[0] in _POSSESSIVES:
        out.possessor = lowered[0]
        tokens, lowered = tokens[1:], lowered[1:]
    if lowered:
        out.definite = out.possessor is not None or lowered[0] in ("the", "this", "that", "these", "those")
    parts = _parts(tokens)
    for part in parts:
        _read_part(part, out, words)
    if parts and not out.head:
        core, _ = _cut(parts[0])
        out.head = _head(core[-1], words) if core else ""
    out.kind = _kind(out, tokens, lowered, words)
    if out.kind in ("anonymous", "eyewitness", "document"):
        out.title = None
    if parts:
        out.short = _short(parts[0])
    if out.gender is None:
        out.gender = next((words.gender[r] for r in sorted(out.roles) if r in words.gender), None)
    return out


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """The phrase between its commas, brackets left out, to the first relative clause of each part."""
    parts: list[list[Token]] = [[]]
    depth = 0
    skipping = False
    for token in tokens:
        low = token.lower_
        if low in ("(", "["):
            depth += 1
        elif low in (")", "]"):
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif low in (",", ";", ":", "—", "–", "--"):
            parts.append([])
            skipping = False
        elif low in _RELATIVE and parts[-1]:
            skipping = True
        elif not skipping and low not in ('"', "“", "”", "''", "``"):
            parts[-1].append(token)
    return [p for p in parts if p][:4]


def _short(part: Sequence[Token]) -> str:
    start = 0
    while start < len(part) - 1 and part[start].lower_ in ("the", "a", "an", "both", "even", "that", "this"):
        start += 1
    return _join(part[start:])


def _cut(part: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """A part before its first preposition, and after it (with it)."""
    start = 0
    while start < len(part) - 1 and part[start].lower_ in _DETERMINERS and part[start + 1].lower_ != "of":
        start += 1
    for i in range(start + 1, len(part)):
        if (
            part[i - 1].text != "-"
            and part[i].lower_ in source_words().prepositions
            and part[i].pos_ in ("ADP", "SCONJ", "ADJ", "VERB", "PART")
        ):
            return list(part[start:i]), list(part[i:])
    return list(part[start:]), []


def _read_part(part: list[Token], out: Description, words: SourceWords) -> None:
    core, rest = _cut(part)
    if not core:
        return
    role_at = [i for i, t in enumerate(core) if _is_role(t, words)]
    title, organisation, name = None, None, None
    if role_at:
        last = role_at[-1]
        first = _title_start(core, last, words)
        lead = _unpossess(core[:first])
        tail = _strip_ranks(core[last + 1 :], words)
        if tail and all(_is_proper(t) for t in tail):
            name = _join(tail)
        elif not tail and last == len(core) - 1:
            pass
        elif tail:
            return _read_plain(core, rest, out, words)
        title = _join(core[first : last + 1])
        out.roles.update(core[i].lower_ for i in role_at)
        out.roles.update(core[i].lemma_.lower() for i in role_at)
        out.modifiers.update(t.lower_ for t in core[:first] if t.is_alpha)
        if lead and not _is_adjectival(lead, words):
            organisation = _join(lead)
        elif lead:
            organisation = _country_in({t.lower_ for t in lead}, words)
        out.plural = out.plural or (not name and core[last].tag_ in ("NNS", "NNPS"))
        if not out.head:
            out.head = _head(core[last], words)
        if all(core[i].lower_ in words.ranks or core[i].lower_ in words.honorifics for i in role_at):
            out.rank, title = out.rank or title, None
    else:
        return _read_plain(core, rest, out, words)
    if rest and rest[0].lower_ in _AFFILIATION and not organisation:
        organisation = _affiliation(rest)
    _merge(out, name, title, organisation, core, words)


def _read_plain(core: list[Token], rest: list[Token], out: Description, words: SourceWords) -> None:
    """A part without a role: a name, or a description that the head noun decides."""
    owner = next((i for i, t in enumerate(core[:-1]) if t.lower_ in _POSSESSIVE_MARKS), None)
    if owner is not None:
        named = core[owner + 1 :]
        if _all_proper(named) and not _is_body(named, words):
            return _merge(out, _join(named), None, _join(core[:owner]), named, words)
    bare = _strip_ranks(core, words)
    if bare and _all_proper(bare) and not out.name:
        organisation = _affiliation(rest) if rest and rest[0].lower_ in ("of", "at", "from", "with") else None
        if _is_body(bare, words):
            if not out.head:
                out.head, out.body = bare[-1].lower_, True
                out.name = _join(core) + (
                    " " + _join(rest) if rest and rest[0].lower_ in ("of", "for") else ""
                )
                out.modifiers.update(t.lower_ for t in core[:-1])
            return None
        return _merge(out, _join(bare), None, organisation, core, words)
    if not out.head:
        out.head = _head(core[-1], words)
        out.plural = core[-1].tag_ in ("NNS", "NNPS")
        out.modifiers.update(t.lower_ for t in core[:-1] if t.is_alpha)
        if rest and rest[0].lower_ in _AFFILIATION and out.head not in words.organisations:
            out.organisation = out.organisation or _affiliation(rest)
    return None


def _merge(
    out: Description,
    name: str | None,
    title: str | None,
    organisation: str | None,
    core: Sequence[Token],
    words: SourceWords,
) -> None:
    if name and not out.name:
        out.name = name
        lead = [t.lower_ for t in core]
        out.gender = out.gender or next(
            (words.gender[w] for w in lead if w in words.honorifics and w in words.gender), None
        )
        out.gender = out.gender or _gender(name.split(), words)
    out.title = out.title or title
    out.organisation = out.organisation or organisation


def _is_role(token: Token, words: SourceWords) -> bool:
    low = token.lower_
    if low in words.roles or low in words.offices or token.lemma_.lower() in words.roles:
        return low not in words.beside
    return False


def _title_start(core: Sequence[Token], last: int, words: SourceWords) -> int:
    """Where the title that ends at ``last`` begins: its modifiers that are no name and no organisation."""
    start = last
    while start > 0:
        token = core[start - 1]
        low = token.lower_
        if (
            low in _POSSESSIVE_MARKS
            or low in words.organisations
            or token.lemma_.lower() in words.organisations
        ):
            break
        plain = token.text[:1].islower() and token.pos_ in ("ADJ", "NOUN", "VERB", "ADV", "PUNCT")
        titular = low in words.offices or low in words.ranks or low in words.roles
        if not (titular or plain or low in ("-", "and", "of")):
            break
        start -= 1
    while start < last and core[start].lower_ in ("-", "and", "of"):
        start += 1
    return start


def _strip_ranks(tokens: Sequence[Token], words: SourceWords) -> list[Token]:
    start = 0
    while start < len(tokens) - 1 and (
        tokens[start].lower_ in words.honorifics
        or tokens[start].lower_ in words.ranks
        or tokens[start].lower_ in words.offices
        or tokens[start].text == "."
    ):
        start += 1
    return list(tokens[start:])


def _is_proper(token: Token) -> bool:
    if token.lower_ in source_words().particles:
        return True
    return token.text[:1].isupper() and (token.pos_ == "PROPN" or not token.is_sent_start)


def _head(token: Token, words: SourceWords) -> str:
    """A head noun as the vocabularies may hold it: as it is written, else its lemma."""
    low = token.lower_
    known = (
        low in words.organisations or low in words.outlets or low in words.witnesses or low in words.anonymous
    )
    return low if known or low in words.documents else token.lemma_.lower()


def _all_proper(tokens: Sequence[Token]) -> bool:
    if not tokens or (len(tokens) == 1 and not tokens[0].text[:1].isupper()):
        return False
    return all(
        _is_proper(t) or (n and tokens[n - 1].text == "-" and t.pos_ == "PROPN") for n, t in enumerate(tokens)
    ) and (tokens[-1].text[:1].isupper() or tokens[-1].pos_ == "PROPN")


def _is_body(tokens: Sequence[Token], words: SourceWords) -> bool:
    """True for a proper name that is an organisation's, an outlet's, a country's or a text's."""
    low = " ".join(t.lower_ for t in tokens)
    if low in words.countries or low in words.outlet_names or low in words.agency_names:
        return True
    last = tokens[-1].lower_
    if (
        last in words.organisations
        or last in words.outlets
        or last in words.documents
        or last in words.agencies
    ):
        return len(tokens) > 1 or last not in words.gender
    ents = {t.ent_type_ for t in tokens}
    if ents & {"PERSON"}:
        return False
    if tokens[0].lower_ in words.gender and len(tokens) > 1:
        return False
    return bool(ents & {"ORG", "GPE", "NORP", "LOC", "FAC"}) or any(
        t.lower_ in words.countries for t in tokens
    )


def _is_adjectival(tokens: Sequence[Token], words: SourceWords) -> bool:
    """True for a lead that is no organisation: "Iranian", "Republican", "former", "longtime"."""
    return all(
        t.lower_ in words.countries
        or t.ent_type_ in ("NORP", "GPE")
        or t.pos_ in ("ADJ", "ADV", "NUM", "DET", "PUNCT")
        for t in tokens
    )


def _country_in(lowered: set[str], words: SourceWords) -> str | None:
    return next((words.countries[w] for w in sorted(lowered) if w in words.countries), None)


def _unpossess(tokens: Sequence[Token]) -> list[Token]:
    out = list(tokens)
    while out and (out[-1].lower_ in _POSSESSIVE_MARKS or out[-1].lower_ in ("-", "and")):
        out.pop()
    while out and out[0].lower_ in _DETERMINERS:
        out.pop(0)
    return out


def _affiliation(rest: Sequence[Token]) -> str | None:
    """The noun phrase after the preposition that begins ``rest``, to the next one that is not "of"."""
    body = list(rest[1:])
    while body and body[0].lower_ in _DETERMINERS:
        body.pop(0)
    end = next(
        (
            i
            for i, t in enumerate(body)
            if t.lower_ in _RELATIVE or (i and t.pos_ == "ADP" and t.lower_ != "of")
        ),
        len(body),
    )
    if not body[:end] or body[0].pos_ in ("VERB", "PRON"):
        return None
    return _join(_unpossess(body[:end])) or None


def _looks_personal(names: Sequence[str], words: SourceWords) -> bool:
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


def _gender(names: Sequence[str], words: SourceWords) -> str | None:
    """By the given name, where there is one: a surname alone ("Clinton", "Grant") tells nothing."""
    return words.gender.get(names[0].lower().strip(".,")) if len(names) > 1 else None


def _kind(out: Description, tokens: Sequence[Token], lowered: Sequence[str], words: SourceWords) -> str:
    """The kind of a source that is neither a pronoun nor a handle."""
    if out.name is None:
        return _kind_of_description(out, lowered, words)
    name = out.name.lower().removeprefix("the ")
    last = name.split()[-1]
    if name in words.agency_names:
        return "agency"
    if name in words.outlet_names:
        return "outlet"
    if not out.body:
        if (
            not out.roles
            and out.gender is None
            and (out.head in words.outlets or out.head in words.organisations)
        ):
            return _kind_of_head(out.head, name, words)
        return "person"
    return _kind_of_head(last, name, words)


def _kind_of_head(head: str, phrase: str, words: SourceWords) -> str:
    """The kind of a body by the last word of its name or description."""
    if head in words.agencies:
        near = phrase.split()
        place = near.index(head) if head in near else 0
        return "agency" if place and near[place - 1] in words.before_agency else "organisation"
    if head in words.outlets:
        return "outlet"
    if head in words.documents and head not in words.organisations:
        return "document"
    return "organisation"


def _kind_of_description(out: Description, lowered: Sequence[str], words: SourceWords) -> str:
    """The kind of a source that has no name."""
    head = out.head
    phrase = " ".join(lowered)
    if any(p in phrase for p in words.anonymous_phrases):
        return "anonymous"
    if head in words.witnesses or (any(w in words.saw for w in lowered) and head not in words.officials):
        return "eyewitness"
    if head in words.officials or (head in words.offices and head not in words.organisations):
        named_office = bool(out.organisation or out.modifiers) and head not in words.anonymous
        if head in _SPOKES or (named_office and out.plural):
            return "office"
        if out.plural or head in words.anonymous or (lowered and lowered[0] in _INDEFINITE):
            return "anonymous"
        return "office"
    if head in words.anonymous:
        return "anonymous"
    if head in words.documents and head not in words.organisations:
        return "document"
    if not out.roles and (head in words.organisations or head in words.outlets or head in words.agencies):
        return _kind_of_head(head, phrase, words)
    return "anonymous" if out.plural or out.roles else "unknown"


_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson"})


def _join(tokens: Sequence[Token]) -> str:
    """The tokens with the white space of the text between them made single."""
    if not tokens:
        return ""
    pieces = [tokens[0].text]
    for before, token in pairwise(tokens):
        gap = token.idx - (before.idx + len(before))
        pieces.append((" " if gap else "") + token.text)
    return " ".join("".join(pieces).split())
