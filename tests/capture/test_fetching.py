"""Getting pages from the web: only what is public, so much, and so long. The server is the test's."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore
import pytest

from allegata.capture import CaptureError, Item, Limits, open_source
from allegata.capture.addresses import is_public
from allegata.capture.fetching import fetch

PAGE = b"<html><head><title>Tankers</title></head><body><p>Two tankers left without papers.</p></body></html>"
Answer = Callable[[BaseHTTPRequestHandler], None]


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes = PAGE,
    status: int = 200,
    declared: int | None = None,
    **headers: str,
) -> None:
    handler.send_response(status)
    given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(declared or len(body))}
    for name, value in {**given, **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<p>more and more</p>" * 1_000)
    except OSError:
        pass


def trickle(handler: BaseHTTPRequestHandler) -> None:
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(200):
            handler.wfile.write(b"X-%d: y\r\n" % n)
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


ANSWERS: dict[str, Answer] = {
    "/page": send,
    "/packed": lambda h: send(h, gzip.compress(PAGE), Content_Encoding="gzip"),
    "/bomb": lambda h: send(h, gzip.compress(b"<p>" + b"a" * 30_000_000), Content_Encoding="gzip"),
    "/damaged": lambda h: send(h, gzip.compress(PAGE)[:30] + b"\xff" * 30, Content_Encoding="gzip"),
    "/odd": lambda h: send(h, PAGE, Content_Encoding="compress"),
    "/latin": lambda h: send(
        h, "<p>Le préfet a démenti.</p>".encode("latin-1"), Content_Type="text/html; charset=latin-1"
    ),
    "/gone": lambda h: send(h, b"gone", 404),
    "/empty": lambda h: send(h, b""),
    "/short": lambda h: send(h, PAGE, declared=10_000),
    "/pdf": lambda h: send(h, b"%PDF-1.7", Content_Type="application/pdf"),
    "/moved": lambda h: send(h, b"", 302, Location="/page"),
    "/loop": lambda h: send(h, b"", 302, Location="/loop"),
    "/to-file": lambda h: send(h, b"", 301, Location="file:///etc/passwd"),
    "/to-user": lambda h: send(h, b"", 301, Location="http://ana:secret@public.example/page"),
    "/to-private": lambda h: send(h, b"", 301, Location="http://inside.example/page"),
    "/to-mapped": lambda h: send(h, b"", 301, Location="http://[::ffff:10.0.0.1]/page"),
    "/to-loopback": lambda h: send(h, b"", 301, Location="http://127.0.0.1/page"),
    "/lines": lambda h: send(h, b'{"id": "a", "text": "One."}\n' * 2_000, Content_Type="application/jsonl"),
    "/endless": endless,
    "/trickle": trickle,
    "/slow": lambda h: time.sleep(1.5),
}


class Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        self.close_connection = True
        ANSWERS[self.path](self)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    handler = type("Bound", (Handler,), {"seen": []})
    made = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def seen(server: ThreadingHTTPServer) -> list[tuple[str, dict[str, str]]]:
    return server.RequestHandlerClass.seen  # type: ignore[attr-defined, no-any-return]


class ToServer(httpcore.SyncBackend):
    """Whatever address was checked, the connection goes to the test's server; keeps what was asked for."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        super().__init__()
        self.port = server.server_address[1]
        self.asked: list[str] = []

    def connect_tcp(self, host: str, port: int, *args: object, **kwargs: object) -> httpcore.NetworkStream:
        self.asked.append(host)
        return super().connect_tcp("127.0.0.1", self.port, *args, **kwargs)  # type: ignore[arg-type]


NAMES = {
    "public.example": ["93.184.216.34"],
    "inside.example": ["10.0.0.5"],
    "mixed.example": ["93.184.216.34", "127.0.0.1"],
}


def look_up(host: str, port: int) -> list[str]:
    if host in NAMES:
        return NAMES[host]
    if host.replace(".", "").isdigit() or ":" in host:
        return [host]
    raise socket.gaierror("unknown")


def at(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}{path}"


# what comes back -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/page", "/packed", "/moved"])
def test_a_page_with_how_it_was_got(server: ThreadingHTTPServer, path: str) -> None:
    (item,) = open_source(at(server, path), allow_private=True)
    assert isinstance(item, Item)
    assert item.document.text == "Two tankers left without papers."
    assert item.body == PAGE
    capture = item.capture
    assert capture.url_asked == at(server, path)
    assert capture.url_reached == at(server, "/page" if path == "/moved" else path)
    assert (capture.status, capture.media_type) == (200, "text/html")
    assert item.document.url == capture.url_reached
    headers = seen(server)[-1][1]
    assert headers["user-agent"].startswith("allegata")
    assert not {"cookie", "authorization"} & set(headers)


