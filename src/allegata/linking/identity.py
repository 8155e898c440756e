"""Who is who among the sources of a story, and who speaks for whom.

Names of one person or body are joined across documents; then spokespeople, ministries and officers of
one government, and people of one organisation, collapse into one Party, since what they say openly has one
origin. Unnamed sources are never joined here. Every join keeps its reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from allegata.linking.credits import core, fold
from allegata.linking.decisions import NONE, Decisions
from allegata.linking.descriptions import find_named
from allegata.linking.forms import find_short
from allegata.linking.joining import Voice, is_description, join
from allegata.linking.judged_sources import obey_sources
from allegata.linking.naming import (
    OFFICIALDOM,
    UNNAMED_KINDS,
    as_written,
    body_phrases,
    country_in,
    is_generic,
    names_somebody,
)
from allegata.linking.parties import Party
from allegata.linking.realms import Body, fill_states, unlisted_realms
from allegata.linking.texts import Text
from allegata.model import Merge, Source
from allegata.vocab import countries

MAX_NAME = 9
"""Words of the longest name of an office; what is longer is a description that a rule cut badly."""


class Identities:
    """The parties of a story. ``party(document id, source name)`` answers for every speaker that a Reading
    of the story names; ``outlet(name)`` for publishers."""

    def __init__(self, texts: Sequence[Text], decisions: Decisions = NONE) -> None:
        self._texts = {t.id: t for t in texts}
        self._merges: dict[tuple[str, str], Merge] = {}
        voices = [
            Voice(t.id, _as_body(s, t))
            for t in texts
            for s in (*t.reading.sources, *_publishers(t))
            if not is_generic(s.name)
        ]
        papers = {
            core(t.document.outlet) for t in texts if t.document.outlet and t.document.kind == "article"
        }
        voices = [
            replace(v, source=replace(v.source, kind="outlet", title=None, organisation=None))
            if v.source.kind in ("person", "unknown") and core(v.source.name) in papers
            else v
            for v in voices
        ]
        people = {v.source.name for v in voices if v.source.kind == "person"}
        voices = [replace(v, source=_employed(v.source, self._texts[v.document], people)) for v in voices]
        offices = _offices(texts, people)
        for v in voices:
            self._place(v, offices.get(v.source.name, ""))
        self._spread_states(voices)
        self._groups: dict[tuple[str, str], Party] = {}
        self._fullest: dict[tuple[str, str], str] = {}
        self._name_groups(join(voices, self._merges, find_short(t.document.text for t in texts)))
        self._sign_posts(texts)
        for named in find_named(texts):
            party = self._groups.get((named.person_document, named.person))
            if party:
                self._groups[named.document, named.description] = party
                self._fullest[named.document, named.description] = self.fullest(
                    named.person_document, named.person
                )
                merge = Merge(party.name, named.description, named.reason, named.score)
                self._merges.setdefault((party.name, named.description), merge)
        for merge in obey_sources(self._groups, self.party, self._texts, decisions):
            self._merges[merge.kept, merge.merged] = merge

    @property
    def merges(self) -> tuple[Merge, ...]:
        return tuple(sorted(self._merges.values(), key=lambda m: (m.kept, m.merged)))

    def party(self, document: str, name: str) -> Party:
        """The party of a speaker of a Document; a source of nobody in particular gets a generic one."""
        found = self._groups.get((document, name))
        if found:
            return found
        if is_generic(name):
            return Party(f"generic:{fold(name)}", name, "unattributed", generic=True)
        return Party(f"anonymous:{document}:{fold(name)}", name, "anonymous", (name,))

    def fullest(self, document: str, name: str) -> str:
        """The longest form of a speaker's name that any document of the story has ("Kilonsi" and, elsewhere,
        "Josaphat Kilonsi"), as it is written outside a transcript."""
        return self._fullest.get((document, name), as_written(name))

    def find(self, name: str) -> str | None:
        """The id of the party that a bare name in a text means: by equal or contained distinctive words; the
        name's own words as an id where no party has it."""
        mine = set(core(name).split())
        if not mine:
            return None
        best: tuple[int, str] | None = None
        for party in set(self._groups.values()):
            for member in (party.name, *party.members):
                words = set(core(member).split())
                shared = len(mine & words)
                if shared and (mine <= words or words <= mine):
                    best = max(best or (0, ""), (shared, party.id))
        return best[1] if best else f"actor:{' '.join(sorted(mine))}"

    def _sign_posts(self, texts: Sequence[Text]) -> None:
        """A post that ends with a person's name is that person's: the account speaks for them."""
        people = {n: p for (_, n), p in self._groups.items() if p.kind == "named_person" and " " in n}
        for text in texts:
            d = text.document
            account = self._groups.get((d.id, d.author or "")) if d.kind == "post" else None
            signed = next((n for n in sorted(people) if d.text.rstrip(" .").endswith(n)), None)
            if account is None or signed is None:
                continue
            person = people[signed]
            party = replace(account, members=(*account.members, signed))
            merge = Merge(party.name, signed, "the post is signed with that name", 0.8)
            self._merges.setdefault((party.name, signed), merge)
            for k, p in self._groups.items():
                if p.id in (account.id, person.id):
                    self._groups[k] = party

    def _place(self, v: Voice, office: str) -> None:
        """Whether a source speaks for a state, and which. ``office`` is what other documents add to the
        name."""
        s = v.source
        if s.kind in ("outlet", "agency", "account", "document", "eyewitness"):
            return
        if s.kind in UNNAMED_KINDS and is_description(s.name):
            return
        said = " ".join(x for x in (s.name, s.title, s.organisation, office) if x)
        whole = s.organisation or s.name
        # a person may be called like a place
        held = said.replace(s.name, " ") if s.kind == "person" else said
        v.country = countries.actor_country(whole) or country_in(held) or self._local_country(v, held)
        if len(whole.split()) > MAX_NAME:
            return  # a clause, not a name
        body = body_phrases("government").search(said) or OFFICIALDOM.fullmatch(s.name)
        own = body_phrases("independent").search(s.organisation or said)
        title = f"{s.title or ''} {office}"
        legislator = body_phrases("legislators").search(title) and not body_phrases("government").search(
            title
        )
        v.state = not legislator and (
            (body is not None and own is None) or countries.actor_country(whole) is not None
        )
        v.standing = body.group().lower() if body else ""
        v.said = said

    def _local_country(self, v: Voice, said: str) -> str | None:
        """The country of a place that the Document resolves and the source's office carries."""
        text = self._texts[v.document]
        for p in text.reading.places:
            printed = text.document.text[p.start : p.end]
            if p.use == "place" and p.country and len(printed) > 3 and printed in said:
                return p.country
        return None

    def _spread_states(self, voices: Sequence[Voice]) -> None:
        """The state of bodies whose name does not say it (`realms`)."""

        def bodies() -> list[Body]:
            return [
                Body(v.document, v.source.name, v.said, v.standing, v.country or v.realm)
                for v in voices
                if v.state
            ]

        unlisted = unlisted_realms(bodies())
        for v in voices:
            if v.state and not v.country:
                v.realm = unlisted.get(v.source.name)
        found = fill_states(bodies(), self._texts)
        realms = set(unlisted.values())
        for v in voices:
            state = found.get((v.document, v.source.name))
            if v.state and not v.country and not v.realm and state:
                v.realm, v.country = (state, None) if state in realms else (None, state)

    def _name_groups(self, groups: list[list[Voice]]) -> None:
        by_party: dict[str, list[list[Voice]]] = defaultdict(list)
        for group in groups:
            by_party[_party_key(group)].append(group)
        for group in groups:
            if any(v.source.kind == "person" for v in group):
                full = _usual(group)
                for v in group:
                    if full and v.source.kind in ("person", "unknown"):
                        self._fullest[v.document, v.source.name] = full
        for key, parts in sorted(by_party.items()):
            voices = sorted((v for g in parts for v in g), key=lambda v: (v.document, v.source.name))
            members = _member_names(parts)
            name, kind, country = _describe(key, voices, members)
            if len(parts) > 1:
                for part in parts:
                    label = _longest(v.source.name for v in part)
                    if label != name:
                        merge = Merge(name, label, _speaks_for(key, name), 0.9)
                        self._merges.setdefault((name, label), merge)
            party = Party(key, name, kind, tuple(members), country)
            for v in voices:
                self._groups[v.document, v.source.name] = party
                for alias in v.source.aliases:
                    self._groups.setdefault((v.document, alias), party)


