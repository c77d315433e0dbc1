"""Bytes → text: encodings told apart, nothing lost, foreign files refused."""
from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import (BinaryInputError, BrokenFileError, EmptyInputError, EncodingError, EncryptedFileError, InputError,
                       TooLargeError, UnsupportedFormatError)
from kg.reading import MAX_BYTES, read_bytes, read_file
from kg.reading.width import fold

TEXT = "中共青岚市中级人民法院党组关于巡察整改进展情况的通报\r\n\r\n一、制定《规则（试行）》，已完成整改3个。\n"


@pytest.mark.parametrize(("data", "encoding"), [
    (TEXT.encode("utf-8"), "utf-8"),
    (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8"),
    (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
    (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
    (TEXT.encode("utf-16-le"), "utf-16-le"),
    (TEXT.encode("utf-16-be"), "utf-16-be"),
    (TEXT.encode("gbk"), "gb18030"),
    (("㐂" + TEXT).encode("gb18030"), "gb18030"),
])
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    reading = read_bytes(data, "notice.txt")
    assert reading.text.removeprefix("㐂") == TEXT
    assert reading.source.encoding == encoding
    assert reading.source.characters == len(reading.text)


def test_traditional_text_in_big5_is_read() -> None:
    text = "關於巡察整改進展情況的通報，現將整改情況予以公布。一、制定有關制度，完成整改的問題有三個。" * 3
    assert read_bytes(text.encode("big5"), "n.txt").text == text


@pytest.mark.parametrize(("data", "error", "cause"), [
    (b"", EmptyInputError, "empty"),
    (" \r\n\u3000\n".encode(), EmptyInputError, "empty"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryInputError, "PNG"),
    (b"\xff\xd8\xff\xe0" + bytes(100), BinaryInputError, "JPEG"),
    (bytes(range(256)) * 20, BinaryInputError, "binary"),
    (b"%PDF-1.7\n", BrokenFileError, "PDF"),
    (b"PK\x03\x04" + bytes(30), BrokenFileError, "Word"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le"), UnsupportedFormatError, ".doc, .wps"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"), UnsupportedFormatError, "Excel"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError, "password"),
    (b"{\\rtf1\\ansi }", UnsupportedFormatError, "RTF"),
    (b"\xff\xff\x80\x80\xfe\xfe" * 20, EncodingError, "UTF-8"),
    (codecs.BOM_UTF8 + b"\xe4\xb8", EncodingError, "UTF-8"),
])
def test_what_is_no_text_is_refused(data: bytes, error: type[InputError], cause: str) -> None:
    with pytest.raises(error) as raised:
        read_bytes(data, "some.txt")
    assert str(raised.value).startswith("some.txt: ")
    assert cause in raised.value.cause


@given(st.sampled_from([b"", b"<html>", b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml ", b"---\n"]),
       st.binary(max_size=200), st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a.md", "a"]))
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    try:
        reading = read_bytes(start + rest, name)
    except InputError as error:
        assert str(error).startswith(f"{name}: ")
    else:
        assert reading.text.strip() and reading.source.characters == len(reading.text)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(TooLargeError):
        read_file(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing.txt: cannot be read"):
        read_file(tmp_path / "missing.txt")


@given(st.text())
def test_folding_keeps_the_length_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_by_hand() -> None:
    assert fold("１．《规则〈试行〉》（一），８％；“甲”：乙。") == "1.《规则<试行>》(一),8%;“甲”:乙。"
