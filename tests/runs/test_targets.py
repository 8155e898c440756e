"""Webhooks, mail and services: what is sent, how it is signed, and how long anybody is waited for."""

from __future__ import annotations

import base64
import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from allegata.capture import CaptureError, Limits
from allegata.capture.asking import ask
from allegata.monitoring.events import Event
from allegata.runs import mail, services, webhooks
from allegata.runs.messages import Message
from allegata.runs.targets import TargetError
from allegata.runs.webhooks import TOLERANCE, is_genuine, sign

from .watched import server

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = b"a secret of the test's own"
HOSTILE = "Alleged: shelled\r\nBcc: all@paper.example \ud800"


def message(title: str = "Alleged: the port was shelled", number: int = 1) -> Message:
    events = [
        (n, NOW.isoformat(), Event(f"k{n}", "new_claim", "c1", title, "1 → 2", None)) for n in range(number)
    ]
    return Message("0b5f6a9e", "port", NOW.isoformat(), tuple(events))


class Receiver(BaseHTTPRequestHandler):
    """Remembers what it got; ``/500`` fails, ``/away`` redirects, ``/hang`` never answers, ``/drip`` hardly
    does."""

    got: list[tuple[dict[str, str], bytes]]
    gate: threading.Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/hang":
            self.gate.wait(30)
            return
        if self.path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.gate.wait(0.05):
                try:
                    self.wfile.write(b"X-More: 1\r\n")
                except OSError:
                    return
            return
        self.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response({"/500": 500, "/away": 302}.get(self.path, 204))
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        return None


@pytest.fixture
def hook() -> Iterator[tuple[str, type[Receiver]]]:
    made = type("Made", (Receiver,), {"got": [], "gate": threading.Event()})
    with server(made) as address:
        yield address, made
        made.gate.set()


def test_a_webhook_is_genuine_for_whoever_has_the_secret(hook: tuple[str, type[Receiver]]) -> None:
    address, receiver = hook
    webhooks.send(f"{address}/a", message(), SECRET, NOW, allow_private=True)
    ((headers, body),) = receiver.got
    assert json.loads(body)["events"][0]["kind"] == "new_claim" and headers["webhook-id"] == "0b5f6a9e"
    assert is_genuine(SECRET, headers, body, NOW)
    assert not is_genuine(b"another secret", headers, body, NOW)
    assert not is_genuine(SECRET, headers, body + b" ", NOW)
    assert not is_genuine(SECRET, {**headers, "webhook-id": "other"}, body, NOW)
    assert not is_genuine(SECRET, {}, body, NOW)


def test_an_old_webhook_cannot_be_played_again(hook: tuple[str, type[Receiver]]) -> None:
    address, receiver = hook
    webhooks.send(f"{address}/a", message(), SECRET, NOW, allow_private=True)
    ((headers, body),) = receiver.got
    later = NOW + timedelta(seconds=TOLERANCE + 2)
    assert not is_genuine(SECRET, headers, body, later)
    renewed = {**headers, "webhook-timestamp": str(int(later.timestamp()))}
    assert not is_genuine(SECRET, renewed, body, later)


def test_a_secret_may_be_said_in_base64() -> None:
    plain, said = b"\x00\x01 a key of bytes", b"whsec_" + base64.b64encode(b"\x00\x01 a key of bytes")
    assert sign(said, "id", 1614265330, b"{}") == sign(plain, "id", 1614265330, b"{}")
    wanted = hmac.digest(plain, b"id.1614265330.{}", "sha256")
    assert sign(said, "id", 1614265330, b"{}") == "v1," + base64.b64encode(wanted).decode()


def test_the_same_message_has_the_same_body_each_time() -> None:
    assert message().body == message().body and message(HOSTILE).body


