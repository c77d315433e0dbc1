"""Bytes → text: what kind of file it is, in which encoding, and its text with nothing lost."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BinaryInputError, EmptyInputError, InputError, TooLargeError, UnsupportedFormatError
from kg.model import Source
from kg.reading.text import decode

# A notice has 2,000 to 40,000 characters; the longest audit report seen has 90,000. 20 MB of text
# is a corpus glued together or no notice at all.
MAX_BYTES = 20_000_000

# First bytes of files that are not text, and what they are (from the formats' specifications).
SIGNATURES = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"BM", "a bitmap image"),
    (b"II*\x00", "a TIFF image"), (b"MM\x00*", "a TIFF image"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"), (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7-Zip archive"),
)
UNSUPPORTED = (
    (b"%PDF", "PDF"), (b"PK\x03\x04", "Word (DOCX) or ZIP"), (b"\xd0\xcf\x11\xe0", "old Word (DOC)"), (b"{\\rtf", "RTF"),
)


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
        The text as decoded, with no character changed, and where it came from.

    Raises:
        EmptyInputError: no text in it.
        BinaryInputError: an image, an archive, a program.
        UnsupportedFormatError: a kind of document that is not read yet.
        EncodingError: not valid in any encoding tried.
        TooLargeError: more than `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data), name)
    _refuse_foreign(data, name)
    text, encoding = decode(data, name)
    if not text.strip():
        raise EmptyInputError("the file is empty", file=name)
    source = Source(Path(name).name, hashlib.sha256(data).hexdigest(), len(text), encoding)
    return Reading(text, source)


def _too_large(size: int, name: str) -> TooLargeError:
    return TooLargeError(f"{size / 1e6:.0f} MB is too large for one notice (limit {MAX_BYTES / 1e6:.0f} MB)", file=name)


def _refuse_foreign(data: bytes, name: str) -> None:
    for signature, what in SIGNATURES:
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:512]):
            raise BinaryInputError(f"is {what}, not text", file=name)
    for signature, what in UNSUPPORTED:
        if data.startswith(signature):
            raise UnsupportedFormatError(f"{what} files are not read yet: save it as plain text first", file=name)