_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|press (?:secretary|officer|chief|attach[eé])|media (?:officer|adviser))\b", re.I
)


def _employed(source: Source, text: Text, people: set[str]) -> Source:
    """A spokesperson without a body speaks for the one heard last before; a body that is a person is none."""
    if source.kind != "person" or not source.title or not _SPEAKS_FOR.search(source.title):
        return source
    if source.organisation and source.organisation not in people:
        return source
    kinds = {s.name: s.kind for s in text.reading.sources}
    heard: str | None = None
    for s in text.reading.statements:
        if s.speaker == source.name:
            break
        if s.speaker and (kinds.get(s.speaker) in ("organisation", "office") or s.speaker not in people):
            heard = s.speaker
    return replace(source, organisation=heard)


def _offices(texts: Sequence[Text], people: set[str]) -> dict[str, str]:
    """Name -> the office that any document of the story puts before or after it ("Deputy Commissioner Rahim
    Gul Bettani", "Ida Roth, the harbour master,"), where that office is one of a state."""
    out: dict[str, str] = {}
    bodies = body_phrases("government")
    for name in sorted(n for n in people if len(n.split()) > 1):
        spot = re.compile(
            rf"((?:[A-Z][\w.-]+\s+(?:of\s+)?){{1,5}}){re.escape(name)}|{re.escape(name)},\s+([^,.;:\n]{{3,70}})[,.]"
        )
        for text in texts:
            body = f"{text.document.title or ''}\n{text.document.text[:20_000]}"
            found = next((g for m in spot.finditer(body) for g in m.groups() if g and bodies.search(g)), None)
            if found:
                out[name] = found.strip()
                break
    return out


