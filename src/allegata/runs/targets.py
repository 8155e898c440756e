"""Where a watch can send what it finds, as a person writes it: ``atom:FILE``, ``json:FILE``,
``mailto:ADDRESS``, an ``https`` address for a webhook, ``apprise:URL`` for the many services that apprise
knows.

Secrets are not kept in the store: they come from the environment, and ``apprise:$NAME`` names a variable.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

SECRET = "ALLEGATA_WEBHOOK_SECRET"
SMTP = "ALLEGATA_SMTP"
SENDER = "ALLEGATA_MAIL_FROM"

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,255}")

Kind = Literal["atom", "json", "mail", "webhook", "apprise"]


class TargetError(Exception):
    """A target that cannot be used. The message is one line: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    kind: Kind
    value: str


def parse(words: str) -> Target:
    """The Target that ``words`` name. Raises TargetError."""
    scheme, _, rest = words.strip().partition(":")
    kind = scheme.lower()
    if kind in ("atom", "json"):
        return _file("atom" if kind == "atom" else "json", rest)
    if kind == "mailto":
        if not _ADDRESS.fullmatch(rest):
            raise TargetError(f"{_shown(words)}: is no mail address; give one like mailto:desk@paper.example")
        name, _, domain = rest.partition("@")
        try:
            Address(username=name, domain=domain)
        except (ValueError, IndexError) as error:
            raise TargetError(f"{_shown(words)}: is no mail address ({error})") from error
        return Target("mail", rest)
    if kind in ("http", "https"):
        try:
            parts = urlsplit(words.strip())
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise TargetError(f"{_shown(words)}: is no valid address: check it") from error
        if not host or parts.username is not None:
            raise TargetError(f"{_shown(words)}: needs a host, and no user name in it")
        return Target("webhook", words.strip())
    if kind == "apprise" and rest.strip():
        return Target("apprise", rest.strip())
    raise TargetError(
        f"{_shown(words)}: is no target; give atom:FILE, json:FILE, mailto:ADDRESS, https://…, or apprise:URL"
    )


def check(target: Target) -> None:
    """TargetError where something that the target needs is not there now, such as a secret."""
    if target.kind == "webhook":
        secret()
    elif target.kind == "mail":
        mail_settings()
    elif target.kind == "apprise":
        apprise_url(target)


def secret() -> bytes:
    value = os.environ.get(SECRET, "")
    if len(value) < 16:
        raise TargetError(f"a webhook is signed: set {SECRET} to a secret of 16 characters or more")
    return value.encode()


def mail_settings() -> tuple[str, str]:
    """(address of the server, sender)."""
    server, sender = os.environ.get(SMTP, ""), os.environ.get(SENDER, "")
    if urlsplit(server).scheme not in ("smtp", "smtps") or not urlsplit(server).hostname:
        raise TargetError(f"mail needs a server: set {SMTP} to smtp://USER:PASSWORD@HOST:PORT, or smtps://")
    if not _ADDRESS.fullmatch(sender):
        raise TargetError(f"mail needs a sender: set {SENDER} to an address")
    return server, sender


def apprise_url(target: Target) -> str:
    """The service's address, looked up where it is the name of a variable."""
    if not target.value.startswith("$"):
        return target.value
    value = os.environ.get(target.value[1:], "")
    if not value:
        raise TargetError(f"apprise:{_shown(target.value)}: the environment has no such variable; set it")
    return value


def _file(kind: Literal["atom", "json"], name: str) -> Target:
    if not name.strip() or "\0" in name:
        raise TargetError(f"{kind}: needs a file; give {kind}:FILE")
    path = Path(name).absolute()
    if path.is_dir() or not path.parent.is_dir():
        raise TargetError(f"{kind}:{_shown(name)}: cannot be written; give a file in a folder that is there")
    return Target(kind, str(path))


def _shown(words: str) -> str:
    return " ".join(words.split())[:120]
