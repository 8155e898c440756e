"""When an act is said to have been, and when somebody said so, by the dating that the words bind to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from allegata.model import Moment, Statement
from allegata.reading.datings import Dating, find_datings, precision_of, rest_on
from allegata.reading.hemispheres import is_southern
from allegata.reading.periods import Days

_MAX_CLIMB = 25
_MAX_SENTENCE = 300
_SEASON = re.compile("spring|summer|autumn|winter", re.IGNORECASE)
_VERBAL = frozenset({"VERB", "AUX"})
_APART = frozenset({"relcl", "advcl", "acl"})
_JOINED = frozenset(
    {"conj", "xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "attr", "nsubjpass", "auxpass"}
)


class Times:
    """The datings of one Document, found sentence by sentence as they are asked for."""

    def __init__(self, doc: Doc, published: str | None) -> None:
        self._doc = doc
        self._published = _day(published)
        self._starts = [t.idx for t in doc]
        self._found: dict[int, list[tuple[Dating, Token]]] = {}
        self._southern: bool | None = None
        self._days: list[tuple[int, Days]] | None = None
        self._events: dict[str, list[tuple[int, Days]]] = {}

    def of_act(self, act: Token, inside: Iterable[tuple[int, int]] | None) -> Moment | None:
        """When ``act`` was, by a dating of its sentence. ``inside``: the characters that speak of it, if not
        the whole sentence."""
        stretches = None if inside is None else list(inside)
        best: tuple[float, int, Dating] | None = None
        datings = self._of(act)
        own = [d for d in datings if stretches is None or _within(d[0], stretches)]
        for dating, head in own:
            score = _bound(head, act, len(own) == 1)
            key = (score, -abs(head.i - act.i))
            if score > 0 and (best is None or key > best[:2]):
                best = (*key, dating)
        return self._moment(best[2]) if best is not None else None

    def of_statements(self, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        """The Statements with when they were said, where a dating beside their cue tells."""
        covered = bytearray(len(self._doc.text))
        for start, end in (c for s in statements for c in s.content):
            covered[start:end] = b"\1" * (min(end, len(covered)) - start)
        said: dict[str, Moment] = {}
        for statement in statements:
            if not statement.cue:
                continue
            cue = self._doc[self._index(statement.cue[0][0])]
            beside = [d for d in self._of(cue) if not any(covered[d[0].start : d[0].end])]
            found = self._said(statement, beside) if beside else None
            if found is not None:
                said[statement.id] = found
        if not said:
            return tuple(statements)
        return tuple(replace(s, said=said[s.id]) if s.id in said else s for s in statements)

    def _said(self, statement: Statement, beside: Sequence[tuple[Dating, Token]]) -> Moment | None:
        """The first of the datings that belongs to the Statement's cue."""
        cues = {i for a, b in statement.cue for i in range(self._index(a), self._index(b - 1) + 1)}
        for dating, head in beside:
            governor = _governor(head)
            if governor is not None and governor.dep_ == "nsubj":
                governor = governor.head  # "the ministry on Sunday said"
            if governor is not None and governor.i in cues:
                return self._moment(dating)
        return None

    def _of(self, token: Token) -> list[tuple[Dating, Token]]:
        """The datings of a token's sentence, each with its highest token, at places of the whole text."""
        sentence = token.sent
        held = self._found.get(sentence.start)
        if held is None:
            begin = sentence.start_char
            text = sentence.text if len(sentence) <= _MAX_SENTENCE else sentence[:_MAX_SENTENCE].text
            held = []
            for dating in find_datings(text, self._published, self._is_southern(text)):
                placed = replace(dating, start=begin + dating.start, end=begin + dating.end)
                held.append((placed, self._head(placed)))
            self._found[sentence.start] = held
        return held

    def _is_southern(self, text: str) -> bool:
        """Whether seasons are those of the south; asked only of a text that names one."""
        if not _SEASON.search(text):
            return False
        if self._southern is None:
            self._southern = is_southern(self._doc)
        return self._southern

    def _head(self, dating: Dating) -> Token:
        first, last = self._index(dating.start), self._index(dating.end - 1)
        for token in self._doc[first : last + 1]:
            if not first <= token.head.i <= last or token.head.i == token.i:
                return token
        return self._doc[first]

    def _moment(self, dating: Dating) -> Moment | None:
        days, exact = dating.days, dating.precision
        if days is None and dating.kind in ("anchor", "event"):
            anchor = self._anchor(dating)
            days = rest_on(dating, anchor) if anchor is not None else None
            if days is not None and self._published is not None and days[0] > self._published:
                days = None
            exact = precision_of(days) if days is not None else None
            if days is None and dating.kind == "anchor":
                return None
        if days is None:
            return Moment(dating.start, dating.end)
        return Moment(dating.start, dating.end, days[0].isoformat(), days[1].isoformat(), exact)

    def _anchor(self, dating: Dating) -> Days | None:
        """The day that another dating rests on: the last one named before it, or that of its event."""
        if dating.kind == "event":
            days = {d for at, d in self._dated(dating.words["event"].casefold()) if at != dating.start}
            return days.pop() if len(days) == 1 else None
        if self._days is None:
            held = (d for s in self._doc.sents for d, _ in self._of(s[0]))
            self._days = [(d.end, d.days) for d in held if d.days is not None and d.precision == "day"]
        before = bisect_right(self._days, dating.start, key=lambda found: found[0])
        return self._days[before - 1][1] if before else None

    def _dated(self, event: str) -> list[tuple[int, Days]]:
        """The days that the text gives an event of that name ("the vote was on 9 November")."""
        if event not in self._events:
            self._events[event] = []
            for token in self._doc:
                if token.lower_ != event:
                    continue
                for other, head in self._of(token):
                    governor = _governor(head)
                    near = governor is not None and governor.i in (token.i, token.head.i)
                    if other.days is not None and other.precision == "day" and near:
                        self._events[event].append((other.start, other.days))
        return self._events[event]

    def _index(self, char: int) -> int:
        return max(0, bisect_right(self._starts, char) - 1)


def _bound(head: Token, act: Token, alone: bool) -> float:
    """How firmly a dating, by its highest token, is bound to an act; 0 where it is another act's."""
    here, apart = head, False
    for _ in range(_MAX_CLIMB):
        if here.i == act.i:
            return 3.0
        if here.head.i == here.i:
            break
        if here.pos_ in _VERBAL and here.dep_ in _APART:
            apart = True
        here = here.head
        if here.i == act.i:
            return 0.0 if apart else 3.0
        if here.pos_ in _VERBAL:
            break
    if apart:
        return 0.0
    if _hangs(act, here):
        return 2.0
    return 1.0 if alone and here.dep_ not in _APART else 0.0


def _hangs(act: Token, verb: Token) -> bool:
    """Whether an act hangs on the verb that a dating belongs to: "began shelling on Monday"."""
    here = act
    for _ in range(6):
        if here.head.i == here.i or here.dep_ not in _JOINED:
            return False
        here = here.head
        if here.i == verb.i:
            return True
    return False


def _governor(token: Token) -> Token | None:
    """The verb or noun that a dating belongs to."""
    here = token
    for _ in range(_MAX_CLIMB):
        if here.head.i == here.i:
            return here if here.i != token.i else None
        here = here.head
        if here.pos_ in _VERBAL or here.pos_ in ("NOUN", "PROPN"):
            return here
    return None


def _within(dating: Dating, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(a <= dating.start and dating.end <= b + 1 for a, b in stretches)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
