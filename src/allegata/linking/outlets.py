"""Names of outlets in a text: those of the vocabulary, sites, and unknown ones by their form ("the Iraqi
newspaper al-Sabah", "the Shafaq news agency", "Hournews.net")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from allegata.linking.credits import core, fold, known_outlet
from allegata.linking.listings import listed_families, listed_outlets
from allegata.model import Span
from allegata.vocab import countries, load

MOST = 60_000
"""Characters of a text that are searched."""

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*!?|&")
_SITE = re.compile(
    r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,40}\.){1,3}(?:[a-z]{2,6}))(?=[/?#:\s,;.)\]'’”\"]|$)[^\s)\]”\"]{0,200}",
    re.IGNORECASE,
)
_PLATFORMS = re.compile(
    r"(?:^|\.)(?:twitter|x|t|facebook|fb|youtube|youtu|instagram|tiktok|reddit|vk|telegram|bit|goo|imgur|twimg|"
    r"flickr|google|wikipedia|archive|amazon|apple|pic\.twitter)\.(?:com|co|be|me|gl|ly|org)$",
    re.IGNORECASE,
)
_GAP = r"[^\S\n]{1,3}"
_NAME_TOKEN = r"(?:[A-ZÀ-ÞĀ-Ž][\w'’&.-]{0,40}|[Aa]l|[Ee]l|of|de|del|[Aa]l-[\w'’-]{1,40}|[Ee]l-[\w'’-]{1,40})"


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet named in a text. ``name`` is its full name where it is known, else as printed; ``sure`` is
    false where the words may mean something else, so that the context must say that it is an outlet."""

    name: str
    span: Span
    sure: bool


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First token -> (all tokens, full name), the longest first. Tokens keep their case: "Metro",
    "TIME"."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for table in (listed_outlets(), load("wires")["agencies"]):
        for name, others in table.items():
            for form in (name, *others):
                tokens = tuple(m.group() for m in _TOKEN.finditer(form))
                if tokens and "." not in form.strip("."):
                    out.setdefault(tokens[0], []).append((tokens, name))
    return {k: tuple(sorted(set(v), key=lambda x: (-len(x[0]), x))) for k, v in out.items()}


@lru_cache(maxsize=1)
def _by_site() -> dict[str, str]:
    table = listed_outlets()
    return {o.lower(): name for name, others in table.items() for o in (name, *others) if "." in o}


@lru_cache(maxsize=1)
def _bare() -> frozenset[str]:
    return frozenset(load("outlets")["bare"]["names"])


@lru_cache(maxsize=1)
def _owners() -> dict[str, str]:
    return {fold(known_outlet(n) or n): owner for n, owner in listed_families().items()}


def _of_site(host: str) -> str:
    """The outlet of a host: a listed one, one whose name the host spells, else the host."""
    label = re.sub(
        r"\W", "", host.split(".")[-3 if host.endswith((".co.uk", ".com.au")) and host.count(".") > 1 else 0]
    )
    return _by_site().get(host) or _squeezed().get(label) or host


@lru_cache(maxsize=1)
def _squeezed() -> dict[str, str]:
    names = listed_outlets()
    return {k: n for n in names if len(k := re.sub(r"\W", "", fold(n))) > 6}


def family(name: str) -> str | None:
    """The owner or syndicate of a known outlet."""
    return _owners().get(fold(known_outlet(name) or name))


@lru_cache(maxsize=1)
def _nouns() -> str:
    listed = sorted(load("outlets")["form"]["nouns"], key=len, reverse=True)
    return "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in listed)


_WORD = r"[A-ZÀ-Þ][\w'’-]{0,40}"


