"""A store with what one does with it: add, look up, ask why, verify. `allegata.open` gives one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from os import PathLike, fspath
from types import TracebackType
from typing import TYPE_CHECKING, Self

from allegata.model import Assessment, Claim, Document, Grade, Judgement, Reading
from allegata.reading import DEFAULT, Reader
from allegata.store.base import ClaimQuery, Store

if TYPE_CHECKING:
    from allegata.linking.matching import Match
    from allegata.monitoring.breaks import Break
    from allegata.monitoring.changes import Change
    from allegata.monitoring.due import Due
    from allegata.monitoring.ledger import Record, Registered, Suggestion
    from allegata.monitoring.moments import Clock
    from allegata.monitoring.periods import Unit
    from allegata.monitoring.tension import Tension
    from allegata.runs.assessing import Kept
    from allegata.runs.judging import Effect
    from allegata.runs.local import Added, Progress, Source, Stored
    from allegata.runs.polling import Polled
    from allegata.runs.rounds import Round
    from allegata.runs.verify import Verified
    from allegata.runs.watching import Preview
    from allegata.store.records import Digest, Feed, Watch


class Library:
    """An open store. Close it, or use it in a ``with`` block."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    def add(
        self,
        *sources: Source | Iterable[Source],
        reader: Reader = DEFAULT,
        jobs: int | None = 1,
        allow_private: bool = False,
        progress: Progress | None = None,
        stored: Stored | None = None,
    ) -> Added:
        """Capture, store, read and link paths, addresses or Documents. The same again changes nothing.

        What cannot be read is listed in the result's ``failures``. ``jobs`` above 1 (``None``: all cores)
        reads in processes that import the calling script anew, which must then guard its main part with
        ``if __name__ == "__main__"``.
        """
        from allegata.runs import local

        return local.add(
            self.store,
            _flat(sources),
            reader=reader,
            jobs=jobs,
            allow_private=allow_private,
            progress=progress,
            stored=stored,
        )

    def claims(
        self,
        query: str | None = None,
        *,
        accuser: str | None = None,
        accused: str | None = None,
        act: str | None = None,
        country: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        all: bool = False,
    ) -> list[Claim]:
        """Claims found by their words and filters: those that several documents carry, or every one where
        there are none such or ``all`` is set. Most documents first, then newest."""
        return self.find_claims(
            ClaimQuery(query, accuser, accused, act, country, since, until, limit=limit), all=all
        )

    def find_claims(self, query: ClaimQuery, *, all: bool = False) -> list[Claim]:
        """As `claims`, for a ready query. A sentence that no proposition is near finds the claims of the
        documents that have all its words: how a claim is headed is one of many ways to say it."""
        from allegata.runs.finding import find_claims

        return find_claims(self.store, query, all=all)

    def count_claims(self, query: ClaimQuery | None = None) -> int:
        return self.store.count_claims(query)

    def match(self, text: str, limit: int = 5) -> list[tuple[Claim, Match]]:
        """The Claims that a post or a sentence speaks of, likeliest first, each with its probability."""
        from allegata.linking.matching import Matcher

        known = self.store.propositions()
        matches = Matcher([[proposition] for _, proposition in known]).rank(text, limit)
        found = ((self.store.claim(known[m.index][0]), m) for m in matches)
        return [(claim, match) for claim, match in found if claim is not None]

    def claim(self, claim_id: str, *, as_of: date | None = None) -> Claim | None:
        """A Claim, or how it stood at the end of a day: counted from what was out by then."""
        claim = self.store.claim(claim_id)
        if claim is None or as_of is None:
            return claim
        from allegata.linking import linker

        return linker.as_of(self.store, claim, as_of)

    def why(self, claim_id: str, *, as_of: date | None = None) -> list[str]:
        """The evidence for a Claim's count, edge by edge, in words. KeyError where there is no such Claim, or
        nothing of it was out by then."""
        claim = self.claim(claim_id, as_of=as_of)
        if claim is None:
            raise KeyError(claim_id)
        from allegata.linking.why import explain

        ids = {*claim.documents, *(n for e in claim.edges for n in (e.upstream, e.downstream))}
        ids |= {r.document for r in claim.responses} | {o.first_document for o in claim.origins}
        return explain(claim, {d.id: d for d in self.store.documents(sorted(ids))})

    def judge(self, person: str, kind: str, subject: object, value: str, reason: str = "") -> Judgement:
        """Keep a decision of ``person`` that outranks the machine, and make the claims that it touches anew.

        ``kind``, ``subject`` and ``value``: docs/api.md. BadJudgementError (a ValueError) says what is wrong.
        """
        from allegata.runs import judging

        return judging.judge(self.store, person, kind, subject, value, reason)

    def judge_effect(self, kind: str, subject: object, value: str) -> Effect:
        """The claims that such a decision touches, before and after. Nothing is kept."""
        from allegata.runs import judging

        return judging.effect(self.store, kind, subject, value)

    def undo(self, person: str, judgement: int, reason: str = "") -> Judgement:
        """Take back a Judgement by its number. Both stay to be read."""
        from allegata.runs import judging

        return judging.undo(self.store, person, judgement, reason)

    def undo_effect(self, judgement: int) -> Effect:
        """The claims that taking back a Judgement touches, before and after. Nothing is kept."""
        from allegata.runs import judging

        return judging.undo_effect(self.store, judgement)

    def assess(
        self,
        person: str,
        claim_id: str,
        *,
        credibility: int | None = None,
        likelihood: str | None = None,
        confidence: str | None = None,
        alternatives: Iterable[str] = (),
        note: str = "",
    ) -> Assessment:
        """Keep what ``person`` holds of a Claim; no count changes. KeyError where there is no such Claim,
        BadJudgementError (a ValueError) where it cannot be said so."""
        from allegata.runs import assessing

        claim = self.claim(claim_id)
        if claim is None:
            raise KeyError(claim_id)
        return assessing.assess(
            self.store,
            person,
            claim,
            credibility=credibility,
            likelihood=likelihood,
            confidence=confidence,
            alternatives=alternatives,
            note=note,
        )

    def assessments(self, claim_id: str) -> list[Kept]:
        """What persons hold and held of a Claim, newest first. KeyError where there is no such Claim."""
        from allegata.runs import assessing

        claim = self.claim(claim_id)
        if claim is None:
            raise KeyError(claim_id)
        return assessing.assessments(self.store, claim)

    def grade(self, person: str, source: str, letter: str, reason: str = "") -> Grade:
        """Keep how reliable ``person`` holds a Source to be: A to F. BadJudgementError as for `judge`."""
        from allegata.runs import assessing

        return assessing.grade(self.store, person, source, letter, reason)

    def grades(self, source: str) -> list[Kept]:
        """The grades that persons gave a Source, newest first."""
        from allegata.runs import assessing

        return assessing.grades(self.store, source)

    def judgements(self, *, all: bool = False) -> list[Judgement]:
        """The decisions that hold, oldest first; with ``all`` also those taken back or replaced since."""
        from allegata.linking.decisions import standing

        listed = self.store.judgements()
        return listed if all else standing(listed)

    def document(self, document_id: str) -> Document | None:
        return self.store.document(document_id)

    def documents(self) -> Iterator[Document]:
        """Every Document in its newest version, in the order of adding."""
        return self.store.documents()

    def reading(self, document_id: str) -> Reading | None:
        """What was read out of a Document, with what persons put right."""
        reading = self.store.reading(document_id)
        return self._put_right(reading) if reading is not None else None

    def readings(self) -> Iterator[Reading]:
        judged = self.store.judgements()
        for document in self.store.documents():
            reading = self.store.reading(document.id)
            if reading is not None:
                yield self._put_right(reading, judged) if judged else reading

    def _put_right(self, reading: Reading, judged: Sequence[Judgement] | None = None) -> Reading:
        listed = self.store.judgements() if judged is None else judged
        if not listed:
            return reading
        from allegata.linking.decisions import placed_reading

        return placed_reading(reading, listed)

    def verify(self, progress: Callable[[int], None] | None = None) -> Verified:
        """Hash every archived Capture anew."""
        from allegata.runs.verify import verify

        return verify(self.store, progress)

    def changes(self, since: datetime, until: datetime | None = None) -> list[Change]:
        """What came out about the claims after ``since``: new ones, new origins, denials, retractions."""
        from allegata.monitoring.changes import find_changes, in_order

        if until is None:
            return in_order(reversed(self.store.news(since)))
        found: list[Change] = []
        for claims in self.store.claims_between(since, until):
            found += find_changes(claims, since, until, self._clock(claims))
        return in_order(found)

    def tension(
        self, unit: Unit = "week", *, since: date | None = None, until: date | None = None
    ) -> list[Tension]:
        """Tension by dyad, day or week, series and side, of all time or of the periods from that of ``since``
        on up to that of ``until``. By week it is kept, by day it is measured anew."""
        begin, end = (day.isoformat() if day is not None else None for day in (since, until))
        return self.store.tension_between(begin, end, unit)

    def breaks(self, unit: Unit = "week") -> list[Break]:
        """Where tension broke: by the running alarm and over the history, with what moved it. All is found
        anew, against what is collected by now; `breaks_since` gives what was found last."""
        from allegata.runs.tensing import breaks

        return breaks(self.store, unit)

    def breaks_since(self, day: date) -> list[Break]:
        """Breaks of tension by week, on that day or later, as each dyad was last looked at: after documents
        were added, some at a time, those that they tell of first. What is collected of others moves what a
        break is measured against, so one found anew (`breaks`) may differ."""
        return self.store.breaks_since(day.isoformat())

    def dyads_unchecked(self) -> int:
        """How many dyads wait for a look at their breaks, so that `breaks_since` may miss some: they changed
        since they were looked at, or were not looked at in the newest week. Counted up to 10,000."""
        return self.store.dyads_unchecked()

    def due(self, today: date, since: date | None = None) -> list[Due]:
        """Forecasts whose deadline lies before ``today``, and not before ``since``."""
        return self.store.foretold(today.isoformat(), since.isoformat() if since is not None else "")

    def watch(
        self,
        name: str,
        *,
        person: str,
        reason: str,
        query: ClaimQuery | None = None,
        triggers: Sequence[str] = (),
        targets: Sequence[str] = (),
        digest: Digest = "none",
    ) -> Watch:
        """Save a query that is looked at by `watch_run`, with what sets it off (all, if left out) and where
        that goes. What is there already sets nothing off. ValueError and TargetError say what is wrong."""
        from allegata.runs.rounds import add_watch

        return add_watch(self.store, name, query or ClaimQuery(), triggers, targets, digest, person, reason)

    def watches(self) -> list[Watch]:
        """What is watched."""
        return self.store.watches()

    def watch_preview(
        self, query: ClaimQuery | None = None, *, triggers: Sequence[str] = (), days: int = 30
    ) -> Preview:
        """How often a watch would have fired in the last days of the collection, and for what."""
        from allegata.monitoring.events import TRIGGERS
        from allegata.runs.watching import preview

        return preview(self.store, query or ClaimQuery(), triggers or TRIGGERS, days, datetime.now(UTC))

    def watch_run(self, *, allow_private: bool = False) -> Round:
        """Look for what is new, and send it to those who watch for it."""
        from allegata.runs.rounds import run_watches

        return run_watches(self.store, allow_private=allow_private)

    def feeds(self) -> list[Feed]:
        """The feeds that are polled, with what they answered last."""
        return self.store.feeds()

    def poll(self, *, jobs: int | None = 1, allow_private: bool = False) -> list[Polled]:
        """Ask the feeds that are due, and add what they bring."""
        from allegata.runs.polling import poll

        return poll(self.store, datetime.now(UTC), jobs=jobs, allow_private=allow_private)[0]

    def suggest_forecasts(self) -> list[Suggestion]:
        """What the documents foretell. Nothing of it is counted before a person registers it."""
        from allegata.monitoring.ledger import suggest

        return suggest(self.readings())

    def register_forecast(self, forecast: Registered) -> Registered:
        """Put a forecast with its event, deadline and rule into the ledger. ValueError where one is
        missing."""
        from allegata.monitoring.ledger import check

        return self.store.register(check(forecast))

    def forecasts_due(self, today: date) -> list[Registered]:
        """Registered forecasts whose deadline has passed and that nobody has decided."""
        from allegata.monitoring.ledger import find_open

        return find_open(self.store.registered(), self.store.outcomes(), today)

    def forecast_records(self) -> list[Record]:
        """For each source: how many forecasts, how many decided and void, and the Brier score with its n."""
        from allegata.monitoring.ledger import records

        return records(self.store.registered(), self.store.outcomes())

    def _clock(self, claims: Iterable[Claim]) -> Clock:
        """When a Document came out: its publication, else its retrieval."""
        from allegata.runs.clocks import publication

        return publication(self.store, claims)


def _flat(sources: Iterable[Source | Iterable[Source]]) -> Iterator[Source]:
    for source in sources:
        if isinstance(source, str | PathLike | Document):
            yield source if isinstance(source, Document) else fspath(source)
        else:
            yield from source
