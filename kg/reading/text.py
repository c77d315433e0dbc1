"""Bytes → text in any encoding that Chinese notices come in, strictly: nothing is replaced."""
from __future__ import annotations

import codecs
import re

from kg.errors import BinaryInputError, EncodingError

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Characters that no text holds: control characters other than tab and line ends.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
CONTROL_SHARE = 0.001  # a stray form feed is put up with; a binary file has thousands
FOREIGN = re.compile(r"[^\x00-\x7f]")
COMMON = re.compile(r"[，。、；：（）《》“”的一是不了人在有为中国和党委整改问题]")
MARKS = re.compile("[,.;:()]")
COMMON_SHARE = 0.05  # of the non-ASCII characters: real notices have 0.2, wrongly decoded ones 0.01
SAMPLE = 20_000  # characters looked at to tell text from noise, and of them so many to tell Chinese from gibberish:
SAMPLE_OF_WORDS = 4_000


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return (text, encoding): UTF-8, UTF-16, GB18030 (which holds GBK and GB2312), else Big5.

    Raises:
        BinaryInputError: the bytes are no text.
        EncodingError: they are valid in none of these encodings.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom):], encoding, name), encoding
    if b"\x00" in data:
        return _utf16_without_bom(data, name)
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_text(text):
            return text, encoding
        if encoding == "utf-8":
            raise BinaryInputError("is a binary file, not text", file=name)
    raise EncodingError(_where(data), file=name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(f"is not valid {encoding.upper()} at byte {error.start}", file=name) from error
    if not _is_clean(text):
        raise BinaryInputError("is a binary file, not text", file=name)
    return text


def _utf16_without_bom(data: bytes, name: str) -> tuple[str, str]:
    """UTF-16 in either byte order: the wrong one gives no words."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_text(text) and (COMMON.search(text) or MARKS.search(text)):
            return text, encoding
    raise BinaryInputError("is a binary file, not text", file=name)


def _is_clean(text: str) -> bool:
    sample = text[:SAMPLE]
    return len(CONTROL.findall(sample)) <= CONTROL_SHARE * len(sample)


def _reads_as_text(text: str) -> bool:
    """Whether decoding gave words: few control characters, and Chinese that is not gibberish."""
    sample = text[:SAMPLE_OF_WORDS]
    foreign, common = len(FOREIGN.findall(sample)), len(COMMON.findall(sample))
    return _is_clean(text) and (foreign < 20 or common >= COMMON_SHARE * foreign)


def _where(data: bytes) -> str:
    """Say at which line UTF-8, the usual encoding, goes wrong."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return f"is not valid UTF-8 (line {line}, byte {error.start}), UTF-16, GB18030 or Big5"
    return "is not valid text in UTF-8, UTF-16, GB18030 or Big5"
