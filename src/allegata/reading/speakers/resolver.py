"""One source after the other, in the order of the text, to the entity it means."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from allegata.reading.speakers.anaphora import Place, resolve_pronoun
from allegata.reading.speakers.descriptions import earlier_phrase, resolve_description, resolve_epithet
from allegata.reading.speakers.directory import Directory
from allegata.reading.speakers.entities import Entity, View
from allegata.reading.speakers.kinds import Description
from allegata.reading.speakers.leads import described_before, take_over
from allegata.reading.speakers.nobody import is_anybody, is_nobody
from allegata.reading.speakers.pairs import one_of_two
from allegata.reading.speakers.relatives import relative_entity
from allegata.reading.speakers.sayings import NEAR, Saying, bare_pronoun, continued, near, whose
from allegata.reading.speakers.unnamed import resolve_unnamed
from allegata.reading.speakers.words import as_pronoun, source_words

_SPOKES = frozenset({"spokesman", "spokeswoman", "spokesperson", "press"})
_RELATIVE = frozenset({"who", "whom", "which"})
_MAYBE = frozenset({"could", "may", "might"})
"""What "it" may point to, or might mean: a thing or a claim, that nobody's words are."""
_PAIRED = frozenset({"former", "latter"})
_REPORTING = frozenset({"outlet", "agency"})
_OWN_REPORTERS = frozenset(
    {"reporter", "correspondent", "newspaper", "newsroom", "team", "photographer", "desk", "staff"}
)


