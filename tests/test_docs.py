"""Nothing that a user can reach is undocumented, and the pages say what holds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

import allegata
from allegata.cli.app import app
from evals import accuracy

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def sections(page: str) -> dict[str, str]:
    """Heading of the second level -> what stands under it."""
    parts = re.split(r"^## (.+)\n", (DOCS / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command, those of groups too, with the spellings of its options."""
    todo = list(typer.main.get_command(app).commands.items())  # type: ignore[attr-defined]
    while todo:
        name, command = todo.pop(0)
        if inner := getattr(command, "commands", None):
            todo += [(f"{name} {each}", one) for each, one in inner.items()]
        else:
            yield name, [o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")]


@pytest.mark.parametrize(("command", "options"), list(commands()), ids=lambda value: str(value))
def test_every_command_and_option_is_documented(command: str, options: list[str]) -> None:
    documented = sections("cli.md")
    assert f"allegata {command}" in documented
    table = re.findall(r"^\|(.+?)\|", documented[f"allegata {command}"], re.MULTILINE)
    named = {option for row in table for option in re.findall(r"`(-[\w-]+)`", row)}
    assert named == set(options) - {"--help", "-h"}


def test_no_command_is_documented_that_is_not_there() -> None:
    there = {f"allegata {name}" for name, _ in commands()}
    assert {heading for heading in sections("cli.md") if heading.startswith("allegata ")} == there


@pytest.mark.parametrize("name", allegata.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert hasattr(allegata, name)
    assert re.search(rf"`allegata\.{name}\b", (DOCS / "api.md").read_text(encoding="utf-8"))


def public_methods() -> list[str]:
    return [name for name, _ in inspect.getmembers(allegata.Library, callable) if not name.startswith("_")]


@pytest.mark.parametrize("name", public_methods())
def test_every_method_of_a_library_is_documented_with_its_parameters(name: str) -> None:
    found = re.search(rf"^\| `{name}\((.*?)\)`", sections("api.md")["Library"], re.MULTILINE)
    assert found, f"docs/api.md does not document Library.{name}"
    parameters = [p for p in inspect.signature(getattr(allegata.Library, name)).parameters if p != "self"]
    assert re.findall(r"(\w+)(?=[=,]|$)", re.sub(r"=[^,]+", "", found[1])) == parameters


def test_the_figures_of_the_page_are_those_that_are_pinned() -> None:
    text = accuracy.PAGE.read_text(encoding="utf-8")
    assert text == accuracy.page(text), "run: python -m evals.accuracy"


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_every_page_is_listed_on_the_first() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [p.name for p in DOCS.glob("*.md") if p.name != "index.md" and f"({p.name})" not in index] == []
