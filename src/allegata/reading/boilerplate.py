"""Which sentences are no part of the story: headings, teasers, calls to the reader, credits, signatures.

Rules, not a model: pages that Allegata meets have more of these, and other ones, than articles that were
cleaned for labelling. Phrases are in ``vocab/boilerplate.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from allegata.model import Span
from allegata.reading.sentences import LINE_END
from allegata.vocab import load

MAX_LINE = 400
"""Characters. A longer line is a paragraph: no phrase in it makes it boilerplate."""

MAX_HEADING_WORDS = 16
MAX_ASKING_WORDS = 8

_BULLET = re.compile(r"^[\s\-–—•*·▪►▶»>|#:]+")
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_STOPS = frozenset(".!?…:;,\"”’')")
_HANDLE_LINE = re.compile(r"[—–-]{1,2}\s*\S[^\n]{0,80}\(@\w{1,30}\)")
_BYLINE_NAME = re.compile(r"(?:[A-Z][\w.'’-]*|and|&|,|for|of|in|de|van|von|al|bin)$")
_STAMP = re.compile(
    r"(?:\w+\.? \d{1,2},? \d{4}|\d{1,2}(?:st|nd|rd|th)? \w+\.?,? \d{4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
    r"[\s,|–—-]*(?:(?:at )?\d{1,2}[:.]\d\d[\w. :+]{0,16})?$"
)
_MINUTES = re.compile(
    r"\d{1,3} min(?:ute)?s?(?: read| ago)?$|\d{1,3} (?:hours?|days?|shares|comments|views)(?: ago)?$"
)
_CREDIT = re.compile(r"\W{0,2}[A-Z][\w&.-]*(?:\s?/\s?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}){1,3}\W{0,2}$")
"""An agency and its photographer, "(Agency/First Last)"."""
_COUNTED = re.compile(r"(?:slideshow|gallery|photos?|images?|videos?)\s*\(?\d{1,4}(?: \w+)?\)?$")
_RATE = re.compile(r"\(?\s*[$€£¥]?\s?\d[\d.,]*(?: [a-z.]+){0,4}\s*(?:=|equals? to|equals?)\s*[$€£¥]?\s?\d")
"""What a currency is worth, at the foot of agency reports."""
_HELPED = re.compile(
    r"[^.]{1,120} (?:contributed (?:reporting|to this)|reported from [A-Z])[^.]{0,120}\.?\)?$"
)
_ASKING = re.compile(
    r"(?:Who|What|When|Where|Why|How|Which|Is|Are|Was|Will|Can|Could|Does|Do|Did|Should|Has|Have)\b[^\"“”‘]*$"
)
_FINITE = re.compile(r"(?:is|are|was|were|has|have|had|said|says|will|would|did|does)$")


@lru_cache(maxsize=1)
def _phrases() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(p) for p in sorted(words, key=len, reverse=True)) + r")(?!\w)"
        )
        for kind, words in load("boilerplate").items()
        if kind != "small_words"
    }


def mark_boilerplate(text: str, spans: Sequence[Span], title: str | None) -> list[bool]:
    """For each sentence, whether it is no part of the story. ``spans`` are sorted sentences of ``text``."""
    marks: list[bool] = []
    lines = _lines_of(text, spans)
    for number, (begin, end, members) in enumerate(lines):
        line = text[begin:end]
        whole = (_is_boilerplate_line(line) if len(members) == 1 else _points_elsewhere(line)) or (
            bool(title) and _same(line, title or "")
        )
        if not whole and len(members) == 1:
            after = lines[number + 1] if number + 1 < len(lines) else None
            follows = text[after[0] : min(after[1], after[0] + MAX_LINE)] if after else ""
            longer = after is not None and after[1] - after[0] > end - begin
            before = lines[number - 1] if number else None
            whole = _is_heading(line, before is None, longer or _is_titled(follows))
            if not whole and before is not None and _is_fact(line):
                earlier = text[before[0] : min(before[1], before[0] + MAX_LINE)]
                whole = any(_is_titled(beside) or _is_fact(beside) for beside in (earlier, follows))
        for start, stop in members:
            own = len(members) > 1 and _is_call(text[start:stop])
            marks.append(whole or own or not any(c.isalnum() for c in text[start : min(stop, start + 500)]))
    return marks


def _lines_of(text: str, spans: Sequence[Span]) -> list[tuple[int, int, list[Span]]]:
    """Sentences grouped by the line they stand on, as (start, end, sentences)."""
    groups: list[list[Span]] = []
    for span in spans:
        if groups and not LINE_END.search(text, groups[-1][-1][1], span[0]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [(group[0][0], group[-1][1], group) for group in groups]


def _is_boilerplate_line(line: str) -> bool:
    if len(line) > MAX_LINE:
        return False
    if _points_elsewhere(line) or _is_call(line):
        return True
    bare = _BULLET.sub("", line).strip()
    low = bare.casefold()
    opening = _phrases()["credits"].match(low)
    if opening and (_is_label(low, opening.end()) or _is_byline(bare, opening.end())):
        return True
    return any(p.match(bare) for p in (_STAMP, _CREDIT, _HELPED)) or any(
        p.match(low) for p in (_MINUTES, _COUNTED, _RATE)
    )


def _points_elsewhere(line: str) -> bool:
    """True for a teaser, and for the signature of a quoted post."""
    if len(line) > MAX_LINE:
        return False
    if _HANDLE_LINE.match(line):
        return True
    low = _BULLET.sub("", line).strip().casefold()
    opening = _phrases()["teasers"].match(low)
    return bool(opening) and _stands_alone(low, opening.end() if opening else 0)


def _is_call(text: str) -> bool:
    """True for a call to the reader, a line about the page, the credit of a picture."""
    low = text[: MAX_LINE + 1].casefold()
    known = _phrases()
    return len(text) <= MAX_LINE and bool(known["calls"].search(low) or known["picture_marks"].search(low))


def _stands_alone(low: str, at: int) -> bool:
    """True where a teaser's opening says enough ("you may also like"), or its object follows ("watch: …")."""
    rest = low[at:].lstrip()
    return not rest or rest[0] in ":|–—>»(" or " " in low[:at]


