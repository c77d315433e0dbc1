"""Bytes → text: what kind of file it is, in which encoding, and its text with nothing lost."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EmptyInputError, EncodingError, InputError, TooLargeError
from kg.model import Source
from kg.reading.kinds import kind_of_bytes, kind_of_text
from kg.reading.text import decode
from kg.reading.wrapped import join_wrapped

# A notice has 2,000 to 40,000 characters; the longest audit report seen has 90,000. 20 MB of text
# is a corpus glued together or no notice at all.
MAX_BYTES = 20_000_000

@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one file as read; every offset counts in `text`."""

    text: str
    source: Source


def read_file(path: Path) -> Reading:
    """Read one file.

    Raises:
        InputError: the file is missing, is a folder, cannot be opened, or as for `read_bytes`.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size, str(path))
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(path)) from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> Reading:
    """Read the bytes of a file called `name`.

    Returns:
        The text and where it came from. Plain text is as decoded, with no character changed, unless
        its paragraphs were cut to one width; of a page or a document it is what it shows, a line for
        each paragraph and each table row.

    Raises:
        EmptyInputError: no text in it: a scanned PDF, a page that shows others in frames.
        BinaryInputError: an image, an archive, a program.
        UnsupportedFormatError: a kind of document that is not read (.doc, .rtf, .ofd …).
        EncodingError: not valid in any encoding tried.
        BrokenFileError, EncryptedFileError: a document that is damaged, or locked.
        TooLargeError: more than `MAX_BYTES`, or a document that is more than a notice unpacked.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data), name)
    form = kind_of_bytes(data, name)
    if form == "text":
        return _read_text(data, name)
    return _reading(_document(data, name, form), data, name, "utf-8", form)


def _read_text(data: bytes, name: str) -> Reading:
    try:
        text, encoding = decode(data, name)
    except EncodingError as error:
        return _read_damaged_page(data, name, error)
    form = kind_of_text(text, name)
    if form == "html":
        from kg.reading.html import page_text  # loads lxml
        text = page_text(text, name)
    elif form == "markdown":
        from kg.reading.markdown import markdown_text
        text = markdown_text(text)
    else:
        text = join_wrapped(text)
    if not text.strip():
        raise EmptyInputError("the file is empty", file=name)
    return _reading(text, data, name, encoding, form)


def _read_damaged_page(data: bytes, name: str, error: EncodingError) -> Reading:
    """A page may hold invalid bytes, but not in the text that it shows."""
    from kg.reading.html import decode_damaged, page_text
    damaged = decode_damaged(data)
    if damaged is None or "\ufffd" in (text := page_text(damaged[0], name)):
        raise error
    return _reading(text, data, name, damaged[1], "html")


def _document(data: bytes, name: str, form: str) -> str:
    if form == "pdf":
        from kg.reading.pdf import pdf_text
        return pdf_text(data, name)
    from kg.reading.docx import docx_text
    return docx_text(data, name)


def _reading(text: str, data: bytes, name: str, encoding: str, form: str) -> Reading:
    return Reading(text, Source(Path(name).name, hashlib.sha256(data).hexdigest(), len(text), encoding, form))


def _too_large(size: int, name: str) -> TooLargeError:
    return TooLargeError(f"{size / 1e6:.0f} MB is too large for one notice (limit {MAX_BYTES / 1e6:.0f} MB)", file=name)
