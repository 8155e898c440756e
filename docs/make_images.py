"""The pictures of the README and the docs, taken of the running product.

    python -m docs.make_images             # those of the README and the docs
    python -m docs.make_images --all OUT   # every page, light and dark, wide and narrow, into the folder OUT

Makes a fresh store of the demo collection, serves it, and photographs its pages with the system's Chromium.
With ``--all`` it says what is wrong with them: errors of the console, what axe finds, what scrolls sideways.
"""

from __future__ import annotations

import argparse
import re
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

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

import allegata
from allegata.runs import accounts
from docs.demo_store import fill, main_claim, padded
from docs.pages import SIGNED_IN, every_page

IMAGES = Path(__file__).resolve().parent / "images"
WIDTH, HEIGHT = 1280, 860
VIEWS = {"wide": (1440, 900), "narrow": (390, 844)}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NAME, PASSWORD = "Ana", "seven herons over the mill"
"""Who signs in to a store that lives as long as its pictures are taken."""


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


@contextmanager
def browsing() -> Iterator[Browser]:
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        sys.exit("no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def for_docs(store: Path) -> None:
    """The pictures that the README and the docs show."""
    with allegata.open(str(store)) as library:
        claim = main_claim(library)
        pages = every_page(library.store, claim)
        page_of = {
            "claims": "/",
            "claim": pages["claims, one"],
            "edge": pages["claims, one, edges, one"],
            "document": f"/documents/{padded(library).id}",
            "changes": f"{pages['documents, one']}?against=1",
            "situation": pages["situation, all"],
            "map": "/map",
            "source": pages["sources, one"],
        }
    with served(store) as address, browsing() as browser:
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, path in page_of.items():
            view.goto(address + path)
            view.screenshot(path=IMAGES / f"{name}.png")
            print(f"docs/images/{name}.png")


def of_all(store: Path, out: Path) -> int:
    """Every page in every view into ``out``. How many complaints there were."""
    out.mkdir(parents=True, exist_ok=True)
    with allegata.open(str(store)) as library:
        pages = every_page(library.store, main_claim(library))
    complaints = 0
    with served(store) as address, browsing() as browser:
        for view, (width, height) in VIEWS.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                for name, path in pages.items():
                    complaints += photograph(
                        page, address + path, out / f"{file_name(name)}-{view}-{scheme}.png"
                    )
                page.close()
        with allegata.open(str(store)) as library:
            accounts.add_user(library.store, NAME, PASSWORD, "admin", NAME)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        complaints += photograph(page, f"{address}/sign-in", out / "sign-in-wide-light.png")
        page.get_by_label("Name").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        for path in sorted(SIGNED_IN - {"/sign-in"}):
            complaints += photograph(page, address + path, out / f"{file_name(path)}-wide-light.png")
    return complaints


def photograph(page: Page, address: str, path: Path) -> int:
    """One picture of a whole page. Prints what the page complains of, and gives how much that was."""
    found: list[str] = []

    def hear(text: str) -> None:
        if "404" not in text:
            found.append(text)

    def hear_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            hear(f"console: {message.text}")

    def hear_error(error: Error) -> None:
        hear(f"error: {error}")

    page.on("console", hear_console)
    page.on("pageerror", hear_error)
    page.goto(address)
    page.screenshot(path=path, full_page=True)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if wide > room:
        found.append(f"scrolls sideways: {wide} in {room}")
    for violation in Axe().run(page).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            where = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
            found.append(f"axe: {violation['id']} ({violation['impact']}): {where}")
    page.remove_listener("console", hear_console)
    page.remove_listener("pageerror", hear_error)
    for line in found:
        print(f"{path.stem}: {line}")
    return len(found)


def file_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures of the running product.")
    parser.add_argument("--all", metavar="OUT", type=Path, help="every page in every view, into this folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "demo.db"
        with allegata.open(str(store)) as library:
            fill(library)
        if asked.all is None:
            for_docs(store)
        elif found := of_all(store, asked.all):
            sys.exit(f"{found} complaints")


if __name__ == "__main__":
    main()
