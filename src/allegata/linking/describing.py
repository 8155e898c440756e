"""What a party is called and of what kind it is, by the names under which it speaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from allegata.linking.credits import core, fold
from allegata.linking.joining import Voice, is_description
from allegata.linking.naming import UNNAMED_KINDS, as_written
from allegata.linking.voices import ARTICLE
from allegata.vocab import countries


def party_key(group: list[Voice]) -> str:
    if any(v.state for v in group):
        nations = sorted({v.country for v in group if v.state and v.country})
        if nations:
            return f"state:{nations[0]}"
        realms = sorted({v.realm for v in group if v.state and v.realm})
        if realms:
            return f"state:{fold(realms[0])}"
    first = min(group, key=lambda v: (-len(v.source.name), v.source.name))
    kinds = {v.source.kind for v in group}
    kind = "organisation" if kinds & {"organisation", "office"} else first.source.kind
    if all(v.source.kind in UNNAMED_KINDS for v in group) and is_description(first.source.name):
        return f"anonymous:{first.document}:{fold(first.source.name)}"
    if kind == "person":
        orgs = sorted({core(v.source.organisation) for v in group if v.source.organisation} - {""})
        if orgs:
            return f"body:{max(orgs, key=lambda o: (len(o), o))}"
    if kind == "account":
        return f"account:{fold(first.source.handle or first.source.name).lstrip('@')}"
    return f"{'person' if kind == 'person' else 'body'}:{core(first.source.name)}"


def describe(key: str, voices: list[Voice], members: list[str]) -> tuple[str, str, str | None]:
    sources = [v.source for v in voices]
    if key.startswith("state:"):
        code = key.split(":", 1)[1]
        realm = next((v.realm for v in voices if v.realm and fold(v.realm) == code), None)
        if realm:
            return f"Government of {realm}", "named_official", None
        return f"Government of {countries.country_name(code)}", "named_official", code
    country = next((v.country for v in voices if v.country), None)
    if key.startswith("anonymous:"):
        kind = "eyewitness" if sources[0].kind == "eyewitness" else "anonymous"
        return members[0], kind, country
    organisations = [s.organisation for s in sources if s.organisation]
    people = [s for s in sources if s.kind == "person"]
    if people and organisations and not {"outlet", "agency"} & {s.kind for s in sources}:
        return longest(organisations), "named_official", country
    kinds = {s.kind for s in sources}
    for source_kind, kind in (
        ("outlet", "outlet_own_reporting"),
        ("agency", "outlet_own_reporting"),
        ("organisation", "organisation"),
        ("account", "social_account"),
        ("document", "document"),
        ("eyewitness", "eyewitness"),
        ("person", "named_person"),
    ):
        if source_kind in kinds:
            own = [as_written(s.name) for s in sources if s.kind == source_kind]
            return next((m for m in members if m in own), longest(own)), kind, country
    return members[0], "organisation", country


_UNNAMED = re.compile(
    r"[,;(–—].*$|\s+(?:who|that)\s+(?:asked|wanted|wished|declined|refused|spoke|insisted|appeared|seemed)\b.*$"
    r"|\s+and\s+who\b.*$"
    r"|\s+(?:on|under)\s+(?:the\s+)?condition\b.*$|\s+speaking\b.*$|\s+(?:told|said|says|tells|added|claimed|confirmed)\b.*$",
    re.DOTALL,
)
MOST_WORDS = 18
"""Words of the longest description that an unnamed voice is shown by."""


def brought_in(voices: Iterable[Voice]) -> str | None:
    """How an unnamed voice is brought in, in full: "nurse who worked at the camp in May" rather than "nurse".
    Why it has no name is left out."""
    found = []
    for v in voices:
        for alias in v.source.aliases:
            article = ARTICLE.match(alias)
            full = " ".join(_UNNAMED.sub("", alias[article.end() :]).split()) if article else ""
            if full.lower().startswith(f"{v.source.name.lower()} ") and len(full.split()) <= MOST_WORDS:
                found.append(full)
    return longest(found) if found else None


def speaks_for(key: str, name: str) -> str:
    if key.startswith("state:"):
        return "it speaks for that government"
    return f"it speaks for {name}"


def usual(group: list[Voice]) -> str | None:
    """Of the names with most words the one that most documents print: a misspelling is rarer."""
    held: dict[str, set[str]] = defaultdict(set)
    for v in group:
        for n in (v.source.name, *v.source.aliases):
            if n[:1].isupper():
                held[as_written(n)].add(v.document)
    bare = [n for n in held if not any(len(m.split()) > 1 and n.endswith(f" {m}") for m in held)]
    return min(bare, key=lambda n: (-len(n.split()), -len(held[n]), -len(n), n)) if bare else None


def longest(names: Iterable[str]) -> str:
    return min(names, key=lambda n: (-len(n), n))


def untitled(names: Sequence[str]) -> str:
    """The longest of the names of one party that is not another of them with a word before it: "Runa Holt"
    rather than "Madam Runa Holt"."""
    bare = [n for n in names if not any(len(m.split()) > 1 and n.endswith(f" {m}") for m in names)]
    return longest(bare or names)


def member_names(parts: list[list[Voice]]) -> list[str]:
    """One name a person or body, people with their office, those named in most documents first."""
    rows = []
    for part in parts:
        name = as_written(untitled([v.source.name for v in part]))
        rows.append((-len({v.document for v in part}), name))
    names = list(dict.fromkeys(name for _, name in sorted(rows)))
    telling = [n for n in names if not countries.actor_country(n)]
    return telling or names