class Resolver:
    def __init__(
        self, directory: Directory, view: View, sayings: Sequence[Saying], told: Sequence[Description | None]
    ) -> None:
        self.directory = directory
        self.view = view
        self.sayings = sayings
        self.told = told
        self.by_id = {s.statement.id: n for n, s in enumerate(sayings)}
        self.speakers: list[Entity | None] = [None] * len(sayings)
        self.spoken: list[tuple[int, Entity]] = []
        """(token of the source, speaker) in the order of resolution."""

    def run(self) -> list[Entity | None]:
        order = sorted(range(len(self.sayings)), key=lambda n: (self.sayings[n].start, self._depth(n)))
        for n in order:
            entity = self._resolve(n)
            self.speakers[n] = entity
            if entity is not None and self.sayings[n].source:
                self.spoken.append((self.sayings[n].source[0].i, entity))
                self._lend_organisation(entity, self.sayings[n].source[0].i)
        return self.speakers

    def _depth(self, n: int) -> int:
        depth, here = 0, self.sayings[n].statement.nested_in
        while here in self.by_id and depth < 8:
            depth += 1
            here = self.sayings[self.by_id[here]].statement.nested_in
        return depth

    def _resolve(self, n: int) -> Entity | None:
        saying, told = self.sayings[n], self.told[n]
        if told is None:
            return continued(n, self.sayings, self.speakers, self.view)
        if is_nobody(self.directory, told, saying.source):
            return None
        token = saying.source[-1]
        pronoun = told.pronoun or bare_pronoun(saying.source)
        if pronoun is not None:
            return self._pronoun(n, pronoun, saying.source[0])
        if token.lower_ in source_words().moderators and len(saying.source) == 1 and self.directory.outlet:
            return self.directory.outlet
        if saying.source[0].lower_ == "this" and told.kind == "outlet" and self.directory.outlet is not None:
            return self.directory.outlet
        if len(saying.source) > 1 and as_pronoun(saying.source[0]) in _RELATIVE:
            return relative_entity(self.directory, saying.source[0])
        if token.lower_ in _PAIRED and len(saying.source) <= 2:
            found = one_of_two(self.directory, token.lower_ == "latter", token.i)
            if found is not None:
                return found
        if told.name is not None and told.name.lower() in source_words().organisations:
            found = resolve_description(self.directory, told, self._place(n))  # "the Office"
            if found is not None:
                return found
        if told.name is not None:
            found = self._named(told, saying)
            self._lead_in(n, found)
            if found is not None and saying.source[-1].i not in self.directory.at:
                self._mention(found, saying.source[0])
            return found
        if told.possessor is not None:
            return self._possessed(n, told, saying)
        head = next(
            (t for t in saying.source if t.lower_ == told.head or t.lemma_.lower() == told.head), token
        )
        if told.definite and not told.plural:
            found = resolve_description(self.directory, told, self._place(n))
            if found is not None and found in self.directory.described.values():
                found = resolve_epithet(told, self._place(n)) or found
            if found is None and told.kind in ("document", "unknown", "outlet") and not told.modifiers:
                found = earlier_phrase(self.directory, told, self._place(n))
            if found is None:
                found = resolve_epithet(told, self._place(n))
            if found is None:
                found = resolve_unnamed(self.directory, told, self._place(n), self.spoken)
            if found is not None:
                found.forms.setdefault(told.text)
                self._mention(found, head)
                return found
        if is_anybody(told, saying.source):
            return None
        return self.directory.describe_as(told, told.short or told.text, head)

    def _named(self, told: Description, saying: Saying) -> Entity | None:
        """A name: what its last token was found to name, else the person or body of that name."""
        assert told.name is not None
        last = told.name.split()[-1].lower()
        publisher = self.directory.publisher_named(told.name)
        if publisher is not None:
            return publisher
        for token in saying.source:
            if self.view.word[token.i].endswith(last) and token.i in self.directory.at:
                found = self.directory.at[token.i]
                if found.is_person or told.kind != "person":
                    found.forms.setdefault(told.name)
                    found.handle = found.handle or told.handle
                    return found
        if told.kind == "person" or self.directory.persons.named(last):
            return self.directory.persons.add(told.name)
        return self.directory.body(told.name, told.kind)

    def _possessed(self, n: int, told: Description, saying: Saying) -> Entity | None:
        """ "its spokesman", "her campaign", "our reporter": whose it is, and then the description."""
        assert told.possessor is not None
        if told.head in source_words().sayings:
            return self._pronoun(n, told.possessor, saying.source[0])
        kind = source_words().pronouns.get(told.possessor, "neuter")
        if kind in ("first", "first_plural"):
            owner = self._first_person(n, kind)
            own = owner is not None and owner in (self.directory.outlet, self.directory.author)
            if own and told.head in _OWN_REPORTERS:
                return owner
            name = told.text if owner is None else f"{whose(owner.name)} {told.short}"
            return self.directory.describe_as(told, name, None)
        place = self._place(n)
        if kind == "person":
            owner = relative_entity(self.directory, saying.source[0])
        elif told.roles and place.previous is not None and kind == "neuter" and not place.previous.is_person:
            owner = (
                place.previous
                if place.sentence - place.previous_sentence <= 1
                else resolve_pronoun(self.directory, kind, place)
            )
        else:
            owner = resolve_pronoun(self.directory, kind, place)
        if owner is None:
            return self.directory.describe_as(told, told.text, saying.source[-1])
        if told.roles:
            told.organisation = told.organisation or (owner.name if not owner.is_person else None)
            found = resolve_description(self.directory, told, place) if told.organisation else None
            if found is not None and found is not owner:
                return found
        return self.directory.describe_as(told, f"{whose(owner.name)} {told.short}", saying.source[-1])

    def _pronoun(self, n: int, pronoun: str, token: Token) -> Entity | None:
        kind = source_words().pronouns[pronoun]
        if kind in ("first", "first_plural"):
            return self._first_person(n, kind)
        if kind == "second" or token.tag_ == "DT":
            return None
        if kind == "neuter" and any(t.lower_ in _MAYBE for t in self.sayings[n].cue[:2]):
            return None
        if kind == "person" or pronoun in ("which", "that"):
            return relative_entity(self.directory, token)
        place = self._place(n)
        outer = self.sayings[n].statement.nested_in
        if outer in self.by_id:
            speaker = self.speakers[self.by_id[outer]]
            if speaker is not None and not place.quoted and self._suits(speaker, kind):
                return speaker
        found = resolve_pronoun(self.directory, kind, place)
        if found is not None:
            self._mention(found, token)
        return found

    @staticmethod
    def _suits(entity: Entity, kind: str) -> bool:
        """True where the speaker of the saying around it may be meant by a pronoun of this kind."""
        if kind in ("male", "female"):
            return (entity.is_person or entity.kind in ("office", "anonymous")) and entity.gender in (
                None,
                kind,
            )
        if kind == "plural":
            return entity.plural
        return (
            not entity.is_person and not entity.plural and entity.kind in ("organisation", "outlet", "agency")
        )

    def _first_person(self, n: int, kind: str) -> Entity | None:
        """ "I" in a quotation is the quoted speaker, outside one the author; "we" outside one the outlet."""
        here = self.sayings[n].source[0].i
        around = [
            m
            for m in near(n, len(self.sayings))
            if any(a <= here < b for a, b in self.sayings[m].content) and self.speakers[m] is not None
        ]
        if around:
            inner = min(around, key=lambda m: sum(b - a for a, b in self.sayings[m].content))
            return self.speakers[inner]
        if self.view.quoted[here]:
            return None
        first = self.directory.author if kind == "first" or self.directory.document.kind == "post" else None
        return first or self.directory.outlet or self.directory.author

    def _mention(self, entity: Entity, token: Token) -> None:
        """Note that the entity is named here too, unless that is known."""
        entity.note(self.view.mention(token))

    def _lead_in(self, n: int, named: Entity | None) -> None:
        """Join a name to the description that the sentence before brought it in by."""
        if named is None:
            return
        here = self.sayings[n].source[0].i
        lead = described_before(self.directory, self.view, self.spoken, named, here)
        if lead is None:
            return
        take_over(lead, named)
        self.speakers = [named if e is lead else e for e in self.speakers]
        self.spoken = [(i, named if e is lead else e) for i, e in self.spoken]
        for key in [k for k, e in self.directory.described.items() if e is lead]:
            self.directory.described[key] = named

    def _place(self, n: int) -> Place:
        saying = self.sayings[n]
        here = saying.source[0].i
        at, previous = self._previous(here)
        return Place(
            token=here,
            sentence=self.view.sentence[here],
            quoted=self.view.quoted[here],
            previous=previous,
            previous_sentence=self.view.sentence[at],
            barred=tuple(saying.content),
            paragraph=self.view.paragraph[here],
            excluded=self._quoting(n) if self.view.quoted[here] else None,
        )

    def _previous(self, here: int) -> tuple[int, Entity | None]:
        """Who spoke last before the token, and where: of an outlet and whom it quotes, whom it quotes."""
        recent = [(at, e) for at, e in self.spoken[-NEAR:] if at < here]
        if not recent:
            return 0, None
        last, said = max(recent, key=lambda p: p[0]), self.view.sentence
        if last[1].kind in _REPORTING:
            quoted = [p for p in recent if p[1].kind not in _REPORTING and said[p[0]] == said[last[0]]]
            last = max(quoted, key=lambda p: p[0], default=last)
        return last

    def _quoting(self, n: int) -> Entity | None:
        """Who speaks the words in which this statement stands."""
        outer = self.sayings[n].statement.nested_in
        return self.speakers[self.by_id[outer]] if outer in self.by_id else None

    def _lend_organisation(self, entity: Entity, at: int) -> None:
        """A spokesperson without an organisation speaks for the one that spoke just before."""
        if entity.organisation or not (
            entity.roles & _SPOKES or (entity.title or "").lower().startswith("press")
        ):
            return
        sentence = self.view.sentence[at]
        for token, other in reversed(self.spoken[-NEAR:-1]):
            if sentence - self.view.sentence[token] > 3:
                break
            if other.kind == "organisation":
                entity.organisation = other.name
                break
