"""Where a text says that it has something from an outlet, and in what words: "told the Courier", "appeared
in the Courier, the Herald and on the Coast news agency", "the Courier story"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from allegata.linking.credits import same_outlet
from allegata.linking.foreign import find_foreign
from allegata.linking.outlets import Outlet, find_outlets
from allegata.linking.pictures import only_pictures
from allegata.model import Document, Span
from allegata.vocab import load

BEFORE, AFTER = 110, 90
"""Characters around a name in which the words stand that say what the outlet did."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """``name``, as it is printed, is credited in ``sentence``. ``kind``: "told" (somebody told the outlet),
    "credit" (the outlet said it), "against" (the outlet says it is not so). ``outlet`` is false for another
    language's source that is none. ``cue`` spans the words for it."""

    name: str
    span: Span
    cue: Span
    sentence: Span
    kind: str
    outlet: bool = True


_DESCRIBED = (
    r"(?:\s+(?!(?:that|who|which|when|if|whether|said|told|and then)\b)[\w'’-]{1,24}[,.]?){0,6}\s+[“\"‘(]?$"
)
_APPOSITION = (
    r"['’”\"]?(?:\s+[A-Z]{2,3}\b)?(?:\s+\w{1,24}(?:\s+\w{1,24})?(?=,))?"
    r"(?:,\s[^,.;\n]{2,70},|\s*\([^)\n]{1,40}\))?"
)


def _any(name: str) -> str:
    words = sorted(load("citations")["english"][name], key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """(kind, pattern, whether it stands before the name). Between the words and the name only a description
    may stand, without a verb of saying and without punctuation that ends it."""
    moved = rf"(?:\s+(?:{_any('between')}|\w{{1,20}}day|\w{{1,20}}ly|\w{{1,20}}lier)){{0,5}}"
    does = _APPOSITION + moved + r"\s+"
    listed = (
        ("told", rf"\b(?:{_any('told')}){_DESCRIBED}", True),
        ("against", rf"\b(?:{_any('against')}){_DESCRIBED}", True),
        ("credit", rf"(?<![\w-])(?:{_any('credit')}):?{_DESCRIBED}", True),
        ("against", rf"{does}(?:{_any('verbs_against')})\b", False),
        ("credit", rf"{does}(?:{_any('verbs')})\b(?!\s+by\b)", False),
        ("credit", rf"(?:['’]s?)?\s+(?:[\w-]{{1,24}}\s+)?(?:{_any('works')})\b", False),
    )
    return tuple((kind, re.compile(pattern, re.IGNORECASE), before) for kind, pattern, before in listed)


@lru_cache(maxsize=1)
def _joined() -> re.Pattern[str]:
    """What stands between two outlets of one list."""
    words = rf"(?:{_any('joining')}|[\w'’]{{1,24}}['’]s|[A-Z]\w{{1,20}}(?:i|an|ish|ese))"
    return re.compile(
        rf"(?:['’]s)?(?:\s+{words})*\s*(?:,|\band|\bor|&|\bas well as|,\s*and)(?:\s+{words})*\s*",
        re.IGNORECASE,
    )


def find_attributions(
    document: Document, sentences: Sequence[Span], language: str | None = None
) -> list[Attribution]:
    """Attributions to outlets, in order, one a name and sentence. The Document's own outlet is none."""
    text = document.text
    pictures = only_pictures(text)
    outlets = [
        o
        for o in find_outlets(text)
        if not (document.outlet and same_outlet(o.name, document.outlet)) and not _meets(o.span, pictures)
    ]
    found: list[Attribution] = []
    for sentence, mine in _by_sentence(outlets, _whole(text, sentences)):
        kinds: list[tuple[str, Span] | None] = [_construct(text, o, sentence) for o in mine]
        for i in range(1, len(mine)):  # "in A, B and on the C": B and C share what is said of A
            if kinds[i] is None and _is_list(text, mine[i - 1], mine[i]):
                kinds[i] = kinds[i - 1]
        for i in range(len(mine) - 2, -1, -1):  # "A and B claimed"
            if kinds[i] is None and _is_list(text, mine[i], mine[i + 1]):
                kinds[i] = kinds[i + 1]
        seen = set()
        for o, kind in zip(mine, kinds, strict=True):
            if kind and o.name not in seen:
                seen.add(o.name)
                printed = re.sub(r"\s+", " ", text[slice(*o.span)])
                name = o.name if "/" in printed else printed
                found.append(Attribution(name, o.span, kind[1], sentence, kind[0]))
    for credit in find_foreign(text, (language or "en")[:2]):
        own = document.outlet and same_outlet(credit.name, document.outlet)
        if not own and not _meets(credit.span, pictures):
            sentence = next((s for s in sentences if s[0] <= credit.span[0] < s[1]), credit.span)
            found.append(Attribution(credit.name, credit.span, credit.cue, sentence, "credit", credit.outlet))
    return found


def _meets(span: Span, spans: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)


def _whole(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Sentences with those joined that an abbreviation cut apart ("on Dec. | 31")."""
    out: list[Span] = []
    for start, end in sorted(sentences):
        if out and re.match(r"[\d\sa-z]", text[start : start + 1]) and "\n\n" not in text[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _by_sentence(outlets: Sequence[Outlet], sentences: Sequence[Span]) -> Iterable[tuple[Span, list[Outlet]]]:
    i = 0
    for sentence in sorted(sentences):
        mine = []
        while i < len(outlets) and outlets[i].span[0] < sentence[1]:
            if outlets[i].span[0] >= sentence[0]:
                mine.append(outlets[i])
            i += 1
        if mine:
            yield sentence, mine


def _is_list(text: str, a: Outlet, b: Outlet) -> bool:
    between = text[a.span[1] : b.span[0]]
    return len(between) <= 60 and bool(_joined().fullmatch(between))


def _construct(text: str, o: Outlet, sentence: Span) -> tuple[str, Span] | None:
    """What is said of an outlet and the words that say it: the nearest of those before and after its
    name."""
    start, end = o.span
    left = text[max(sentence[0], start - BEFORE) : start]
    right = text[end : min(sentence[1], end + AFTER)]
    if left and not left.endswith((" ", "\n", "“", '"', "‘", "(")):
        return None
    found: list[tuple[int, str, Span]] = []
    for kind, pattern, before in _patterns():
        m = pattern.search(left) if before else pattern.match(right)
        if m is None:
            continue
        if before:
            at = start - len(left) + m.start()
            words = m.group().split()
            found.append((len(left) - m.start() + len(words), kind, (at, at + len(words[0]))))
        else:
            word = m.group().split()[-1]
            found.append((m.end() - len(word), kind, (end + m.end() - len(word), end + m.end())))
    best = min(found, key=lambda f: f[0], default=None)
    return best[1:] if best else None
