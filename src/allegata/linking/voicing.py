"""The voices of a story: whom its Readings name as sources, and who publishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from allegata.linking.credits import core, fold
from allegata.linking.joining import Voice
from allegata.linking.naming import body_phrases, is_bare_body, is_generic, names_somebody
from allegata.linking.texts import Text
from allegata.linking.voices import is_person_described
from allegata.model import Source
from allegata.vocab import load


def find_voices(texts: Sequence[Text]) -> tuple[list[Voice], dict[str, str]]:
    """Every source of every text as a voice, outlets by what they are in the story, spokespeople with their
    bodies; and, by name, the office of a state that some text gives a person."""
    voices = [
        Voice(t.id, _as_body(s, t))
        for t in texts
        for s in (*t.reading.sources, *_publishers(t))
        if not is_generic(s.name)
    ]
    papers = {core(t.document.outlet) for t in texts if t.document.outlet and t.document.kind == "article"}
    voices = [
        replace(v, source=replace(v.source, kind="outlet", title=None, organisation=None))
        if v.source.kind in ("person", "unknown") and core(v.source.name) in papers
        else v
        for v in voices
    ]
    voices = _as_elsewhere(voices, texts)
    by_id = {t.id: t for t in texts}
    people = {v.source.name for v in voices if v.source.kind == "person"}
    voices = [replace(v, source=_apart(_someone(v.source))) for v in voices]
    voices = [replace(v, source=_employed(v.source, by_id[v.document], people)) for v in voices]
    voices = [replace(v, source=_in_full(v.source, by_id[v.document])) for v in voices]
    return voices, _offices(texts, people)


_MISREAD = ("person", "unknown", "outlet")


def _as_elsewhere(voices: Sequence[Voice], texts: Sequence[Text]) -> list[Voice]:
    """Names that one text takes for a person's and others do not: a body where it publishes a statement of
    its own or some text takes it for one, an outlet where some text does."""
    publishers = {
        _bare(t.document.outlet) for t in texts if t.document.kind == "statement" and t.document.outlet
    }
    bodies, outlets = set(publishers), set()
    for v in voices:
        name = _bare(v.source.name)
        if v.source.kind == "organisation" and names_somebody(v.source.name):
            bodies.add(name)
        elif v.source.kind in ("outlet", "agency") and names_somebody(v.source.name):
            outlets.add(name)
    people = (
        {_bare(v.source.name) for v in voices if v.source.kind == "person" and v.source.title}
        - publishers
        - outlets
    )
    out = []
    for v in voices:
        name = _bare(v.source.name)
        kind = v.source.kind
        if kind in _MISREAD and name in bodies - people and (kind != "outlet" or name in publishers):
            kind = "organisation"
        elif kind in ("person", "unknown") and name in outlets - bodies:
            kind = "outlet"
        same = kind == v.source.kind
        out.append(
            v if same else replace(v, source=replace(v.source, kind=kind, title=None, organisation=None))
        )
    return out


_ENDS = re.compile(
    r"[\s,]+(?:Corp(?:oration)?|Ltd|Limited|Inc|LLC|PLC|plc|GmbH|AG|SA|UAB|Oy|AS|AB|BV|SpA|Holdings?)\.?$"
)


def _bare(name: str) -> str:
    """A name as it compares: without the form of a firm."""
    return fold(_ENDS.sub("", name.strip()))


_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|press (?:secretary|officer|chief|attach[eé])|media (?:officer|adviser))\b", re.I
)


_SITE = re.compile(r"(?:www\.)?[\w-]+\.(?:com|net|org|info|news|tv|co\.uk)", re.IGNORECASE)


def _someone(source: Source) -> Source:
    """ "A contractor who has worked at the mine" is a person, not a firm."""
    bare = source.kind in ("organisation", "office", "unknown") and source.name == source.name.lower()
    if bare and is_person_described(source.aliases):
        return replace(source, kind="anonymous", title=None, organisation=None)
    return source


def _apart(source: Source) -> Source:
    """A site is an outlet; a former player of a team, or a member of a union, does not speak for it."""
    if source.kind in ("organisation", "unknown", "person") and _SITE.fullmatch(source.name):
        return replace(source, kind="outlet", title=None, organisation=None)
    words = set(re.findall(r"\w+", (source.title or "").lower()))
    if source.organisation and words & set(load("citations")["voices"]["not_for_it"]):
        return replace(source, organisation=None)
    return source


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


def _in_full(source: Source, text: Text) -> Source:
    """ "Deputy head of the sub-department": the one body of the text that is called so and by more."""
    bare = source.organisation
    if source.kind != "person" or not bare or bare != bare.lower():
        return source
    called = rf"(?<![\w-]){re.escape(bare)}(?![\w-])"
    whole = {
        s.name
        for s in text.reading.sources
        if s.kind == "organisation" and s.name.lower() != bare and re.search(called, s.name.lower())
    }
    return replace(source, organisation=next(iter(whole))) if len(whole) == 1 else source


_DOES = re.compile(r"\b(?:said|says|told|tells|that|who|whose|which|was|were|is|are|has|had|have)\b")
"""Words of a clause that goes on after a name: no office."""


def _offices(texts: Sequence[Text], people: set[str]) -> dict[str, str]:
    """Name -> the office that any document of the story puts before or after it ("Deputy Commissioner Rahim
    Gul Bettani", "Ida Roth, the harbour master,"), where that office is one of a state."""
    out: dict[str, str] = {}
    bodies = body_phrases("government")
    for name in sorted(n for n in people if len(n.split()) > 1):
        spot = re.compile(
            rf"((?:(?:[A-Z][\w-]+|[A-Z][a-z]{{0,3}}\.)[^\S\n]+(?:of\s+)?){{1,5}}){re.escape(name)}|{re.escape(name)},\s+([^,.;:\n]{{3,70}})[,.]"
        )
        for text in texts:
            body = f"{text.document.title or ''}\n{text.document.text[:20_000]}"
            found = next(
                (
                    g
                    for m in spot.finditer(body)
                    for g in m.groups()
                    if g and bodies.search(g) and not _DOES.search(g)
                ),
                None,
            )
            if found:
                out[name] = found.strip()
                break
    return out


def _as_body(source: Source, text: Text) -> Source:
    """The publisher of a statement is the body that speaks, not an outlet; so are its officers and "the
    company" in it."""
    d = text.document
    if d.kind != "statement" or not d.outlet:
        return source
    if source.name == d.outlet and source.kind in ("outlet", "agency", "unknown"):
        return replace(source, kind="organisation")
    if source.kind == "person" and source.title and not body_phrases("government").search(source.title):
        return replace(source, organisation=d.outlet)
    if source.kind == "organisation" and is_bare_body(source.name):
        return Source(d.outlet, "organisation", aliases=(source.name, *source.aliases))
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
