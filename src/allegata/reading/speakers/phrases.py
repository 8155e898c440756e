"""A source's phrase taken apart: name, title, organisation, handle, and what kind of source it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from allegata.reading.speakers.kinds import Description, kind_of
from allegata.reading.speakers.layout import after_heading
from allegata.reading.speakers.names import (
    DETERMINERS,
    POSSESSIVE_MARKS,
    RELATIVE,
    affiliation,
    all_proper,
    country_in,
    gender,
    head,
    is_adjectival,
    is_affiliation,
    is_body,
    is_proper,
    is_role,
    join,
    looks_personal,
    name_after_noun,
    name_after_office,
    strip_ranks,
    title_start,
    unpossess,
    without_rank,
)
from allegata.reading.speakers.words import SourceWords, as_pronoun, source_words

MAX_TOKENS = 60
"""A longer phrase is read to here; no source of news text is longer."""

_HANDLE = re.compile(r"@\w{1,30}")
_POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
_BEFORE = frozenset({"deputy", "acting", "former", "then", "assistant", "longtime", "veteran"})
"""Words before an organisation that belong to the title after it ("deputy border police director")."""
_AFFILIATION = frozenset({"of", "for", "at", "from", "with", "to"})


def describe(tokens: Sequence[Token]) -> Description:
    """Take the phrase that ``tokens`` spell apart, without looking at the rest of the Document."""
    words = source_words()
    tokens = _after_dateline(after_heading(tokens[:MAX_TOKENS]))
    text = join(tokens)
    out = Description(text=text)
    lowered = [t.lower_ for t in tokens]
    if len(tokens) == 1 and as_pronoun(tokens[0]) in words.pronouns:
        out.pronoun = lowered[0]
        return out
    handle = _HANDLE.search(text)
    if handle:
        out.handle, out.kind = handle.group(), "account"
        before = text[: handle.start()].strip(" (\n\t—–-")
        out.name = before or out.handle
        if before:
            out.gender = gender(before.split(), words)
            out.kind = "person" if looks_personal(before.split(), words) else "account"
        return out
    if lowered and lowered[0] in _POSSESSIVES:
        out.possessor = lowered[0]
        tokens, lowered = tokens[1:], lowered[1:]
    if lowered:
        out.definite = out.possessor is not None or lowered[0] in ("the", "this", "that", "these", "those")
    tokens = _whose_words(tokens, words)
    parts = _parts(tokens)
    for part in parts:
        _read_part(part, out, words)
    if parts and not out.head:
        core, _ = _cut(parts[0])
        out.head = head(core[-1], words) if core else ""
    if out.body and out.roles and out.head not in words.organisations and out.head not in words.outlets:
        out.body = False  # "X Y, secretary of the union" is a person, whatever the name looks like
    several = out.name is None and _are_several(tokens)
    if several:
        out.plural, out.short = True, _short(tokens)
    out.kind = kind_of(out, lowered, words)
    if several and out.kind == "anonymous":
        out.kind = "unknown"
    if out.kind in ("anonymous", "eyewitness", "document"):
        out.title = None
    if parts and not out.short:
        out.short = _short(parts[0])
    if out.gender is None:
        out.gender = next((words.gender[r] for r in sorted(out.roles) if r in words.gender), None)
    return out


def _after_dateline(tokens: list[Token]) -> list[Token]:
    """The tokens without the end of a dateline before them: "Orbis) - Norland's Foreign Office"."""
    closed = next((i for i, t in enumerate(tokens) if t.text == ")"), None)
    if closed is None or any(t.text == "(" for t in tokens[:closed]):
        return tokens
    rest = tokens[closed + 1 :]
    while rest and rest[0].is_punct:
        rest = rest[1:]
    return rest or tokens


def _are_several(tokens: Sequence[Token]) -> bool:
    """ "Mr. Grassley and Mr. Leahy": names on both sides of an "and"."""
    at = next((i for i, t in enumerate(tokens) if t.lower_ in ("and", "&")), 0)
    names = all(t.pos_ == "PROPN" or i == at or t.pos_ in ("DET", "PUNCT") for i, t in enumerate(tokens))
    return names and 0 < at < len(tokens) - 1 and tokens[-1].pos_ == "PROPN"


def _whose_words(tokens: Sequence[Token], words: SourceWords) -> Sequence[Token]:
    """Of "Mujahid's bold statement" only whose it is: he is the source, not the statement."""
    if len(tokens) < 3 or tokens[-1].lower_ not in words.sayings:
        return tokens
    mark = next((i for i, t in enumerate(tokens) if t.lower_ in POSSESSIVE_MARKS), 0)
    return tokens[:mark] if 0 < mark < 8 else tokens


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
        elif low in RELATIVE and (parts[-1] or len(parts) > 1):
            skipping = True
        elif not skipping and low not in ('"', "“", "”", "''", "``"):
            parts[-1].append(token)
    return [p for p in parts if p][:4]


def _short(part: Sequence[Token]) -> str:
    start = 0
    while start < len(part) - 1 and part[start].lower_ in ("the", "a", "an", "both", "even", "that", "this"):
        start += 1
    return join(part[start:])


def _cut(part: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """A part before its first preposition, and after it (with it)."""
    start = 0
    while start < len(part) - 1 and part[start].lower_ in DETERMINERS and part[start + 1].lower_ != "of":
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
    at = name_after_office(part) if out.name is None else 0
    if at:
        return _read_office(part[:at], part[at:], out, words)
    core, rest = _cut(part)
    if not core:
        return
    if _read_named_body(core, out, words):
        return
    role_at = [i for i, t in enumerate(core) if is_role(t, words)]
    title, organisation, name = None, None, None
    if role_at:
        last = role_at[-1]
        first = title_start(core, last, words)
        lead = unpossess(core[:first])
        while lead and (lead[0].lower_ in words.beside or lead[0].lower_ in _BEFORE):
            lead.pop(0)
        tail = strip_ranks(core[last + 1 :], words)
        if tail and tail[-1].lower_ in words.organisations and all_proper(core):
            return _read_plain(core, rest, out, words)  # "General Command" is no general
        if tail and all(is_proper(t) for t in tail):
            held = core[last].lower_ in words.held_somewhere and tail[0].lower_ not in words.gender
            if held or (any(t.ent_type_ in ("GPE", "LOC") for t in tail) and tail[-1].ent_type_ != "PERSON"):
                organisation = join(tail)  # "DC North Waziristan": an office and where it is held
            else:
                name = join(tail)
        elif not tail and last == len(core) - 1:
            pass
        elif tail:
            return _read_plain(core, rest, out, words)
        title = without_rank(join(core[first : last + 1]))
        out.roles.update(core[i].lower_ for i in role_at)
        out.roles.update(core[i].lemma_.lower() for i in role_at)
        out.modifiers.update(t.lower_ for t in core[:first] if t.is_alpha)
        if lead and not is_adjectival(lead, words):
            organisation = join(lead) if is_affiliation(lead, words) else None
        elif lead and _speaks_for_state(out.roles, words):
            organisation = country_in({t.lower_ for t in lead}, words)
        out.plural = out.plural or (not name and core[last].tag_ in ("NNS", "NNPS"))
        if not out.head:
            out.head = head(core[last], words)
        if all(core[i].lower_ in words.ranks or core[i].lower_ in words.honorifics for i in role_at):
            out.rank, title = out.rank or title, None
    else:
        return _read_plain(core, rest, out, words)
    if rest and rest[0].lower_ in _AFFILIATION and not organisation:
        organisation = affiliation(rest)
    _merge(out, name, title, organisation, core, words)


def _read_office(office: list[Token], name: list[Token], out: Description, words: SourceWords) -> None:
    """ "Secretary of State John Kerry": the whole office is the title."""
    core, rest = _cut(office)
    held = next((i for i, t in enumerate(core) if is_role(t, words)), 0)
    out.roles.update(w for t in core for w in (t.lower_, t.lemma_.lower()) if is_role(t, words))
    out.modifiers.update(t.lower_ for t in core[:held] if t.is_alpha)
    state = _speaks_for_state(out.roles, words)
    country = country_in({t.lower_ for t in (*core[:held], *rest)}, words) if state else None
    _merge(out, join(name), join([*core[held:], *rest]), country, core, words)


def _speaks_for_state(roles: set[str], words: SourceWords) -> bool:
    """False for who only comes from a country ("Iranian analyst"), and for members of its parliament."""
    return any(r in words.officials and "lawmaker" not in words.groups.get(r, ()) for r in roles)


def _read_named_body(core: list[Token], out: Description, words: SourceWords) -> bool:
    """ "The newspaper Adriatic Record": what it is and then what it is called."""
    lower = [i for i, t in enumerate(core[:-1]) if t.text[:1].islower()]
    if not lower or out.name is not None:
        return False
    kind = lower[-1]
    low = core[kind].lower_
    known = low in words.organisations or low in words.outlets or low in words.agencies
    if is_role(core[kind + 1], words):
        return False  # "panel Chairman Jason Reid"
    if not known or low in words.roles or not all_proper(core[kind + 1 :]) or len(core) - kind < 2:
        return False
    out.name, out.head, out.body = join(core[kind + 1 :]), low, True
    out.modifiers.add(low)
    return True


def _read_plain(core: list[Token], rest: list[Token], out: Description, words: SourceWords) -> None:
    """A part without a role: a name, or a description that the head noun decides."""
    owner = next((i for i, t in enumerate(core[:-1]) if t.lower_ in POSSESSIVE_MARKS), None)
    if owner is not None:
        named = core[owner + 1 :]
        if all_proper(named) and not is_body(named, words):
            return _merge(out, join(named), None, join(core[:owner]), named, words)
    at = name_after_noun(core)
    if at and not out.name:
        title = next((i for i in range(at, 0, -1) if core[i - 1].text[:1].isupper()), 0)
        out.roles.update(t.lower_ for t in core[:at] if is_role(t, words))
        if core[at - 1].pos_ == "NOUN":
            out.roles.add(core[at - 1].lemma_.lower())
        out.modifiers.update(t.lower_ for t in core[: at - 1] if t.is_alpha)
        return _merge(out, join(core[at:]), join(core[title:at]) or None, None, core[at:], words)
    bare = core if core[-1].lower_ in words.organisations else strip_ranks(core, words)
    if len(bare) < len(core) and core[0].text[:1].isupper():
        out.rank = out.rank or join(core[: len(core) - len(bare)])
    if bare and all_proper(bare) and not out.name:
        organisation = affiliation(rest) if rest and rest[0].lower_ in ("of", "at", "from", "with") else None
        if is_body(bare, words):
            if not out.head:
                out.head, out.body = bare[-1].lower_, True
                out.name = join(core) + (" " + join(rest) if rest and rest[0].lower_ in ("of", "for") else "")
                out.modifiers.update(t.lower_ for t in core[:-1])
            return None
        return _merge(out, join(bare), None, organisation, core, words)
    if not out.head:
        out.head = head(core[-1], words)
        out.plural = core[-1].tag_ in ("NNS", "NNPS")
        out.modifiers.update(t.lower_ for t in core[:-1] if t.is_alpha)
        if rest and rest[0].lower_ in _AFFILIATION and out.head not in words.organisations:
            out.organisation = out.organisation or affiliation(rest)
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
        out.gender = out.gender or gender(name.split(), words)
    out.title = out.title or title
    out.organisation = out.organisation or organisation
