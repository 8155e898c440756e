"""Connections that only go to addresses that were checked, and end in time.

A name is resolved once, all its addresses are checked, and the connection goes to one of those addresses, so
that a name cannot point elsewhere between check and use. Every connection, of a redirect too, comes through
here.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from allegata.capture.addresses import is_public
from allegata.capture.items import CaptureError

Resolve = Callable[[str, int], list[str]]
"""Host and port to addresses."""


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """A moment by which everything has to be done."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self, most: float | None) -> float:
        """Seconds left, at most ``most``. Raises CaptureError when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise CaptureError("took too long to answer: try again later")
        return left if most is None else min(left, most)


class _Stream(httpcore.NetworkStream):
    """A stream whose every operation ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections to checked addresses."""

    def __init__(
        self, deadline: Deadline, allow_private: bool, resolver: Resolve, connector: httpcore.NetworkBackend
    ) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._resolve = resolver
        self._connector = connector

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port, timeout)
        error: Exception | None = None
        for address in addresses[:4]:
            try:
                left = self._deadline.left(timeout)
                stream = self._connector.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
        raise error or httpcore.ConnectError(f"no address for {host}")

    def _addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        addresses = _in_time(lambda: self._resolve(host, port), self._deadline.left(timeout), host)
        if not self._allow_private and not all(is_public(a) for a in addresses):
            raise CaptureError(
                f"{host} is not a public address: allow private addresses (--allow-private) if you mean it"
            )
        return addresses

    def sleep(self, seconds: float) -> None:
        time.sleep(self._deadline.left(seconds))


def _in_time(work: Callable[[], list[str]], seconds: float, host: str) -> list[str]:
    """The system's resolver knows no time limit, so it runs beside."""
    answers: queue.Queue[list[str] | Exception] = queue.Queue()

    def run() -> None:
        try:
            answers.put(work())
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        answer = []
    if isinstance(answer, Exception) or not answer:
        raise CaptureError(f"cannot find the host {host}: check the address and the network")
    return answer


class CheckedTransport(httpx.BaseTransport):
    """httpx over connections that are checked. For one fetch: it carries the fetch's deadline."""

    def __init__(
        self,
        deadline: Deadline,
        allow_private: bool,
        resolver: Resolve = resolve,
        connector: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            network_backend=_Backend(deadline, allow_private, resolver, connector or httpcore.SyncBackend()),
            max_connections=1,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The bytes of an answer, as they come."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
