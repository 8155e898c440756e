from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request

import pytest
from fastapi.testclient import TestClient

from allegata.web.app import create_app
from allegata.web.server import ServeError, is_loopback, serve_store
from tests.web.fake_store import FakeStore
from tests.web.stories import walnut


class Peopled(FakeStore):
    def count_users(self) -> int:
        return 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.4", "news.internal", "", "127.0.0.1.evil.example"]
)
def test_what_others_reach_is_refused_in_one_line(host: str) -> None:
    with pytest.raises(ServeError) as caught:
        serve_store(walnut(), host, 0)
    assert "allegata user add" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServeError) as caught:
        serve_store(walnut(), "127.0.0.1", taken.getsockname()[1])
    assert "--port" in str(caught.value)


def test_a_host_that_is_not_ours_is_one_line() -> None:
    with pytest.raises(ServeError, match=r"198\.51\.100\.1"):
        serve_store(Peopled(), "198.51.100.1", 0)


def test_a_name_that_others_know_takes_users() -> None:
    with pytest.raises(ServeError, match=r"news\.example can be reached"):
        serve_store(walnut(), "127.0.0.1", 0, names=["news.example"])


@pytest.mark.parametrize("bound", ["0.0.0.0", "[::]"])
def test_on_all_addresses_each_of_them_is_answered_and_no_name(bound: str) -> None:
    client = TestClient(create_app(walnut(), hosts=[bound, "news.example"]))
    for host, status in (
        ("192.0.2.4:8008", 200),
        ("[2001:db8::1]:8008", 200),
        ("news.example", 200),
        ("evil.example", 400),
        ("192.0.2.4.evil.example", 400),
    ):
        assert client.get("/healthz", headers={"host": host}).status_code == status, host
    near = TestClient(create_app(walnut()))
    assert near.get("/healthz", headers={"host": "192.0.2.4"}).status_code == 400


SERVE = """
from allegata.web.server import serve_store
from tests.web.stories import walnut
serve_store(walnut(), port=0)
"""


def test_it_serves_says_where_and_ends_when_told() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVE], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            address = process.stderr.readline().split()[1]
            with urllib.request.urlopen(f"{address}/healthz", timeout=20) as answer:
                assert answer.status == 200
                assert answer.headers["server"] is None
        finally:
            process.terminate()
        assert process.wait(20) is not None
        assert process.stderr.read() == ""
