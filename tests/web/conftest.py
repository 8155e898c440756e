"""A running site over a store in memory, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from allegata.library import Library
from allegata.store import Store, open_store
from allegata.web.app import create_app
from tests.web import hostile, stories

# the machine may be busy: nothing here is about time
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DEMO = Path(__file__).parents[2] / "examples" / "walnut-mill-camp"

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def serving(store: Store) -> Iterator[str]:
    """The address of a site over ``store``, while it is needed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(create_app(store), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@contextmanager
def copy_of(made: Path, folder: Path) -> Iterator[Store]:
    """A store of one's own that starts as the one at ``made``, which has its folder to itself."""
    shutil.copytree(made.parent, folder / "copy")
    opened = open_store(str(folder / "copy" / made.name))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on disk with the walnut mill and a claim of 500 mentions."""
    store = open_store(str(tmp_path_factory.mktemp("site") / "case.db"))
    documents, claim = stories.crowd(500)
    stories.put_into(store, documents, [claim])
    yield store
    store.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's first story, read and linked. To be copied before anything is written."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Library(open_store(str(path))) as library:
        library.add(*sorted(DEMO.iterdir()))
    return path


@pytest.fixture(scope="session")
def client(store: Store) -> TestClient:
    return TestClient(create_app(store), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="session")
def site(store: Store) -> Iterator[str]:
    with serving(store) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_site() -> Iterator[str]:
    with serving(hostile.store()) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the machine (ALLEGATA_CHROMIUM names another), else the one that Playwright installed."""
    path = os.environ.get("ALLEGATA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
