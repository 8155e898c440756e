"""The many services that `apprise` knows: chats, pagers, phones. An extra: ``pip install
allegata[notify]``."""

from __future__ import annotations

import threading

from allegata.runs.messages import Message
from allegata.runs.targets import TargetError

TOTAL = 30.0
"""Seconds for one message. apprise bounds each answer of a service, not all of them together."""


def send(url: str, message: Message) -> None:
    """Raises TargetError where the service does not take it in time."""
    try:
        import apprise
    except ImportError as error:
        raise TargetError("apprise is not installed: pip install 'allegata[notify]'") from error
    service = apprise.Apprise()
    if not service.add(url):
        raise TargetError("apprise knows no such service: check the address")
    taken: list[bool] = []

    def notify() -> None:
        taken.append(bool(service.notify(body=message.words, title=message.subject)))

    thread = threading.Thread(target=notify, daemon=True)
    thread.start()
    thread.join(TOTAL)
    if not taken:
        raise TargetError("the service took too long, or failed: it is tried again later")
    if not taken[0]:
        raise TargetError("the service did not take it: check its address and token")
