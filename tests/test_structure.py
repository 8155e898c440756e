"""What holds for the whole tree: rooms look to their left, modules are short, nothing names a machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "allegata"

ROOMS = ("capture", "reading", "linking", "monitoring", "store", "runs", "exchange", "library", "web", "cli")
"""Left to right, as the data goes. `library` is the public API, which the pages and the commands call."""

FOUNDATIONS = {
    "terms": set(),
    "particulars": set(),
    "model": {"particulars", "terms"},
    "vocab": set(),
    "weights": set(),
    "contract": {"model"},
    "vectors": {"weights"},
}
"""What every room may import, and what these may import of ours themselves."""

MAX_LINES = 400


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    """ "allegata.store.base" -> "store"; the package itself -> "allegata"."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, room) for everything of ours that a module imports, wherever in it the import stands."""
    package = ["allegata", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            # `from allegata import model` names a room, `from allegata.model import Claim` stands in one
            names = [f"{stem}.{alias.name}" for alias in node.names] if stem == "allegata" else [stem]
        else:
            continue
        for name in names:
            if name == "allegata" or name.startswith("allegata."):
                yield node.lineno, room_of(name)


def owner(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def test_every_module_stands_in_a_known_room() -> None:
    known = {*ROOMS, *FOUNDATIONS, "__init__", "__main__"}
    assert {owner(p) for p in modules()} <= known


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_import_only_to_their_left(path: Path) -> None:
    here = owner(path)
    if here in ("__init__", "__main__"):
        return
    if here in FOUNDATIONS:
        allowed = FOUNDATIONS[here] | {here}
    else:
        allowed = {*ROOMS[: ROOMS.index(here) + 1], *FOUNDATIONS}
        if "library" in allowed:  # the pages and the commands may call the public API by its front door
            allowed.add("allegata")
    wrong = [f"line {line}: {room}" for line, room in imports_of(path) if room not in allowed]
    assert not wrong, f"{here} may not import {wrong}"


def test_the_check_sees_a_wrong_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    (tmp_path / "reading").mkdir()
    module = tmp_path / "reading" / "odd.py"
    module.write_text(
        "def f():\n    from ..store import base\n    from allegata import web\n    import allegata.cli.main\n"
    )
    assert [room for _, room in imports_of(module)] == ["store", "web", "cli"]


def tracked() -> list[Path]:
    """Files that git tracks or would track."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [p for name in listed.stdout.decode().split("\0") if name and (p := ROOT / name).is_file()]


def test_modules_stay_short() -> None:
    python = [p for p in tracked() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] != "tests"]
    assert python
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in python}
    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    # written in pieces, so that this file does not hold what it looks for
    hosts = [
        "py" + "pi.org",
        "py" + "pi.io",
        "python" + "hosted",
        "npm" + "js.org",
        "npm" + "js.com",
        "deb." + "debian",
    ]
    homes = ["work", "root", "farm", "opt/" + "py" + "pi"]
    paths = [rf"""(?:^|[\s"'`(=:])/{home}/""" for home in homes]
    wanted = re.compile("|".join([*map(re.escape, hosts), *paths]).encode(), re.MULTILINE)
    found = {}
    for path in tracked():
        if path.suffix in (".png", ".onnx", ".npz", ".woff2"):
            continue
        if hit := wanted.search(path.read_bytes()):
            found[str(path.relative_to(ROOT))] = hit.group().decode(errors="replace")
    assert found == {}


def test_no_unfinished_places() -> None:
    words = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]))
    found = [str(p.relative_to(ROOT)) for p in modules() if words.search(p.read_text(encoding="utf-8"))]
    assert found == []
