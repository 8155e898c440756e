"""What a site lets robots get (robots.txt, RFC 9309), asked once a run for each site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from allegata.capture.asking import Answer
from allegata.capture.items import CaptureError, tool_name

LONGEST = 500 * 1024
"""Bytes that are read at least of a robots.txt, by the RFC; no more are."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether an address may be asked for, how many seconds are to lie between two requests, and why not.
    ``known`` is false where the site's rules cannot be had now."""

    allowed: bool
    delay: float = 0.0
    note: str = ""
    known: bool = True


class Robots:
    """The rules of each site, kept for one run. ``ask`` gets an address."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self._ask = ask
        self._rules: dict[str, str | Leave] = {}

    def leave(self, url: str) -> Leave:
        """A site without rules allows all; one whose rules cannot be had now allows nothing now."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._get(f"{site}/robots.txt")
        rules = self._rules[site]
        if isinstance(rules, Leave):
            return rules
        from protego import Protego

        found = Protego.parse(rules)
        agent = tool_name().partition("/")[0]
        if not found.can_fetch(url, agent):
            return Leave(False, note="the site's robots.txt does not let robots get it")
        return Leave(True, float(found.crawl_delay(agent) or 0.0))

    def _get(self, url: str) -> str | Leave:
        try:
            answer = self._ask(url)
        except CaptureError as error:
            return Leave(False, note=f"the site's robots.txt {error}", known=False)
        if answer.status == 429 or answer.status >= 500:
            note = f"the site's robots.txt answered with status {answer.status}, so nothing else is asked for"
            return Leave(False, note=note, known=False)
        return answer.body[:LONGEST].decode("utf-8", "replace") if answer.status == 200 else ""