def _as_body(source: Source, text: Text) -> Source:
    """The publisher of a statement is the body that speaks, not an outlet."""
    d = text.document
    if d.kind == "statement" and source.name == d.outlet and source.kind in ("outlet", "agency", "unknown"):
        return replace(source, kind="organisation")
    return source


_JOINT = re.compile(r"\s+(?:and|with)\s+|\s*[,/&;]\s*")
"""Between the names of a by-line: "Ana Roth and Ivo Pell"."""


def _publishers(text: Text) -> list[Source]:
    """The outlet and, for a post, the author, as sources of their own Document."""
    d = text.document
    out = []
    if d.kind == "post" and d.author:
        out.append(
            Source(d.author, "account", handle=d.author.lstrip("@") if d.author.startswith("@") else None)
        )
    elif d.outlet:
        out.append(Source(d.outlet, "organisation" if d.kind == "statement" else "outlet"))
        for author in _JOINT.split(d.author or ""):
            if names_somebody(author):
                out.append(Source(author.strip(), "person", organisation=d.outlet))
    return out


def _party_key(group: list[Voice]) -> str:
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


def _describe(key: str, voices: list[Voice], members: list[str]) -> tuple[str, str, str | None]:
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
        return _longest(organisations), "named_official", country
    kinds = {s.kind for s in sources}
    for source_kind, kind in (
        ("account", "social_account"),
        ("outlet", "outlet_own_reporting"),
        ("agency", "outlet_own_reporting"),
        ("document", "document"),
        ("eyewitness", "eyewitness"),
        ("person", "named_person"),
    ):
        if source_kind in kinds:
            own = [as_written(s.name) for s in sources if s.kind == source_kind]
            return next((m for m in members if m in own), members[0]), kind, country
    return members[0], "organisation", country


def _speaks_for(key: str, name: str) -> str:
    if key.startswith("state:"):
        return "it speaks for that government"
    return f"it speaks for {name}"


def _usual(group: list[Voice]) -> str | None:
    """Of the names with most words the one that most documents print: a misspelling is rarer."""
    held: dict[str, set[str]] = defaultdict(set)
    for v in group:
        for n in (v.source.name, *v.source.aliases):
            if n[:1].isupper():
                held[as_written(n)].add(v.document)
    return min(held, key=lambda n: (-len(n.split()), -len(held[n]), -len(n), n)) if held else None


def _longest(names: Iterable[str]) -> str:
    return min(names, key=lambda n: (-len(n), n))


def _member_names(parts: list[list[Voice]]) -> list[str]:
    """One name a person or body, people with their office, those named in most documents first."""
    rows = []
    for part in parts:
        name = as_written(_longest(v.source.name for v in part))
        rows.append((-len({v.document for v in part}), name))
    names = list(dict.fromkeys(name for _, name in sorted(rows)))
    telling = [n for n in names if not countries.actor_country(n)]
    return telling or names
