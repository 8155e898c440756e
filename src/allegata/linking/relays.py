"""What linking adds to a Reading's statements: outlets that are credited, those who told them, unnamed
sources that they cite; "the paper" as the outlet named before it. And what it takes away: speakers that are
no one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from allegata.linking.attributions import Attribution, find_attributions
from allegata.linking.credits import fold, same_outlet
from allegata.linking.naming import is_generic
from allegata.linking.outlets import Outlet, find_outlets
from allegata.linking.pictures import find_picture_credits, only_pictures
from allegata.linking.relay_words import is_many, of_outlets, people, taken_up
from allegata.linking.senders import find_messages
from allegata.linking.shown import Shown, find_passage, find_shown
from allegata.linking.unnamed import find_cited, find_included, find_teller
from allegata.linking.voices import head, is_person_described, is_voice, papers, sender_of
from allegata.model import Reading, Source, Span, Statement
from allegata.reading import foreign
from allegata.reading.language import detect_language

MOST_ADDED = 200
"""Credits of one text that are added; a news page has ten."""

_HEDGED = re.compile(
    r"\W{0,3}(?:the |any |first )?(?:reports?|claims?|rumou?rs?|allegations?|suggestions?|news)\b",
    re.IGNORECASE,
)
"""A sentence that opens so leaves with the outlet what it says: what is reported comes after."""

DEEPEST = 12
"""Statements within statements that are followed."""

FAR = 2500
"""Characters back to which "the paper" may look for the outlet it means."""


def add_relays(reading: Reading) -> Reading:
    """The Reading with its credited outlets and cited unnamed sources as statements. Idempotent."""
    if any(s.id.startswith("r") for s in reading.statements):
        return reading
    document = reading.document
    sentences = [(s.start, s.end) for s in reading.sentences] or [(0, len(document.text))]
    outlets = find_outlets(document.text)
    draft = _Draft(reading, outlets)
    draft.drop(only_pictures(document.text))
    draft.resolve()
    language = document.language or detect_language(document.text)
    for a in find_attributions(document, sentences, language)[:MOST_ADDED]:
        draft.add_outlet(a)
    cited = [(c, sentence) for sentence in sentences for c in find_cited(document.text, sentence)]
    for (name, span, cue), sentence in cited[:MOST_ADDED]:
        draft.add_inner(name, span, cue, sentence)
    for shown in find_shown(document):
        draft.add_account(shown, sentences)
    for picture in find_picture_credits(document.text):
        if picture.shows:
            draft.add_voice(picture.name, picture.spot, picture.shows)
    return replace(
        reading,
        statements=tuple(sorted(draft.statements.values(), key=lambda s: (_start(s), s.id))),
        sources=tuple(draft.sources.values()),
    )


COUNTRY = 6
"""`Place.precision` of a whole country."""


class _Draft:
    """The statements and sources of one Reading while outlets are added to them."""

    def __init__(self, reading: Reading, outlets: Sequence[Outlet]) -> None:
        self.reading = reading
        self.document = reading.document
        self.outlets = outlets
        language = self.document.language or detect_language(self.document.text) or "en"
        self._foreign = language[:2] in foreign.languages()
        self.statements = {s.id: s for s in reading.statements}
        self.sources = {s.name: s for s in reading.sources}
        self._added = 0

    def resolve(self) -> None:
        """Speakers under the outlet's full name; "the paper" as the outlet named last; no one as nobody."""
        for name, source in list(self.sources.items()):
            if source.kind == "outlet" and name == name.lower() and head(name) not in of_outlets():
                self.sources[name] = replace(source, kind="unknown")
        printed = {fold(self.document.text[slice(*o.span)]) for o in self.outlets if o.sure}
        for name, source in list(self.sources.items()):
            if source.kind not in ("outlet", "agency") and fold(name) in printed:
                self.sources[name] = replace(source, kind="outlet", organisation=None)
        before = {s.speaker for s in self.statements.values()}
        self._name_senders()
        places = self._places()
        for s in list(self.statements.values()):
            speaker = sender_of(s.speaker) or s.speaker if s.speaker else None
            if not speaker:
                continue
            if speaker != s.speaker:
                self._source(speaker, "organisation")
                s = self.statements[s.id] = replace(s, speaker=speaker)
            if speaker in places:
                self.statements[s.id] = replace(s, speaker=None)
                continue
            if is_generic(speaker) and (named := find_included(self.document.text, s.source)):
                self._source(named, "anonymous")
                self.statements[s.id] = replace(s, speaker=named)
                continue
            kind = self.sources[speaker].kind if speaker in self.sources else "unknown"
            outlet = self._outlet_of(s, kind)
            if kind == "unknown" and head(speaker) in papers():
                self.sources[speaker] = replace(self.sources[speaker], kind="document")
            ways = self.sources[speaker].aliases if speaker in self.sources else ()
            described = head(speaker) == "person" and is_person_described(ways)
            described = described or (self._foreign and kind == "anonymous")
            if outlet is None and not described and not is_voice(speaker, kind):
                self.statements[s.id] = replace(s, speaker=None)
            elif outlet and outlet != speaker:
                self._source(outlet)
                self.statements[s.id] = replace(s, speaker=outlet)
        for gone in before - {s.speaker for s in self.statements.values()}:
            self.sources.pop(gone or "", None)

    def _name_senders(self) -> None:
        """What a body sent out is its own, through who brought it out."""
        for m in find_messages(self.document.text, self.statements.values()):
            self._source(m.sender, "organisation")
            s = self.statements[m.statement]
            outer = s.nested_in
            if m.brought_out:
                self._source(m.brought_out)
                outer = self._new(m.brought_out, s.source[0], None, s.content, s.stance, outer).id
            self.statements[s.id] = replace(s, speaker=m.sender, nested_in=outer)

    def _places(self) -> set[str]:
        """Towns, provinces and continents by name: nobody speaks as one. Countries do."""
        return {
            self.document.text[p.start : p.end]
            for p in self.reading.places
            if p.use == "place" and p.precision is not None and p.precision != COUNTRY
        }

    def drop(self, spots: Sequence[Span]) -> None:
        """Take away what is said by who is only credited for a picture."""
        gone = {s.id for s in self.statements.values() if any(_touches(s.source, x) for x in spots)}
        for s in list(self.statements.values()):
            if s.id in gone:
                del self.statements[s.id]
            elif s.nested_in in gone:
                self.statements[s.id] = replace(s, nested_in=None)

    def add_account(self, shown: Shown, sentences: Sequence[Span]) -> None:
        """A post that the page shows is its account's word: what stands there, or the sentence that speaks
        of a post. Where somebody is said to speak there already, nothing is added."""
        if shown.account is None or shown.account == self.document.author:
            return
        where = shown.span or find_passage(self.document.text, sentences)
        if where is not None:
            self.add_voice(shown.account, shown.spot, where)

    def add_voice(self, name: str, spot: Span | None, content: Span) -> None:
        """Who took a picture that shows it, or whose post is shown, as who says what stands at
        ``content``."""
        mine = [
            s for s in self.statements.values() if s.speaker and _touches((*s.content, *s.source), content)
        ]
        if any(spot is None or s.speaker == name or _touches(s.source, spot) for s in mine):
            return
        self._source(name, "account" if name.startswith("@") else "unknown")
        self._new(name, spot, None, (content,), "assert", None)

    def _outlet_of(self, s: Statement, kind: str) -> str | None:
        speaker = s.speaker or ""
        plain = fold(speaker)
        for o in self.outlets:
            if any(a < o.span[1] and o.span[0] < b for a, b in s.source):
                printed = fold(self.document.text[slice(*o.span)])
                if plain == printed or (
                    kind != "person"
                    and f" {printed} " in f" {plain} "
                    and not is_many(speaker)
                    and not self._is_other(speaker, o)
                ):
                    return self._printed(o)
        if (
            speaker == speaker.lower()
            and head(speaker) in taken_up()
            and len(speaker.split()) <= 3
            and s.source
        ):
            at = s.source[0][0]
            before = [o for o in self.outlets if o.sure and at - FAR < o.span[0] < at]
            return self._printed(before[-1]) if before else None
        return None

    def _is_other(self, speaker: str, o: Outlet) -> bool:
        """Whether a speaker's name only contains words that also name an outlet: "The National Prison
        Service", "the mate of the Morning Star"."""
        printed = self.document.text[slice(*o.span)].removeprefix("The ")
        before, found, after = speaker.partition(printed)
        if found and re.match(r"\s+[A-ZÀ-Þ]", after) and after.split()[0].lower() not in of_outlets():
            return True
        return not o.sure and bool(before.strip()) and head(speaker) in people()

    def _printed(self, o: Outlet) -> str:
        printed = re.sub(r"\s+", " ", self.document.text[slice(*o.span)])
        return o.name if "/" in printed else printed

    def add_outlet(self, a: Attribution) -> None:
        mine = [s for s in self.statements.values() if _within(s, a.sentence)]
        if any(s.speaker and same_outlet(s.speaker, a.name) for s in mine):
            return
        self._source(a.name, "outlet" if a.outlet else "unknown")
        told = a.kind == "told"
        outer = next((s for s in mine if self._is_above(s, a)), None)
        inner = [
            s
            for s in mine
            if s.speaker
            and s is not outer
            and not s.nested_in
            and not self._is_over(s, outer)
            and (not told or _touches(s.cue, a.cue) or (len(mine) == 1 and not self._is_outlet(s.speaker)))
        ]
        subject = None
        if told and not inner:
            subject = find_teller(self.document.text, a.sentence[0], a.cue[0])
            if subject is None:
                return  # "in an interview with X": who spoke, another sentence says
        hedged = _HEDGED.match(self.document.text, a.sentence[0])
        stance = "deny" if a.kind == "against" else "allege" if hedged else "assert"
        said = (hedged.end() if hedged else a.sentence[0], a.sentence[1])
        content = inner[0].content if told and inner else (said,)
        new = self._new(a.name, a.span, a.cue, content, stance, outer.id if outer else None)
        for s in inner:
            if not self._is_outlet(s.speaker or "") or told:
                self.statements[s.id] = replace(s, nested_in=new.id)
        if subject:
            self._source(subject[0], "anonymous")
            self._new(subject[0], subject[1], a.cue, content, "assert", new.id)

    def _is_over(self, s: Statement, below: Statement | None) -> bool:
        """Whether ``below`` is nested in ``s``, at whatever depth."""
        for _ in range(DEEPEST):
            if below is None or below.nested_in is None:
                return False
            if below.nested_in == s.id:
                return True
            below = self.statements.get(below.nested_in)
        return True

    def _is_above(self, s: Statement, a: Attribution) -> bool:
        """Whether a statement reports that the outlet said it: "the Herald reports that he told the
        Courier"."""
        if not s.speaker or _touches(s.cue, a.cue):
            return False
        ahead = (
            a.kind == "told"
            and self._is_outlet(s.speaker)
            and max((b for _, b in s.cue), default=0) <= a.cue[0]
        )
        return ahead or _covers(s, a.span)

    def add_inner(self, name: str, span: Span, cue: Span, sentence: Span) -> None:
        """An unnamed source that somebody cites."""
        mine = [s for s in self.statements.values() if _within(s, sentence) and s.speaker]
        if any(_touches(s.source, span) and self._unnamed(s.speaker or "") for s in mine):
            return
        free = [s for s in mine if not s.nested_in]  # what somebody says, rather than that they cite
        outer = min(free, key=lambda s: _covers(s, span), default=None)
        self._source(name, "anonymous")
        content = outer.content if outer else (sentence,)
        self._new(name, span, cue, content, "assert", outer.id if outer else None)

    def _unnamed(self, name: str) -> bool:
        return name in self.sources and self.sources[name].kind in ("anonymous", "eyewitness")

    def _is_outlet(self, name: str) -> bool:
        return name in self.sources and self.sources[name].kind in ("outlet", "agency")

    def _source(self, name: str, kind: str = "outlet") -> None:
        if name not in self.sources or self.sources[name].kind in ("unknown", "person", "document"):
            self.sources[name] = Source(name, kind)

    def _new(
        self,
        speaker: str,
        source: Span | None,
        cue: Span | None,
        content: tuple[Span, ...],
        stance: str,
        nested: str | None,
    ) -> Statement:
        self._added += 1
        at, by = ((source,) if source else ()), ((cue,) if cue else ())
        new = Statement(f"r{self._added}", at, by, content, stance, nested, speaker)
        self.statements[new.id] = new
        return new


def _start(s: Statement) -> int:
    return min(a for a, _ in (*s.source, *s.cue, *s.content))


def _within(s: Statement, sentence: Span) -> bool:
    spans = s.cue or s.source or s.content
    return any(sentence[0] <= a < sentence[1] for a, _ in spans)


def _covers(s: Statement, span: Span) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in s.content)


def _touches(spans: Iterable[Span], span: Span) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)