def _is_label(low: str, at: int) -> bool:
    """True where a colon or a bar follows, or a dash with spaces about it."""
    rest = low[at:].lstrip()
    return not rest or rest[0] in ":|" or (rest[0] in "-–—" and low[at : at + 1] == " ")


def _is_byline(bare: str, at: int) -> bool:
    """True for "By Ana Petrova and Li Wei": names and nothing else, without a full stop."""
    words = bare[at:].replace("|", " ").split()
    if not 1 <= len(words) <= 10 or not words[0][:1].isupper():
        return False
    return all(
        _BYLINE_NAME.match(word.strip(",;")) or word[:1].isupper() for word in words if word.strip(",;")
    )


def _is_heading(line: str, first: bool, heads: bool) -> bool:
    """True for a short line without a full stop whose words are capitalised, that asks, or that has no verb.
    ``heads``: something longer follows, or another heading."""
    bare = _BULLET.sub("", line).strip()
    if not _is_short(bare):
        return False
    words = _WORD.findall(bare)
    if bare == bare.upper() and any(c.isalpha() for c in bare):
        return True
    if _is_titled(line):
        return heads or first
    if bare.endswith("?"):
        return heads and len(words) <= MAX_ASKING_WORDS and bool(_ASKING.match(bare))
    return heads and len(words) <= 8 and not any(_FINITE.match(w.casefold()) for w in words)


def _is_titled(line: str) -> bool:
    """True for a short line without a full stop whose words are capitalised."""
    bare = _BULLET.sub("", line).strip()
    if not _is_short(bare):
        return False
    words = _WORD.findall(bare)
    small = load("boilerplate")["small_words"]
    telling = [w for w in words if w.casefold() not in small and not w[:1].isdigit()]
    capitals = sum(w[:1].isupper() for w in telling)
    return len(words) > 1 and bool(telling) and capitals >= 0.75 * len(telling)


def _is_short(bare: str) -> bool:
    if not bare or len(bare) > MAX_LINE or (bare[-1] in _STOPS and not bare.endswith("?")):
        return False
    return 1 <= len(_WORD.findall(bare)) <= MAX_HEADING_WORDS


def _is_fact(line: str) -> bool:
    """True for a line of a box of facts: "Who is accused: the port company"."""
    label, colon, rest = _BULLET.sub("", line).strip().partition(": ")
    if not colon or len(label.split()) > 4 or not _is_short(rest):
        return False
    return label[:1].isupper() and not any(_FINITE.match(w.casefold()) for w in _WORD.findall(rest))


def _same(line: str, title: str) -> bool:
    return _WORD.findall(line.casefold()) == _WORD.findall(title[:MAX_LINE].casefold()) != []
