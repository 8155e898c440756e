"""`allegata serve`: the pages over a store, on this machine."""

from __future__ import annotations

import gc
import ipaddress
import socket
import sys
from collections.abc import Iterable

import uvicorn

from allegata.store.base import Store
from allegata.web.app import create_app

PORT = 8008
COLLECTED = 50_000
"""Objects made and not dropped after which the garbage collector looks at the young ones (Python: 700)."""


class ServeError(Exception):
    """The pages cannot be served. The message is one line: what is wrong and what to do."""


def serve_store(
    store: Store,
    host: str = "127.0.0.1",
    port: int = PORT,
    names: Iterable[str] = (),
    *,
    writable: bool = True,
    address: str | None = None,
) -> None:
    """Serve until stopped (Ctrl+C). ``names``: other host names that lead here, through a proxy say.
    ``address``: the store's, for the commands that pages name.

    ServeError for a host or name that others can reach where the store has no users: whoever reached the port
    would read the store and, if ``writable``, decide.
    """
    names = tuple(names)
    remote = next((h for h in (host, *names) if not is_loopback(h)), None)
    if remote is not None and store.count_users() == 0:
        raise ServeError(
            f"{remote} can be reached from other machines and the store has no users: make one with "
            "'allegata user add NAME --role admin', or use --host 127.0.0.1 alone."
        )
    listener = _listen(host, port)
    with listener:
        shown = f"[{host}]" if ":" in host else host
        print(
            f"Allegata: http://{shown}:{listener.getsockname()[1]} (Ctrl+C stops)",
            file=sys.stderr,
            flush=True,
        )
        config = uvicorn.Config(
            create_app(store, hosts=(shown, *names), writable=writable, address=address),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        spare_collector()
        uvicorn.Server(config).run(sockets=[listener])


def spare_collector() -> None:
    """Have the garbage collector leave alone what is loaded by now, and look at what a page makes less often:
    a long claim is some ten thousand objects, all of them soon dropped, and it took up to a third of the
    page's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches ``host``. Names other than localhost are not looked up: no."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, proto)
    except OSError as error:
        raise ServeError(f"{host} is no address of this machine: {error.strerror or error}.") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise ServeError(
            f"Port {port} on {host} cannot be used ({error.strerror}): choose another with --port."
        ) from error
    return listener
