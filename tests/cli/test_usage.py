"""What the command says before it has read anything."""

from pathlib import Path

import pytest

from allegata.cli.app import app
from tests.cli.process import complaint, run

COMMANDS = (
    "read", "add", "claims", "assess", "brief", "grade", "mcp", "review", "match", "show", "why", "changes",
    "tension", "serve", "verify",
    "export",
)  # fmt: skip


def test_every_command_has_a_help_page() -> None:
    named = {c.callback.__name__ for c in app.registered_commands if c.callback}
    assert named == set(COMMANDS)
    shown = run("--help")
    assert shown.returncode == 0
    assert all(name in shown.stdout.decode() for name in COMMANDS)


def test_version() -> None:
    import allegata

    assert run("--version").stdout.decode().strip() == f"allegata {allegata.__version__}"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("reed", "x"), "reed"),
        (("read",), "PATH"),
        (("read", "--reader", "oracle", "x"), "tagger"),
        (("claims", "--limit", "0"), "--limit"),
        (("claims", "--since", "yesterday"), "since"),
        (("claims", "--country", "Pakistan"), "country"),
        (("claims", "--act", "SHOUT"), "act"),
        (("changes", "--since", "yesterday"), "--since"),
        (("export", "xlsx"), "xlsx"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(arguments: tuple[str, ...], word: str, tmp_path: Path) -> None:
    store = tmp_path / "none.db"
    assert word in complaint(run(*arguments, ALLEGATA_STORE=str(store)))
    assert not store.exists()


@pytest.mark.parametrize(
    "arguments",
    [("claims",), ("show", "x"), ("why", "x"), ("changes",), ("verify",), ("export", "jsonl"), ("serve",)],
)
def test_looking_into_a_store_that_is_not_there(arguments: tuple[str, ...], tmp_path: Path) -> None:
    store = tmp_path / "none.db"
    said = complaint(run(*arguments, "--store", store))
    assert "there is no store at" in said and "allegata add" in said
    assert list(tmp_path.iterdir()) == []


def test_an_unexpected_error_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from allegata.cli.errors import ending

    def broken() -> int:
        raise RuntimeError("two\nlines \x1b[31m")

    assert ending(broken) == 2
    said = capsys.readouterr().err
    assert said.startswith("allegata: internal error (RuntimeError: two lines [31m); set ALLEGATA_DEBUG=1")
    assert said.count("\n") == 1


def test_loading_the_package_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys, allegata, allegata.cli.app; "
        "print(sorted({'spacy', 'numpy', 'sqlalchemy', 'trafilatura', 'fastapi', 'rich'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
