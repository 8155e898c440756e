"""Who is who among the sources of a story, and who speaks for whom.

Names of one person or body are joined across documents; then spokespeople, ministries and officers of
one government, and people of one organisation, collapse into one Party, since what they say openly has one
origin. Unnamed sources are never joined here. Every join keeps its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from allegata.linking.credits import core, fold
from allegata.linking.decisions import NONE, Decisions
from allegata.linking.describing import (
    brought_in,
    describe,
    longest,
    member_names,
    party_key,
    speaks_for,
    usual,
)
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
    is_bare_body,
    is_called,
    is_generic,
    state_bodies,
)
from allegata.linking.parties import Party
from allegata.linking.realms import Body, fill_states, unlisted_realms
from allegata.linking.texts import Text
from allegata.linking.voicing import find_voices
from allegata.model import Merge
from allegata.vocab import countries

COUNTRY = 6
"""`Place.precision` of a whole country."""


def _is_bare(party: Party) -> bool:
    return is_bare_body(party.name)


MAX_NAME = 9
"""Words of the longest name of an office; what is longer is a description that a rule cut badly."""


class Identities:
    """The parties of a story. ``party(document id, source name)`` answers for every speaker that a Reading
    of the story names; ``outlet(name)`` for publishers."""

    def __init__(self, texts: Sequence[Text], decisions: Decisions = NONE) -> None:
        self._texts = {t.id: t for t in texts}
        self._merges: dict[tuple[str, str], Merge] = {}
        voices, offices = find_voices(texts)
        for v in voices:
            self._place(v, offices.get(v.source.name, ""))
        self._spread_states(voices)
        self._groups: dict[tuple[str, str], Party] = {}
        self._fullest: dict[tuple[str, str], str] = {}
        self._name_groups(join(voices, self._merges, find_short(t.document.text for t in texts)))
        self._sign_posts(texts)
        self._name_bare(texts)
        for named in find_named(texts):
            party = self._groups.get((named.person_document, named.person))
            if party and party.kind not in ("organisation", "outlet_own_reporting"):
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
        mine = frozenset(core(name).split())
        if not mine:
            return None
        near = {pair for word in mine for pair in self._by_word.get(word, ())}
        found = [(len(mine & words), party) for words, party in near if mine <= words or words <= mine]
        return max(found)[1] if found else f"actor:{' '.join(sorted(mine))}"

    @cached_property
    def _by_word(self) -> Mapping[str, list[tuple[frozenset[str], str]]]:
        """Word -> the words of each name that has it, and the id of whose name it is. Asked for once all
        parties stand."""
        out: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for party in set(self._groups.values()):
            for member in {party.name, *party.members}:
                words = frozenset(core(member).split())
                for word in words:
                    out[word].append((words, party.id))
        return out

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

    def _name_bare(self, texts: Sequence[Text]) -> None:
        """ "The mission" is the one body of the document, else of the story, that is called a mission; "the
        company" the only one whose name ends as a company's does."""
        bodies = {at: p for at, p in self._groups.items() if " " in at[1] and not p.anonymous}
        for text in texts:
            for s in text.reading.sources:
                own = self._groups.get((text.id, s.name))
                if s.kind != "organisation" or not is_bare_body(s.name) or (own and not _is_bare(own)):
                    continue
                noun = fold(s.name)
                called = {(d, p.id): p for (d, n), p in bodies.items() if is_called(n, noun)}
                here = {i: p for (d, i), p in called.items() if d == text.id} or {
                    p.id: p for p in called.values()
                }
                if len(here) != 1:
                    continue
                party = next(iter(here.values()))
                self._groups[text.id, s.name] = party
                merge = Merge(party.name, s.name, f"the only {noun} that is named", 0.7)
                self._merges.setdefault((party.name, s.name), merge)

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
        body = (
            body_phrases("government").search(said)
            or state_bodies().search(said)
            or OFFICIALDOM.fullmatch(s.name)
        )
        own = body_phrases("independent").search(s.organisation or said)
        title = f"{s.title or ''} {office}"
        legislator = body_phrases("legislators").search(title) and not body_phrases("government").search(
            title
        )
        v.state = not legislator and (
            (body is not None and own is None) or countries.actor_country(whole) is not None
        )
        if body is not None and body.group().lower() == "police" and self._is_local(v, said):
            v.state = False  # a province's police speaks for itself
        v.standing = body.group().lower() if body else ""
        v.said = said

    def _is_local(self, v: Voice, said: str) -> bool:
        """Whether the office names a town or a province and no country."""
        text = self._texts[v.document]
        named = {
            text.document.text[p.start : p.end]: p.precision
            for p in text.reading.places
            if p.use == "place" and p.precision is not None
        }
        held = [precision for name, precision in named.items() if len(name) > 3 and name in said]
        return bool(held) and COUNTRY not in held and country_in(said) is None

    def _local_country(self, v: Voice, said: str) -> str | None:
        """The country of a place that the Document resolves and the source's office carries; not one that the
        story is silent of, where it names others: then the name is that of another place."""
        text = self._texts[v.document]
        for p in text.reading.places:
            printed = text.document.text[p.start : p.end]
            if p.use == "place" and p.country and len(printed) > 3 and printed in said:
                return p.country if p.country in self._countries or not self._countries else None
        return None

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The countries that some document of the story names."""
        return frozenset(
            p.country
            for t in self._texts.values()
            for p in t.reading.places
            if p.use == "place" and p.country and p.precision == COUNTRY
        )

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
        named = {core(v.source.name): party_key(g) for g in groups for v in g if v.source.kind != "person"}
        for group in groups:
            key = party_key(group)
            body = key.removeprefix("body:")
            by_party[named.get(body, key) if body != key else key].append(group)
        for group in groups:
            if any(v.source.kind == "person" for v in group):
                full = usual(group)
                for v in group:
                    if full and v.source.kind in ("person", "unknown"):
                        self._fullest[v.document, v.source.name] = full
        for key, parts in sorted(by_party.items()):
            voices = sorted((v for g in parts for v in g), key=lambda v: (v.document, v.source.name))
            members = member_names(parts)
            name, kind, country = describe(key, voices, members)
            if len(parts) > 1:
                for part in parts:
                    label = longest(v.source.name for v in part)
                    if label != name:
                        merge = Merge(name, label, speaks_for(key, name), 0.9)
                        self._merges.setdefault((name, label), merge)
            full = brought_in(voices) if key.startswith("anonymous:") else None
            members += [full] if full else []
            party = Party(key, name, kind, tuple(members), country)
            for v in voices:
                self._groups[v.document, v.source.name] = party
                for alias in v.source.aliases:
                    self._groups.setdefault((v.document, alias), party)