@lru_cache(maxsize=1)
def _formed() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Noun before the name, noun after it, an ending that makes the name."""
    endings = "|".join(load("outlets")["form"]["endings"])
    more = rf"(?:{_GAP}{_NAME_TOKEN}){{0,3}}"
    kind = r"(?i:online|daily|state|news|satellite|print)"
    return (
        re.compile(
            rf"\b(?:{_nouns()})(?:,|{_GAP}called|{_GAP}named)?{_GAP}[“\"‘]?"
            rf"((?:The{_GAP})?(?:[Aa]l|[Ee]l)?[ -]?{_WORD}{more})"
        ),
        re.compile(rf"\b((?:[Aa]l[ -])?{_WORD}{more}){_GAP}(?:{kind}{_GAP})?(?:{_nouns()})\b"),
        re.compile(rf"\b((?:{_WORD}\.?{_GAP}(?:(?:of|the|and|&){_GAP})?){{1,3}}(?:{endings}))\b(?!['’]?\w)"),
    )


def find_outlets(text: str) -> list[Outlet]:
    """Outlets named in a text, in order, no two overlapping; known ones before those found by form."""
    text = text[:MOST]
    found: list[Outlet] = []
    taken = bytearray(len(text))

    def add(name: str, span: Span, sure: bool) -> None:
        if not any(taken[span[0] : span[1]]):
            taken[span[0] : span[1]] = b"\1" * (span[1] - span[0])
            found.append(Outlet(name, span, sure))

    for m in _SITE.finditer(text):
        host = m.group(1).lower().strip(".")
        ending = host.split(".", 1)[1] if "." in host else ""
        spelled = any(ending.endswith(h) for h in load("outlets")["form"]["hosts"])
        if spelled and not _PLATFORMS.search(host) and text[max(0, m.start() - 1) : m.start()] != "@":
            end = m.end() - len(m.group()) + len(m.group().rstrip(".,;:'’"))
            add(_of_site(host), (m.start(), end), True)
    tokens = list(_TOKEN.finditer(text))
    i = 0
    while i < len(tokens):
        step = 1
        for forms, name in _known().get(_bared(tokens[i].group()), ()):
            last = i + len(forms)
            here = [_bared(t.group()) for t in tokens[i:last]]
            if tuple(here) == forms and _joined(text, tokens[i:last]):
                start, end = tokens[i].start(), tokens[last - 1].start() + len(here[-1])
                if not _goes_on(text, start, end):
                    add(name, (start, end), " ".join(forms) not in _bare())
                    step = len(forms)
                    break
        i += step
    before, after, ending_in = _formed()
    named = set()  # ends of the nouns that a name follows: "the Velmian newspaper al-Dhifa"
    for pattern, sure in ((before, True), (after, True), (ending_in, False)):
        for m in pattern.finditer(text):
            if pattern is before:
                named.add(m.start() + len(m.group()[: m.start(1) - m.start()].rstrip(' ,“"‘')))
            elif m.end() in named:
                continue
            span = _trim(text, m.span(1))
            if span and not (pattern is ending_in and _is_called(text, span[0])):
                printed = text[slice(*span)]
                add(known_outlet(printed) or printed, span, sure)
    return sorted(found, key=lambda o: o.span)


def _bared(token: str) -> str:
    return re.sub(r"['’]s?$", "", token)


def _joined(text: str, tokens: list[re.Match[str]]) -> bool:
    """Only spaces and marks of one name between the tokens."""
    return all(
        len(text[a.end() : b.start()]) <= 3 and "\n" not in text[a.end() : b.start()]
        for a, b in pairwise(tokens)
    )


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the words are a part of a longer name: "BBC Trust", "Rebekah Metro", "#CNN", "@nytimes"."""
    if start and text[start - 1] in "@#/":
        return True
    left = re.search(r"([A-ZÀ-Þ][\w'’-]*)\s$", text[max(0, start - 30) : start])
    if (
        left
        and not text[end : end + 1].isalpha()
        and left.group(1) not in ("The", "According", "Citing", "Via", "In")
    ):
        single = " " not in text[start:end]
        opening = re.search(r"(?:^|[.!?”\"\n]\s*)$", text[: max(0, start - len(left.group()))][-3:])
        if single and text[start:end] in _bare() and not opening:
            return True
    longer = re.match(r"[^\S\n]+[A-ZÀ-Þ][\w'’-]*", text[end : end + 30])
    return longer is not None and (
        text[start:end] in _bare() or longer.group().strip() in ("Agency", "Trust", "Corporation")
    )


_THING = re.compile(
    r"\b(?:an?|the|its|their|his|her|our)\s+(?:[\w-]{1,30}\s+){0,2}?([a-z]{3,20})\s$", re.IGNORECASE
)
_ADJECTIVE = re.compile(r"(?:al|ar|ary|ed|ent|ese|ic|ing|ish|ist|ive|less|ous|ern|ian)$")


def _is_called(text: str, start: int) -> bool:
    """Whether a noun before the name says what else it is: "the trawler Morning Star"."""
    m = _THING.search(text[max(0, start - 80) : start])
    if m is None or _drops(m.group(1)) or _ADJECTIVE.search(m.group(1)):
        return False
    return m.group(1) not in load("outlets")["form"]["nouns"]


def _trim(text: str, span: Span) -> Span | None:
    """A name without articles, nations, possessives and nouns before it; ``None`` where nothing is left."""
    start, end = span
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    while words:
        word = text[slice(*words[0])]
        if len(words) > 1 and countries.actor_country(_bared(text[words[0][0] : words[1][1]])):
            words = words[2:]
        elif re.search(r"['’]s?$", word) or _drops(word):
            words.pop(0)
        else:
            break
    while words and text[slice(*words[-1])].lower() in ("of", "the", "and", "de", "del", "al", "el"):
        words.pop()
    if not words:
        return None
    printed = text[words[0][0] : words[-1][1]].rstrip(".,'’")
    if not core(printed) or len(printed) < 2 or (len(words) == 1 and fold(printed) in _kinds()):
        return None
    return words[0][0], words[0][0] + len(printed)


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    return frozenset(
        fold(w) for w in (*load("outlets")["form"]["nouns"], *load("outlets")["form"]["endings"])
    )


@lru_cache(maxsize=1)
def _loose() -> frozenset[str]:
    return frozenset(load("outlets")["form"]["before"])


def _drops(word: str) -> bool:
    bare = word.strip("“\"‘'’,")
    plain = bare.lower()
    return plain in _loose() or countries.actor_country(bare) is not None or plain.endswith("-language")
