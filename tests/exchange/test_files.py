from pathlib import Path

import pytest

from allegata.exchange.files import replacing


def test_the_file_is_there_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with replacing(target) as file:
        file.write(b"one\n")
        assert not target.exists()
    assert target.read_bytes() == b"one\n"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(RuntimeError), replacing(target) as file:
        file.write(b"half")
        raise RuntimeError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError), replacing(tmp_path / "none" / "out.jsonl"):
        pass
