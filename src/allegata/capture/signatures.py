"""The line under a quoted post that says whose it is: "— Ann Lee (@annlee) March 6, 2025" and how else it
is put."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allegata.capture.markup import fold
from allegata.vocab import load

_TAIL = 300
"""Characters at the end of a post in which its signature is looked for."""
_HANDLE = r"@[\w.]{1,50}(?:@[\w.-]{3,80})?"
_REST = r"(?P<rest>[^@\n]{0,60})\Z"
_FORMS = (
    # — Ann Lee (@annlee) March 6, 2025
    re.compile(
        rf"\s*(?:[—–―]|--|(?<=\s)-)\s*(?P<name>[^@\n—]{{0,80}}?)\s*\(?(?P<handle>{_HANDLE})\)?{_REST}"
    ),
    # A post shared by Ann Lee (@annlee)
    re.compile(
        rf"(?:\A|\n)\s*(?:an?\s)?(?:post|video|reel|thread)\s(?:shared\s)?by\s(?P<name>[^@\n]{{0,80}}?)\s*"
        rf"\(?(?P<handle>{_HANDLE})\)?{_REST}",
        re.IGNORECASE,
    ),
    # Posted by Ann Lee on Thursday, March 6, 2025
    re.compile(
        r"(?:\A|\n)\s*posted\sby\s(?P<name>[^@\n]{1,80}?)(?P<handle>)\s(?:on|at)\s(?P<rest>[^@\n]{4,60})\Z",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as far as the line says; ``rest`` is what follows, mostly the date."""

    name: str | None = None
    handle: str | None = None
    rest: str = ""


def split_signature(text: str) -> tuple[str, Signature | None]:
    """The words of a post, and its signature if it ends in one."""
    text = _without_calls(text.strip())
    start = max(0, len(text) - _TAIL)
    for form in _FORMS:
        if found := form.search(text, start):
            name = found["name"].strip(" ,:(")
            signature = Signature(name or None, found["handle"] or None, found["rest"].strip(" ,·|()\n"))
            return _without_calls(text[: found.start()].strip()), signature
    return text, None


def _without_calls(text: str) -> str:
    """``text`` without a last line or words like "View on Mastodon", which belong to the frame of a post."""
    calls = tuple(load("pages")["embeds"]["words_of_links"])
    while True:
        head, _, last = text.rpartition("\n")
        if len(last) < 60 and fold(last).startswith(calls):
            shorter = head.rstrip()
        else:
            end = next((c for c in calls if fold(text[-len(c) :]) == c), "")
            shorter = text[: len(text) - len(end)].rstrip(" ·|—-\n(") if end else text
        if shorter == text or not shorter:
            return "" if not shorter else text
        text = shorter
