"""Mail, through the server that the environment names."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from allegata.runs.messages import Message
from allegata.runs.targets import TargetError

STEP, TOTAL = 15.0, 45.0
"""Seconds for one answer of the server, and for all of it."""


def send(server: str, sender: str, receiver: str, message: Message) -> None:
    """Raises TargetError where the server does not take it in time. A password is only said over TLS."""
    parts = urlsplit(server)
    host, implicit = parts.hostname or "", parts.scheme == "smtps"
    try:
        port = parts.port or (465 if implicit else 587)
        with _within(TOTAL, _connect(host, port, implicit)) as client:
            client.ehlo_or_helo_if_needed()
            if not implicit and client.has_extn("starttls"):
                client.starttls(context=ssl.create_default_context())
                client.ehlo()
                implicit = True
            if parts.username is not None:
                if not implicit:
                    raise TargetError(
                        "the mail server offers no TLS, so it is told no password: use smtps://"
                    )
                client.login(unquote(parts.username), unquote(parts.password or ""))
            client.send_message(letter(sender, receiver, message))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise TargetError(f"the mail server did not take it ({reason})") from error


def letter(sender: str, receiver: str, message: Message) -> EmailMessage:
    """The mail. Its Message-ID is the delivery's, so that one that comes twice is known."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, receiver, message.subject
    mail["Date"] = format_datetime(datetime.fromisoformat(message.made))
    mail["Message-ID"] = f"<{message.id}@{sender.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.words.encode("utf-8", "replace").decode())
    return mail


def _connect(host: str, port: int, implicit: bool) -> smtplib.SMTP:
    if implicit:
        return smtplib.SMTP_SSL(host, port, timeout=STEP, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=STEP)


@contextmanager
def _within(seconds: float, client: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    """The client, whose connection is cut when the time is over: a server that says one word every few
    seconds keeps within the time of each answer for ever."""

    def cut() -> None:
        with suppress(OSError, AttributeError):
            client.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield client
        with suppress(OSError, smtplib.SMTPException):  # it was taken: how it says goodbye changes nothing
            client.quit()
    finally:
        timer.cancel()
        client.close()
