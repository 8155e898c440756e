"""Webhooks, signed as Standard Webhooks 1.0 has it: over id, time and body, so that nobody forges one and an
old one cannot be played again. The id stays the same when one is sent again, so that a receiver can drop
it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime

from allegata.capture.asking import Answer, ask
from allegata.capture.items import CaptureError, Limits
from allegata.runs.messages import Message
from allegata.runs.targets import TargetError

LIMITS = Limits(page=65_536, connect=5.0, read=10.0, total=20.0, redirects=0)
"""A receiver that hangs is left after 20 seconds."""

TOLERANCE = 300
"""Seconds that a message may be old, or from the future, before a receiver should refuse it."""


def sign(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256, base64, of ``id.timestamp.body``."""
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def is_genuine(secret: bytes, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """For receivers: whether a message is from whoever has the secret, and of the last minutes. Names of
    headers in lower case. It is still to be dropped where its ``webhook-id`` was had before."""
    said = headers.get("webhook-timestamp", "")
    if not (said.isascii() and said.isdecimal()) or len(said) > 12:
        return False
    if abs(now.timestamp() - int(said)) > TOLERANCE:
        return False
    wanted = sign(secret, headers.get("webhook-id", ""), int(said), body)
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(wanted.encode(), one.encode("utf-8", "replace")) for one in given)


def send(
    url: str,
    message: Message,
    secret: bytes,
    now: datetime,
    *,
    allow_private: bool = False,
    asking: Callable[..., Answer] = ask,
) -> None:
    """Raises TargetError where the receiver does not answer with a status of 200 to 299 in time."""
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secret, message.id, timestamp, message.body),
    }
    try:
        answer = asking(url, LIMITS, headers=headers, post=message.body, allow_private=allow_private)
    except CaptureError as error:
        raise TargetError(str(error)) from error
    if not 200 <= answer.status < 300:
        raise TargetError(f"answered with status {answer.status}")


def _key(secret: bytes) -> bytes:
    """A secret as it is, or, where it begins as Standard Webhooks' do, what it says in base64."""
    if secret.startswith(b"whsec_"):
        try:
            return base64.b64decode(secret[6:], validate=True)
        except ValueError:
            return secret
    return secret
