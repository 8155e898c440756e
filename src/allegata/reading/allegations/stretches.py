"""Statements laid over the parse: which tokens are whose, and which Statement stands in which."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from allegata.model import Document, Place, Statement
from allegata.reading.speakers.spans import tokens_of

_MAX_CHAIN = 12
"""Statements nested deeper than this are taken to end here; a cycle ends here too."""


@dataclass(slots=True)
class Stretch:
    """A Statement with its tokens. ``own`` are those of its content that no nested Statement has."""

    statement: Statement
    source: list[Token]
    cue: list[Token]
    content: list[Token]
    pieces: list[list[Token]]
    own: list[Token]
    parent: Stretch | None = None
    inner: list[Stretch] = field(default_factory=list)

    @property
    def start(self) -> int:
        return min((t.i for t in (*self.source[:1], *self.cue[:1], *self.content[:1])), default=0)

    @property
    def sentence(self) -> int:
        """The token that begins the sentence in which it is said who says it."""
        token = next(iter((*self.source, *self.cue, *self.content)), None)
        return token.sent.start if token is not None else -1

    def chain(self) -> list[Stretch]:
        """This one, then what it is nested in, outwards."""
        out: list[Stretch] = []
        here: Stretch | None = self
        while here is not None and len(out) < _MAX_CHAIN and not any(here is s for s in out):
            out.append(here)
            here = here.parent
        return out


@dataclass(slots=True)
class Passage:
    """One Document, laid out: its statements, its places with their head tokens, and who holds each token."""

    document: Document
    doc: Doc
    stretches: list[Stretch]
    places: list[tuple[Place, Token]]
    beside: dict[int, list[Stretch]]
    """Statements by the token that begins the sentence of their source (or cue)."""
    covered: set[int]
    """Tokens of any source, cue or content."""
    cues: set[int]


def _after_dateline(tokens: list[Token]) -> list[Token]:
    """The tokens without the dateline that a lead begins with ("PESHAWAR, Sept 4 (Orbis) - ")."""
    if not tokens or not tokens[0].text.isupper() or len(tokens[0]) < 3:
        return tokens
    for n, token in enumerate(tokens[:16]):
        if token.text in ("-", "–", "—", "--", ":") and n:
            return tokens[n + 1 :]
    return tokens


def lay_out(
    document: Document, doc: Doc, statements: tuple[Statement, ...], places: tuple[Place, ...]
) -> Passage:
    """Lay the statements and places over the tokens of ``doc``."""
    stretches = []
    for statement in statements:
        pieces = [_after_dateline(tokens_of(doc, (span,))) for span in statement.content]
        content = [t for p in pieces for t in p]
        stretches.append(
            Stretch(
                statement,
                tokens_of(doc, statement.source),
                tokens_of(doc, statement.cue),
                content,
                pieces,
                content,
            )
        )
    by_id = {s.statement.id: s for s in stretches}
    inner: dict[str, set[int]] = {}
    for stretch in stretches:
        parent = by_id.get(stretch.statement.nested_in or "")
        if parent is not None and parent is not stretch:
            stretch.parent = parent
            parent.inner.append(stretch)
            taken = inner.setdefault(parent.statement.id, set())
            taken.update(t.i for t in (*stretch.source, *stretch.cue, *stretch.content))
    cues = {t.i for s in stretches for t in s.cue}
    for stretch in stretches:
        taken = inner.get(stretch.statement.id, set())
        if taken:
            stretch.own = [t for t in stretch.content if t.i not in taken]
    covered = cues | {t.i for s in stretches for t in (*s.source, *s.content)}
    located = []
    for place in places:
        tokens = tokens_of(doc, ((place.start, place.end),))
        if tokens:
            located.append(
                (place, next((t for t in tokens if t.head.i not in {u.i for u in tokens}), tokens[-1]))
            )
    beside: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        beside.setdefault(stretch.sentence, []).append(stretch)
    return Passage(document, doc, stretches, located, beside, covered, cues)
