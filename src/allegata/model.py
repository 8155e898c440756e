"""The words of Allegata (docs/words.md), as frozen values; its fixed terms stand in `terms`.

Spans are ``[start, end)`` in characters (code points) of the Document's ``text``. Times are ISO 8601
strings as the text or the page gave them, with an offset where one is known. A field that nothing is
known about is ``None`` or empty, never invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from allegata.particulars import Actor as Actor
from allegata.particulars import Assessment as Assessment
from allegata.particulars import Grade as Grade
from allegata.particulars import Moment as Moment
from allegata.particulars import PlaceCandidate as PlaceCandidate
from allegata.terms import AFFIRMING as AFFIRMING
from allegata.terms import DOCUMENT_KINDS as DOCUMENT_KINDS
from allegata.terms import EDGE_KINDS as EDGE_KINDS
from allegata.terms import OPPOSING as OPPOSING
from allegata.terms import ORIGIN_KINDS as ORIGIN_KINDS
from allegata.terms import PLOVER_ROOTS as PLOVER_ROOTS
from allegata.terms import ROLES as ROLES
from allegata.terms import SOURCE_KINDS as SOURCE_KINDS
from allegata.terms import STANCES as STANCES

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """One retrieval: its bytes rest in the archive under ``sha256`` and never change."""

    sha256: str
    url_asked: str | None
    url_reached: str | None
    retrieved: str
    tool: str
    media_type: str | None
    size: int
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page, with the span of its anchor text where it stands in ``text``."""

    url: str
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Embed:
    """A post quoted inside a page: whose it is, when, and where its words stand in ``text``.

    ``ref`` is a document id of the collection or a URL. ``span`` covers the quoted post with its signature.
    """

    ref: str | None
    author: str | None = None
    handle: str | None = None
    published: str | None = None
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a Capture holds. An edited page is a new ``version`` of the same ``id``."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    kind: str = "article"
    links: tuple[Link, ...] = ()
    embeds: tuple[Embed, ...] = ()
    capture: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    role: str = "not_applicable"
    speech: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Anyone who can say something, as one Document names them.
    ``name`` is the fullest name the Document gives; ``organisation`` is whom the source speaks for, in the
    Document's words ("Afghan Taliban government"); ``title`` the office held ("spokesperson").
    """

    name: str
    kind: str = "unknown"
    aliases: tuple[str, ...] = ()
    title: str | None = None
    organisation: str | None = None
    handle: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution. ``source`` and ``cue`` may be empty; ``speaker`` is a ``Source.name`` of the Reading.
    ``nested_in`` is the id of the Statement whose content holds this one. ``said`` is when it was said, where
    the text tells.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    stance: str
    nested_in: str | None = None
    speaker: str | None = None
    channel: str | None = None
    said: Moment | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text. ``precision`` follows UCDP: 1 exact, 2 near, 3 district, 4 province,
    5 linear or area, 6 country, 7 sea or air; ``None`` where unresolved. ``country`` is ISO 3166 alpha-3.
    ``use``: meant as a "place", or as a "people" ("Turkish officials"), a "government" ("Moscow denied"), a
    part of another "name". Only a place is where something happened. ``candidates``, where the name may mean
    several places, are the likeliest, five at most.
    """

    start: int
    end: int
    name: str
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    country: str | None = None
    precision: int | None = None
    use: str = "place"
    candidates: tuple[PlaceCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Allegation:
    """The act inside a Statement. ``statement`` is ``None`` for an act alleged without a Statement.

    ``mode`` is PLOVER's mode of the root and ``cameo`` the CAMEO code, each only where it is certain;
    ``when`` is when the act is said to have been. The ``*_is`` are whom the names mean.
    """

    statement: str | None
    claimant: str | None
    accused: str | None
    act: str | None
    victim: str | None
    place: Place | None
    span: Span | None = None
    mode: str | None = None
    cameo: str | None = None
    when: Moment | None = None
    claimant_is: Actor | None = None
    accused_is: Actor | None = None
    victim_is: Actor | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An act that the writer asserts as fact. ``act`` is a PLOVER root; the rest is as for an Allegation."""

    act: str
    actor: str | None
    target: str | None
    start: int
    end: int
    mode: str | None = None
    cameo: str | None = None
    when: Moment | None = None
    actor_is: Actor | None = None
    target_is: Actor | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """An expectation with a consequence; ``start`` and ``end`` are its sentence's.

    ``likelihood`` is an ICD 203 band or ``None``. ``horizon`` is in the text's words, ``earliest`` and
    ``latest`` the ISO days that they allow, where they set any. ``consequence`` is what would happen,
    ``condition`` what must hold first (``conditional`` is also true of a mere "otherwise"), ``actor`` who
    would act.
    """

    start: int
    end: int
    conditional: bool
    horizon: str | None
    likelihood: str | None
    speaker: str | None = None
    consequence: Span | None = None
    condition: Span | None = None
    actor: Span | None = None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one Document, by one version of the reader."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    statements: tuple[Statement, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    sources: tuple[Source, ...] = ()
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a Document's text, the evidence behind a number."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A name to which a mention attributes the Claim. ``role``: supports, denies or noncommittal."""

    source: str
    via: str | None = None
    role: str = "supports"


@dataclass(frozen=True, slots=True)
class Edge:
    """``downstream`` (a document id) had it from ``upstream`` (a document id, or a source's name)."""

    upstream: str
    downstream: str
    kind: str
    confidence: float
    reason: str
    evidence: tuple[Passage, ...] = ()

    @property
    def inferred(self) -> bool:
        """True where nobody says so and the texts show it."""
        return self.kind in ("copy", "rewrite")


@dataclass(frozen=True, slots=True)
class Mention:
    """A Claim in a Document, on one chain of speakers (innermost first). ``variant``: a drifting number."""

    document: str
    url: str | None
    outlet: str | None
    published: str | None
    stance: str
    speakers: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    copy_of: str | None = None
    origin_ids: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One occasion on which an Origin put a Claim forward itself: where that was first told and when, who
    spoke, by what means, and every Document that heard it there. Rounds add no origin."""

    document: str
    published: str | None
    speaker: str
    channel: str | None = None
    documents: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """A root of a Claim's citation graph: where the information came in."""

    id: str
    source: str
    kind: str
    party_to_dispute: bool
    first_document: str
    members: tuple[str, ...] = ()
    withdrawn_at: str | None = None
    passages: tuple[Passage, ...] = ()
    rounds: tuple[Round, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two names, or two roots, are counted as one."""

    kept: str
    merged: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class OriginCount:
    """The interval that stands beside every count of mentions. The point is named + anonymous."""

    low: int
    high: int
    named: int
    anonymous: int
    unresolved: int

    @property
    def point(self) -> int:
        return self.named + self.anonymous


@dataclass(frozen=True, slots=True)
class Response:
    """A Source's stance towards a Claim of another, once a party."""

    source: str
    stance: str
    document: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """How another Claim of the story stands to this one (`linking.relations`), and the pages that show it."""

    claim: str
    relation: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision. Append-only; ``undoes`` names the Judgement it takes back."""

    id: int
    person: str
    at: str
    kind: str
    subject: str
    value: str
    reason: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition across Documents, with the evidence for the count of its origins."""

    id: str
    proposition: str
    act: str | None
    accuser: str | None
    accused: str | None
    place: Place | None
    first_seen: str | None
    last_seen: str | None
    mentions: tuple[Mention, ...]
    origins: tuple[Origin, ...]
    independent_origins: OriginCount
    responses: tuple[Response, ...] = ()
    circular: tuple[tuple[str, str], ...] = ()
    edges: tuple[Edge, ...] = ()
    merges: tuple[Merge, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that mention the Claim, each once, in order of first mention."""
        return tuple(dict.fromkeys([m.document for m in self.mentions]))


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two Actors, the first acting on the second, with a tension series of (day, value) pairs."""

    source: str
    target: str
    series: tuple[tuple[str, float], ...] = field(default=())
