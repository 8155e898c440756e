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
    """Whether an address may be asked for, how many seconds are to lie between two requests, and why not."""

    allowed: bool
    delay: float = 0.0
    note: str = ""


class Robots:
    """The rules of each site, kept for one run. ``ask`` gets an address."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self._ask = ask
        self._rules: dict[str, str | None] = {}

    def leave(self, url: str) -> Leave:
        """A site without rules allows all; one whose rules cannot be had now allows nothing now."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._get(f"{site}/robots.txt")
        rules = self._rules[site]
        if rules is None:
            return Leave(False, note="the site's robots.txt cannot be had, so nothing is asked of it for now")
        from protego import Protego

        found = Protego.parse(rules)
        agent = tool_name().partition("/")[0]
        if not found.can_fetch(url, agent):
            return Leave(False, note="the site's robots.txt does not let robots get it")
        return Leave(True, float(found.crawl_delay(agent) or 0.0))

    def _get(self, url: str) -> str | None:
        try:
            answer = self._ask(url)
        except CaptureError:
            return None
        if answer.status == 429 or answer.status >= 500:
            return None
        return answer.body[:LONGEST].decode("utf-8", "replace") if answer.status == 200 else ""
