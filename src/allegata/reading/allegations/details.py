"""What is said of an act besides its root and parties: its mode, when it was, and whom its parties mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from allegata.model import Actor, Allegation, Event, Source, Statement
from allegata.reading.allegations.actors import countries_named
from allegata.reading.allegations.identities import identify
from allegata.reading.allegations.modes import find_mode
from allegata.reading.allegations.timing import Times

_MAX_PASSAGE = 600
"""Characters of a sentence that are looked at for the country of an office."""


class Details:
    """What one Document tells of its acts."""

    def __init__(
        self, doc: Doc, statements: Iterable[Statement], sources: Iterable[Source], times: Times
    ) -> None:
        self._times = times
        self._contents = {s.id: s.content for s in statements}
        self._sources = {n: s for s in sources for n in (*s.aliases, s.name)}
        self._at = {t.idx: t for t in doc}

    def of_allegation(self, found: Allegation) -> Allegation:
        """The Allegation with all that is known of its act."""
        act = self._at.get(found.span[0]) if found.span is not None else None
        mode, code = find_mode(act, found.act) if act is not None else (None, None)
        passage = self._passage(act)
        inside = self._contents.get(found.statement) if found.statement is not None else None
        claimant, accused, victim = self._actors((found.claimant, found.accused, found.victim), passage)
        return replace(
            found,
            mode=mode,
            cameo=code,
            when=self._times.of_act(act, inside) if act is not None else None,
            claimant_is=claimant,
            accused_is=accused,
            victim_is=victim,
        )

    def of_event(self, found: Event) -> Event:
        """The Event with all that is known of it."""
        act = self._at[found.start]
        mode, code = find_mode(act, found.act)
        actor, target = self._actors((found.actor, found.target), self._passage(act))
        when = self._times.of_act(act, None)
        return replace(found, mode=mode, cameo=code, when=when, actor_is=actor, target_is=target)

    def _actors(self, names: tuple[str | None, ...], passage: str) -> list[Actor | None]:
        """Whom the names of one act mean, each in view of the countries of the others. The first, who accuses
        or acts, is of none of theirs; a victim may be."""
        alone = [identify(n, self._sources.get(n)) if n else None for n in names]
        out = []
        for n, (name, found) in enumerate(zip(names, alone, strict=True)):
            if name and found is not None and found.country is None and not found.candidates:
                others = [a.country for i, a in enumerate(alone) if i != n and a is not None and a.country]
                if n or not set(countries_named(passage)) <= set(others):
                    found = identify(name, self._sources.get(name), passage, others)
            out.append(found)
        return out

    def _passage(self, act: Token | None) -> str:
        return act.sent.text[:_MAX_PASSAGE] if act is not None else ""
