"""Who says what in Spanish, French, German, Portuguese and Italian, by patterns around verbs of saying.

No parser of these languages is at hand. What is found is what news says plainly: "X, shepherd of Y, told
this weekly that …", "… , the prefect said", a quotation and its speaker, "according to X, …". Pronouns and
speakers left out mean who spoke last. Precision before recall: a speaker is a name, or a description with its
article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from allegata.model import Document, Source, Span, Statement
from allegata.vocab import load

MOST = 20_000
"""Characters of a text that are read."""
MOST_STATEMENTS = 80
LEAST = 12
"""Characters of what is said; less is no proposition."""

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŤŪŮŰŹŻŽ"
_NAME = (
    rf"(?:[{_UP}](?:[\w'’-]+|\.)|@\w+)"
    rf"(?:\s(?:(?:de|del|de la|da|do|dos|das|von|van|zu|di|della|du|des|el|al|ag|bin|bint|ben|"
    rf"ould|y|ibn|e)\s)?"
    rf"(?:[{_UP}](?:[\w'’-]+|\.)|\"[^\"]{{2,20}}\")){{0,5}}"
)
_SENTENCE = re.compile(
    rf"[^.!?\n]+(?:[.!?](?![\s»”\"’]*\s+[{_UP}«“\"„¿¡—–-]|\s*\n|\s*$)[^.!?\n]*)*[.!?]*[»”\"’]?"
)
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]{8,600})[»”“\"]")
_STANCES = {"say": "assert", "allege": "allege", "confirm": "confirm", "deny": "deny", "demand": "demand"}


_RELATIVE = r"(?:que|qui|che|quien|dont)\s"
_SETTING = (
    r"(?:(?:En|Desde|Tras|Durante|Para|Por|Dans|Depuis|Après|Pour|Em|No|Na|Após|Dopo|Nel|Nella)\s"
    r"[^,.;:]{1,50},\s)??"
)
"""What a sentence may begin with before its subject."""


@dataclass(frozen=True, slots=True)
class _Found:
    source: Span
    cue: Span
    content: tuple[Span, ...]
    stance: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    verbs: dict[str, str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    by: re.Pattern[str]
    by_noun: re.Pattern[str]
    inside: re.Pattern[str]
    quoted: re.Pattern[str]
    start: re.Pattern[str]
    that: re.Pattern[str]
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    bodies: frozenset[str]
    compounds: tuple[str, ...]
    articles: frozenset[str]


def languages() -> tuple[str, ...]:
    """The languages in which statements are found, beside English (ISO 639-1)."""
    return tuple(load("foreign_speech"))


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    held = load("foreign_speech")[language]
    verbs = {form: stance for kind, stance in _STANCES.items() for form in held[kind]}
    verb = _any(verbs)
    articles = _any(held["articles"])
    word = rf"(?:[{_UP}]\.)*[\w'’-]+\.?(?<!\w{{3}}\.)"
    described = rf"(?:(?i:{articles})\s?)(?:{word}\s){{0,9}}?[\w'’-]+"
    called = rf"(?:(?:(?i:{articles})\s?)(?:{word},?\s){{0,8}}?)?{_NAME}"
    source = rf"(?P<source>{described},\s{_NAME}(?=[,.\s])|{called}|{described})"
    plain = rf"(?:(?i:{articles})\s?)(?:(?!{_RELATIVE}){word}\s){{0,9}}?(?!{_RELATIVE})[\w'’-]+"
    subject = rf"(?P<source>{plain},\s{_NAME}(?=[,.\s])|{called}|{plain})"
    aside = rf"(?P<aside>,\s[^.;:«»“”\"]{{2,200}},|\s{_RELATIVE}[^.;:,«»“”\"]{{2,90}}?)?"
    after = _any(held["after"]) if held["after"] else r"(?!)"
    day = rf"(?:\s(?:am\s)?(?!(?:{_any(held['before'])})\s)[\w-]+){{0,2}}?"
    return _Words(
        verbs,
        re.compile(rf"^\W*{_SETTING}{subject}{aside}\s(?P<cue>{verb})(?!\w)"),
        re.compile(
            rf",\s?(?P<cue>{verb})(?!\s(?:{_any(held['that'])}))(?:{day}\s{source})?(?P<rest>,[^.]{{0,160}})?[\s.]*$"
        ),
        re.compile(rf"(?:^|,\s|\s)(?P<cue>(?i:{_any(held['by'])}))\s?{source}(?=[,.;:]|\s*$)"),
        re.compile(
            rf"(?:^|,\s|\s)(?P<cue>(?i:{_any(held['by'])}))\s(?P<source>(?:{articles})\s(?:[a-zäöüß][\w-]*\s)"
            rf"{{0,4}}[{_UP}][\w-]+)(?=[\s,.;:]|$)"
            if language == "de"
            else r"(?!)"
        ),
        re.compile(rf"(?P<said>.{{{LEAST},}}?),\s(?P<cue>{verb})(?<=-il|lle|ils)(?=[,.])", re.DOTALL),
        re.compile(rf"^,?\s(?P<cue>{verb})(?:{day}\s{source})?(?=[,.;:\n]|\s|$)"),
        re.compile(rf"^\W*(?P<cue>(?i:{verb}))\s(?:{_any(held['that'])})\s?"),
        re.compile(rf"^\W*Das\s(?P<cue>{verb}){day}\s{source}"),
        re.compile(rf"^\W*(?:(?i:{_any(held['that'])})\s?)?"),
        re.compile(rf"[\s,]*(?:{after})?[\s.]*$"),
        frozenset(held["bodies"]),
        tuple(b for b in held["bodies"] if language == "de" and len(b) > 4),
        frozenset(held["articles"]),
    )


def _any(forms: object) -> str:
    return "|".join(re.escape(str(f)) for f in sorted(forms, key=lambda f: -len(str(f))))  # type: ignore[call-overload]


def find_foreign_statements(
    document: Document, language: str
) -> tuple[tuple[Statement, ...], tuple[Source, ...]]:
    """The statements of a Document in one of `languages`, in order, with their sources; none for others."""
    if language not in languages():
        return (), ()
    words = _words(language)
    text = document.text[:MOST]
    statements: list[Statement] = []
    sources: dict[str, Source] = {}
    last: str | None = None
    for found in _search(text, words):
        name = last
        if found.source[1] > found.source[0]:
            source = _source(text, found.source, words, sources)
            if source is None:
                continue
            if last is None or not _takes_up(text[slice(*found.source)]):
                name = source.name
                sources.setdefault(name, source)
        if name is None:
            continue
        last = name
        number = len(statements) + 1
        spans = (found.source,) if found.source[1] > found.source[0] else ()
        statements.append(
            Statement(f"s{number}", spans, (found.cue,), found.content, found.stance, None, name)
        )
        if number >= MOST_STATEMENTS:
            break
    return tuple(statements), tuple(sources.values())


def _takes_up(printed: str) -> bool:
    """ "Der Mann", "la femme": nobody new, but who spoke last."""
    return bool(_ANYBODY.fullmatch(printed))


_ANYBODY = re.compile(
    r"(?:der|die|el|la|le|l['’]|o|a|il|diese|dieser|cet|cette|ese|esa|este|esta)\s?(?:mann|frau|person|hombre|mujer|"
    r"persona|homme|femme|personne|homem|mulher|pessoa|uomo|donna)",
    re.IGNORECASE,
)


def _search(text: str, words: _Words) -> Iterator[_Found]:
    """Quotations with what follows them first, then the sentences, in which quotations are left alone."""
    found = []
    for q in _QUOTED.finditer(text):
        m = words.quoted.match(text[q.end() : q.end() + 300])
        if m is not None:
            source = _moved(m.span("source"), q.end()) if m.group("source") else (0, 0)
            stance = words.verbs.get(m.group("cue"), "assert")
            found.append(_Found(source, _moved(m.span("cue"), q.end()), (q.span(1),), stance))
        elif (i := words.inside.match(q.group(1))) is not None:  # « …, dit-il. … »
            found.append(_Found((0, 0), _moved(i.span("cue"), q.start(1)), (q.span(1),), "assert"))
    spoken = {f.cue for f in found}
    masked = _QUOTED.sub(lambda q: re.sub(r"[.!?\n]", " ", q.group()), text)
    before: Span | None = None
    for m in _SENTENCE.finditer(masked):
        start, end = m.span()
        dateline = _DATELINE.match(masked[start:end])
        start += dateline.end() if dateline else 0
        one = _one(masked[start:end], words) if end - start <= 1200 else None
        if one is not None:
            content = tuple(_moved(c, start) for c in one.content) or ((before,) if before else ())
            moved = _Found(_moved(one.source, start), _moved(one.cue, start), content, one.stance)
            if moved.cue not in spoken and content:
                found.append(moved)
        before = (start + len(masked[start:end]) - len(masked[start:end].lstrip()), end)
    yield from sorted(found, key=lambda f: f.cue)


_DATELINE = re.compile(rf"^\W*[{_UP}][{_UP} ,'’-]{{2,40}}(?:\.?\s?[-–—]|:)\s*")
_NEGATED = re.compile(r"(?:\bno|\bnão|\bnon|\bne|\bn['’]|\bnicht|\bkein\w*)\s?$", re.IGNORECASE)


def _one(sentence: str, words: _Words) -> _Found | None:
    """The statement that a sentence makes, the outermost speaker's. Without content it is the sentence before
    that is meant."""
    kinds = (
        (words.that, "before"),
        (words.start, "start"),
        (words.tail, "tail"),
        (words.head, "head"),
        (words.by_noun, "by"),
        (words.by, "by"),
    )
    for pattern, kind in kinds:
        m = pattern.search(sentence)
        if m is None or _NEGATED.search(sentence[: m.start("cue")]):
            continue
        stance = words.verbs.get(m.group("cue").lower(), "assert")
        named = m.groupdict().get("source")
        source = m.span("source") if named else (0, 0)
        held = m.groupdict().get("aside")
        if held and re.fullmatch(rf",\s{_NAME},", held) and " " in held.strip(", "):
            source = (source[0], m.end("aside") - 1)  # "the engineer, Ana Roth, said"
        elif held and not held.startswith(","):
            source = (source[0], m.end("aside"))  # "una mujer que vive allí asegura"
        if kind == "before":
            return _Found(source, m.span("cue"), (), stance)
        content = _content(sentence, m, kind, words)
        if content is not None and content[1] - content[0] >= (LEAST if stance != "deny" else 4):
            return _Found(source, m.span("cue"), (content,), stance)
    return None


def _content(sentence: str, m: re.Match[str], kind: str, words: _Words) -> Span | None:
    if kind == "tail":
        opened = words.opening.match(sentence)
        start = opened.end() if opened and opened.end() < m.start() else 0
        return (start, m.start())
    if kind in ("head", "start"):
        rest = sentence[m.end() :]
        that = re.search(r"(?:^|\s)(?:que|qu['’]|che|dass|daß)\s?", rest)
        offset = that.end() if that and that.start() < 80 else 0
        closing = words.closing.search(rest)
        stop = closing.start() if closing and closing.start() > offset else len(rest)
        start = m.end() + offset
        return (start + (len(sentence[start:]) - len(sentence[start:].lstrip(" ,:"))), m.end() + stop)
    after = sentence[m.end() :].lstrip(" ,")
    if m.start() < 3 and after:
        return (len(sentence) - len(after), len(sentence.rstrip(" .")))
    return (0, m.start())


def _moved(span: Span, by: int) -> Span:
    return (span[0] + by, span[1] + by) if span[1] > span[0] else (0, 0)


def _source(text: str, span: Span, words: _Words, known: dict[str, Source]) -> Source | None:
    """The source that is printed there: somebody named, known by a shorter name before, a body, or somebody
    who is only described."""
    printed = " ".join(text[slice(*span)].split())
    names = [m.group() for m in re.finditer(_NAME, printed)]
    first = printed.split()[0].lower().rstrip("’'")
    tokens = re.findall(r"\w+", printed.lower())
    body = next((t for t in tokens if t in words.bodies or t.endswith(words.compounds)), None)
    opens = first in words.articles or bool(_ELIDED.match(printed))
    if names and opens and body is None:
        names = [n for n in names if not printed.startswith(n)] or names
    name = max(names, key=len) if names else ""
    if (apposed := _APPOSED.search(printed)) and " " in apposed[1]:
        name = apposed[1]  # "the mayor of Velm, Ana Roth"
    elif words.compounds and opens and body is None and len(name.split()) > 2:
        name = name.split(" ", 1)[1]  # "die Bürgermeisterin Ana Roth": every noun has a capital
    if body is not None:
        whole = _without_article(printed, words)
        return Source(whole, "organisation")
    full = next((k for k in known if name and (k.endswith(f" {name}") or k == name)), None)
    if full is not None:
        return known[full]
    if len(name.split()) > 1 or name.startswith("@"):
        title = _without_article(printed[: printed.rfind(name)].strip(" ,"), words) or None
        return Source(name, "account" if name.startswith("@") else "person", title=title)
    if opens and len(printed.split()) > 1:
        return Source(_without_article(printed, words), "anonymous")
    return Source(name, "unknown") if name and len(name) > 2 and not opens else None


_APPOSED = re.compile(rf",\s({_NAME})$")
_ELIDED = re.compile(r"[Ll]['’]")


def _without_article(printed: str, words: _Words) -> str:
    for article in sorted(words.articles, key=len, reverse=True):
        for joint in (" ", "") if article.endswith(("’", "'")) else (" ",):
            if printed.lower().startswith(article + joint):
                return printed[len(article) + len(joint) :]
    return printed
