"""Plain text comes through unchanged, whatever its encoding; what is no text is refused."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.capture import CaptureError, Limits, open_source
from allegata.capture.decoding import decode, mend
from allegata.model import Document

Read = Callable[..., Document]
TEXT = "First line.\r\n\r\n  “Indented”, he said — naïve\tcafé.\n\n\nEnd \n"


def test_text_is_unchanged(read: Read) -> None:
    assert read(TEXT, "note.txt").text == TEXT


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
    ],
)
def test_other_encodings_of_unicode(read: Read, mark: bytes, encoding: str) -> None:
    assert read(mark + TEXT.encode(encoding), "note.txt").text == TEXT


def test_a_text_in_windows_1251_is_guessed(read: Read) -> None:
    text = "Министр обороны заявил во вторник, что обвинения в обстреле рынка не подтверждены.\n" * 4
    assert read(text.encode("cp1251"), "note.txt").text == text


def test_lone_surrogates_become_replacement_characters(read: Read) -> None:
    data = b"before " + b"\xed\xa0\x80" + b" after"
    assert read(data, "note.txt").text == "before \ufffd after"


def test_a_few_broken_bytes_do_not_change_the_rest(read: Read) -> None:
    text = read("Père Noël à Orléans, été ".encode() * 5 + b"\xff end", "note.txt").text
    assert text.endswith("été \ufffd end")
    assert text.startswith("Père Noël")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_decoding_utf8_is_exact(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.text(alphabet=st.characters(), max_size=60))
def test_mending_keeps_places(text: str) -> None:
    mended = mend(text)
    assert len(mended) == len(text)
    mended.encode("utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        items = list(open_source("-", stdin=data))
    except CaptureError as error:
        assert "\n" not in str(error)
    else:
        for item in items:
            str(item).encode("utf-8")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"   \n\n", "holds no text"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (b"PK\x03\x04\x14\x00", "office file"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"SQLite format 3\x00", "database"),
        (bytes(range(256)) * 20, "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (gzip.compress(b"words " * 500)[:-9], "cut off"),
        (gzip.compress(b"words " * 500)[:200] + b"\xff" * 40, "damaged"),
        (gzip.compress(gzip.compress(b"words")), "twice"),
    ],
)
def test_bad_files_get_one_line_with_their_name(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "thing.txt"
    path.write_bytes(data)
    with pytest.raises(CaptureError) as caught:
        list(open_source(str(path)))
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="no such file"):
        list(open_source(str(tmp_path / "nothing.txt")))
    with pytest.raises(CaptureError, match="is a folder"):
        list(open_source(str(tmp_path)))
    with pytest.raises(CaptureError, match="check the path"):
        list(open_source("a\0b"))


def test_gzip_of_a_text(read: Read) -> None:
    document = read(gzip.compress(TEXT.encode()), "note.txt.gz")
    assert document.text == TEXT
    assert document.id.startswith("note-")


def test_a_huge_page_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(b"<html><body><p>hello")
        file.truncate(200_000_000)
    reads: list[int] = []
    original = Path.open

    def counting(self: Path, *args: object, **kwargs: object) -> object:
        stream = original(self, *args, **kwargs)  # type: ignore[arg-type]
        read = stream.read

        def counted(size: int = -1) -> object:
            data = read(size)
            reads.append(len(data))
            return data

        stream.read = counted  # type: ignore[method-assign, assignment]
        return stream

    monkeypatch.setattr(Path, "open", counting)
    with pytest.raises(CaptureError, match="larger than 20 MB"):
        list(open_source(str(path)))
    assert sum(reads) < 1_000_000


def test_an_unpacked_page_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"a" * 3_000_000))
    with pytest.raises(CaptureError, match="larger than 1 MB"):
        list(open_source(str(path), limits=Limits(page=1_000_000)))


def test_a_collection_that_grows_without_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    packer = zlib.compressobj(9, wbits=31)
    line = b'{"id": "a", "text": "' + b"a" * 1_000_000 + b'"}\n'
    path.write_bytes(b"".join(packer.compress(line) for _ in range(120)) + packer.flush())
    with pytest.raises(CaptureError, match="grows more than"):
        for _ in open_source(str(path)):
            pass


def test_the_same_file_keeps_its_id_when_edited(read: Read) -> None:
    first, second = read("One text.", "note.txt"), read("Another text.", "note.txt")
    assert first.id == second.id
    assert first.capture != second.capture
    assert read("One text.", "other.txt").id != first.id


def test_standard_input_is_told_by_its_content() -> None:
    (one,) = open_source("-", stdin=b"Some words.")
    (same,) = open_source("-", stdin=b"Some words.")
    (other,) = open_source("-", stdin=b"Other words.")
    assert one.document.id == same.document.id != other.document.id  # type: ignore[union-attr]


def test_a_transcript_and_a_press_release_are_told_by_their_shape(read: Read) -> None:
    spoken = "HOST: Good evening.\nGUEST: Good evening to you.\nHOST: Who fired?\nGUEST: We did not.\n"
    assert read(spoken, "a.txt").kind == "transcript"
    assert read("FOR IMMEDIATE RELEASE\n\nThe company denies it.", "b.txt").kind == "statement"
    assert read("The company denies it. More follows.", "c.txt").kind == "article"