def test_the_charset_of_the_server_is_heeded(server: ThreadingHTTPServer) -> None:
    (item,) = open_source(at(server, "/latin"), allow_private=True)
    assert isinstance(item, Item)
    assert item.document.text == "Le préfet a démenti."


def test_a_collection_may_be_larger_than_a_page(server: ThreadingHTTPServer) -> None:
    items = list(open_source(at(server, "/lines"), allow_private=True, limits=Limits(page=20_000)))
    assert len(items) == 2_000


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "status 404"),
        ("/empty", "is empty"),
        ("/short", "cannot be fetched"),
        ("/pdf", "is a PDF"),
        ("/loop", "redirects more than 5 times"),
        ("/to-file", "only http and https"),
        ("/to-user", "user name or password"),
        ("/bomb", "larger than 1 MB"),
        ("/endless", "larger than 1 MB"),
        ("/damaged", "damaged on its way"),
        ("/odd", "was not asked for"),
        ("/slow", "too long"),
        ("/trickle", "too long"),
    ],
)
def test_what_cannot_be_fetched_is_told_in_one_line(
    server: ThreadingHTTPServer, path: str, words: str
) -> None:
    # only what is slow may run out of time, on a busy machine too
    patience = 1.0 if "long" in words else 60.0
    limits = Limits(page=1_000_000, download=1_000_000, connect=patience, read=patience / 2, total=patience)
    with pytest.raises(CaptureError, match=words) as caught:
        list(open_source(at(server, path), allow_private=True, limits=limits))
    assert "\n" not in str(caught.value)
    assert path in str(caught.value)


# where it may go -------------------------------------------------------------------------------------------


def test_this_machine_is_refused_before_anything_is_sent(server: ThreadingHTTPServer) -> None:
    port = server.server_address[1]
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(CaptureError, match=r"not a public address|cannot find the host"):
            list(open_source(f"http://{host}:{port}/page"))
    assert seen(server) == []


def test_a_public_host_is_fetched_by_the_address_that_was_checked(server: ThreadingHTTPServer) -> None:
    backend = ToServer(server)
    body, retrieval = fetch("http://public.example/page", Limits(), resolver=look_up, connector=backend)
    assert body == PAGE
    assert backend.asked == ["93.184.216.34"]
    assert seen(server)[0][1]["host"] == "public.example"
    assert retrieval.url_reached == "http://public.example/page"


@pytest.mark.parametrize("path", ["/to-private", "/to-mapped", "/to-loopback"])
def test_every_redirect_is_checked(server: ThreadingHTTPServer, path: str) -> None:
    backend = ToServer(server)
    with pytest.raises(CaptureError, match="not a public address"):
        fetch(f"http://public.example{path}", Limits(), resolver=look_up, connector=backend)
    assert backend.asked == ["93.184.216.34"]
    assert [p for p, _ in seen(server)] == [path]


def test_a_host_with_one_private_address_is_refused(server: ThreadingHTTPServer) -> None:
    backend = ToServer(server)
    with pytest.raises(CaptureError, match="not a public address"):
        fetch("http://mixed.example/page", Limits(), resolver=look_up, connector=backend)
    assert backend.asked == []


def test_a_slow_resolver_is_not_waited_for(server: ThreadingHTTPServer) -> None:
    released = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        released.wait(5)
        return ["93.184.216.34"]

    with pytest.raises(CaptureError, match="cannot find the host"):
        fetch("http://public.example/page", Limits(connect=0.2), resolver=hang, connector=ToServer(server))
    released.set()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://public.example/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://ana:secret@public.example/", "user name or password"),
        ("http:///x", "no host"),
        ("http://public.example:99999/", "no valid address"),
        ("http://[::1/", "no valid address"),
        ("http://nobody.invalid/", "cannot find the host"),
        ("http://exa mple.org/ü", "check the address"),
    ],
)
def test_addresses_that_are_refused(url: str, words: str) -> None:
    with pytest.raises(CaptureError, match=words) as caught:
        list(open_source(url))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "::7f00:1",
        "::ffff:8.8.8.8", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1",
        "fe80::1%eth0",
        "fec0::1", "ff02::1", "localhost", "", "8.8.8", "not an address",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)
