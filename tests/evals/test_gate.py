"""The gate over the figures really closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import __main__ as command
from evals import gate
from evals.figures import Bound
from evals.shared import SkippedError, rows

BASELINE = """# Kept: a comment
[reader.f1]
floor = 0.5
target = 0.9

[linker.error]
floor = 1.5
better = "lower"
"""


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.toml"
    path.write_text(BASELINE)
    return path


def measured(monkeypatch: pytest.MonkeyPatch, **values: float) -> None:
    def measure_all(modules: object) -> tuple[dict[str, float], dict[str, str]]:
        return {name.replace("__", "."): value for name, value in values.items()}, {"places": "no data"}

    monkeypatch.setattr(command, "measure_all", measure_all)


@pytest.mark.parametrize(
    ("f1", "error", "code"),
    [(0.5, 1.5, 0), (0.8, 0.1, 0), (0.4999, 1.5, 1), (0.5, 1.5001, 1)],
)
def test_fails_only_under_a_floor(
    f1: float, error: float, code: int, baseline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(monkeypatch, reader__f1=f1, linker__error=error)
    assert command.main([], baseline) == code
    assert baseline.read_text() == BASELINE


def test_says_which_figure_fell(
    baseline: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(monkeypatch, reader__f1=0.3, linker__error=1.0)
    assert command.main([], baseline) == 1
    printed = capsys.readouterr()
    assert "under the floor: reader.f1" in printed.err
    line = next(line for line in printed.out.splitlines() if line.startswith("reader.f1"))
    assert line.split() == ["reader.f1", "0.300", "≥", "0.500", "≥", "0.900", "under", "its", "floor"]
    assert "places: skipped, no data" in printed.out


def test_raise_pins_what_was_reached_and_lowers_nothing(
    baseline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(monkeypatch, reader__f1=0.61239, linker__error=1.6)
    assert command.main(["--raise"], baseline) == 1
    bounds = gate.load(baseline)
    assert bounds["reader.f1"].floor == 0.6123
    assert bounds["linker.error"].floor == 1.5
    assert baseline.read_text().startswith("# Kept: a comment")


def test_lower_moves_only_the_figure_it_names(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, reader__f1=0.3, linker__error=1.6)
    assert command.main(["--lower", "linker.error"], baseline) == 1
    bounds = gate.load(baseline)
    assert bounds["linker.error"].floor == 1.6
    assert bounds["reader.f1"].floor == 0.5


def test_lower_needs_a_figure_that_was_measured(
    baseline: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(monkeypatch, reader__f1=0.3)
    with pytest.raises(SystemExit) as stop:
        command.main(["--lower", "linker.error"], baseline)
    assert stop.value.code == 2
    assert "linker.error" in capsys.readouterr().err


def test_a_floor_is_never_stricter_than_the_value_it_was_taken_from() -> None:
    for value in (0.123456, 52.1, 1.0, 0.0, 2 / 3):
        assert Bound(gate.lenient(value, Bound(0.0))).holds(value)
        ceiling = Bound(gate.lenient(value, Bound(9.0, better="lower")), better="lower")
        assert ceiling.holds(value)


def test_every_floor_in_the_repository_belongs_to_a_module_that_is_measured() -> None:
    assert {name.split(".")[0] for name in gate.load(command.BASELINE)} <= set(command.MODULES)


def test_absent_data_is_skipped_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLEGATA_SHARED", str(tmp_path))
    with pytest.raises(SkippedError, match=r"no data/polnear/dev\.jsonl .*ALLEGATA_SHARED"):
        rows("polnear/dev.jsonl")