@pytest.mark.parametrize(("path", "words"), [("/500", "status 500"), ("/away", "status 302")])
def test_what_is_no_success_is_told(hook: tuple[str, type[Receiver]], path: str, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        webhooks.send(hook[0] + path, message(), SECRET, NOW, allow_private=True)


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_a_webhook_that_hangs_is_left(
    hook: tuple[str, type[Receiver]], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(webhooks, "LIMITS", Limits(connect=1.0, read=0.6, total=0.8, redirects=0))
    with pytest.raises(TargetError, match="took too long"):
        webhooks.send(hook[0] + path, message(), SECRET, NOW, allow_private=True)


def test_a_webhook_does_not_reach_into_the_house(hook: tuple[str, type[Receiver]]) -> None:
    with pytest.raises(TargetError, match="not a public address"):
        webhooks.send(f"{hook[0]}/a", message(), SECRET, NOW)
    assert hook[1].got == []


def test_an_answer_is_bounded(hook: tuple[str, type[Receiver]]) -> None:
    with pytest.raises(CaptureError, match="redirects more"):
        ask(f"{hook[0]}/a", Limits(redirects=-1), post=b"", allow_private=True)


# mail ------------------------------------------------------------------------------------------------------


@pytest.fixture
def mail_server() -> Iterator[Callable[[bool], tuple[str, list[str]]]]:
    """Makes a small SMTP server that takes mail, or one that says a word now and then and never ends."""
    made: list[socket.socket] = []
    threads: list[threading.Thread] = []
    over = threading.Event()

    def make(hangs: bool) -> tuple[str, list[str]]:
        listening = socket.create_server(("127.0.0.1", 0))
        made.append(listening)
        said: list[str] = []

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rwb") as stream:
                stream.write(b"220 test\r\n")
                stream.flush()
                while line := stream.readline():
                    word = line.decode().strip()
                    if hangs:
                        while not over.wait(0.05):
                            connection.sendall(b"250-and more\r\n")
                        return
                    said.append(word)
                    if word.lower() == "data":
                        stream.write(b"354 go on\r\n")
                        stream.flush()
                        while (line := stream.readline()) != b".\r\n":
                            said.append(line.decode().rstrip("\r\n"))
                    stream.write(b"221 bye\r\n" if word.lower() == "quit" else b"250 fine\r\n")
                    stream.flush()

        def run() -> None:
            try:
                serve()
            except OSError:
                return

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        return f"smtp://127.0.0.1:{listening.getsockname()[1]}", said

    yield make
    over.set()
    for listening in made:
        listening.close()
    for thread in threads:
        thread.join(5)


def test_mail_has_the_id_of_the_delivery_and_no_header_of_the_page_s(
    mail_server: Callable[[bool], tuple[str, list[str]]],
) -> None:
    address, said = mail_server(False)
    mail.send(address, "allegata@paper.example", "desk@paper.example", message(HOSTILE))
    assert "Message-ID: <0b5f6a9e@paper.example>" in said
    assert not any(line.startswith("Bcc") for line in said[: said.index("")])
    assert "rcpt TO:<desk@paper.example>" in said


def test_a_mail_server_that_hangs_is_left(
    mail_server: Callable[[bool], tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "TOTAL", 0.5)
    address, _ = mail_server(True)
    with pytest.raises(TargetError, match="mail server"):
        mail.send(address, "allegata@paper.example", "desk@paper.example", message())


def test_no_password_is_said_without_tls(mail_server: Callable[[bool], tuple[str, list[str]]]) -> None:
    address, said = mail_server(False)
    with pytest.raises(TargetError, match="offers no TLS"):
        mail.send(address.replace("//", "//ana:pw@"), "a@paper.example", "b@paper.example", message())
    assert not any("AUTH" in line.upper() for line in said)


APPRISE = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

# services --------------------------------------------------------------------------------------------------


@APPRISE
def test_a_service_gets_the_words(hook: tuple[str, type[Receiver]]) -> None:
    services.send(hook[0].replace("http:", "json:") + "/a", message(number=2))
    ((_, body),) = hook[1].got
    assert "the port was shelled" in json.loads(body)["message"] and "2 events" in json.loads(body)["title"]


@APPRISE
def test_a_service_that_fails_or_hangs_is_told(
    hook: tuple[str, type[Receiver]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TargetError, match="did not take it"):
        services.send(hook[0].replace("http:", "json:") + "/500", message())
    with pytest.raises(TargetError, match="no such service"):
        services.send("nosuch://x", message())
    monkeypatch.setattr(services, "TOTAL", 0.3)
    with pytest.raises(TargetError, match="took too long"):
        services.send(hook[0].replace("http:", "json:") + "/hang", message())
