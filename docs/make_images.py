"""The pictures of the README and the docs, taken of the running product: ``python docs/make_images.py``.

Makes a fresh store of the demo collection, serves it, and photographs its pages with the system's Chromium.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

import allegata

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1280, 860
QUERY = "camp"
PADDED = "World Pulse Hub"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address at which ``store`` is served for as long as the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "allegata", "serve", "--store", str(store), "--port", str(port)]
    server = subprocess.Popen(command)
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        sys.exit("no Chromium here; on Debian: apt-get install chromium")
    stories = sorted(
        p for folder in (ROOT / "examples").iterdir() if folder.is_dir() for p in folder.iterdir()
    )
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "demo.db"
        with allegata.open(str(store)) as library:
            library.add(*stories, ROOT / "examples" / "padded-page.html")
            claim = library.claims(QUERY)[0].id
            padded = next(d.id for d in library.documents() if d.outlet == PADDED)
        with served(store) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            for name, path in {
                "claims": "/",
                "claim": f"/claims/{claim}",
                "document": f"/documents/{padded}",
            }.items():
                view.goto(address + path)
                view.screenshot(path=IMAGES / f"{name}.png")
                print(f"docs/images/{name}.png")
            browser.close()


if __name__ == "__main__":
    main()
