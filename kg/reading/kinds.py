"""What kind of file some bytes are: told by the bytes; by the name only where they leave it open."""
from __future__ import annotations

import re
from pathlib import PurePath

from kg.errors import BinaryInputError, EncryptedFileError, InputError, UnsupportedFormatError

# First bytes of files that are not text, and what they are (from the formats' specifications).
SIGNATURES = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"BM", "a bitmap image"),
    (b"II*\x00", "a TIFF image"), (b"MM\x00*", "a TIFF image"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"), (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7-Zip archive"),
)
PDF, ZIP, OLE, RTF = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
PDF_HEADER = 1024  # the header may stand this far in (Adobe's implementation note 13 to the PDF reference 1.7)
# Files of a compound (OLE) kind, told by the names of the streams they hold.
STREAMS = (("WordDocument", "an old Word or WPS file (.doc, .wps)"),
           ("Workbook", "an old Excel file (.xls)"), ("PowerPoint Document", "an old PowerPoint file (.ppt)"))
LOCKED = "EncryptedPackage"  # the stream that a DOCX with a password is put into (MS-OFFCRYPTO, 2.3.4)
PAGES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".asp", ".aspx", ".jsp", ".php")
TAGS = frozenset("!doctype html head body meta title link style script div table tr td p br h1 h2 h3 h4 h5 h6 span article "
                 "section main font center a b ul ol li".split())
PAGE_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(!?[a-zA-Z][a-zA-Z1-6]*)(?=[\s>/])", re.S)
PAGE_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z1-6]*)(?:\s[^<>]*)?/?>")
ARCHIVED_PAGE = re.compile(r"\s*(?:From: <Saved by|MIME-Version:|Content-Type: multipart/related)", re.I)
MARKDOWN = (".md", ".markdown")


def kind_of_bytes(data: bytes, name: str) -> str:
    """Return pdf, docx or text (anything that may be text, a page too).

    Raises:
        BinaryInputError: an image, an archive, a program.
        EncryptedFileError: a Word file that is locked with a password.
        UnsupportedFormatError: a document of a kind that is not read.
    """
    for signature, what in SIGNATURES:
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:512]):
            raise BinaryInputError(f"is {what}, not text", file=name)
    if data.startswith(PDF) or (_suffix(name) == ".pdf" and PDF in data[:PDF_HEADER]):
        return "pdf"
    if data.startswith(ZIP):
        return "docx"
    if data.startswith(OLE):
        raise _compound(data, name)
    if data.lstrip()[:len(RTF)] == RTF:
        raise _not_read("an RTF file", name)
    return "text"


MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
FEWEST_HEADINGS = 3


def kind_of_text(text: str, name: str) -> str:
    """Return html, markdown or text.

    Raises:
        UnsupportedFormatError: a page and its pictures in one archive (MHTML), or other XML.
    """
    suffix = _suffix(name)
    if ARCHIVED_PAGE.match(text):
        raise UnsupportedFormatError("is a web archive (MHTML), which is not read: save the page as HTML only", file=name)
    start = PAGE_START.match(text)
    tag = start[1].lower() if start else ""
    if suffix in MARKDOWN and tag not in ("!doctype", "html", "head"):
        return "markdown"  # which may begin with an element of HTML
    if tag in TAGS or (suffix in PAGES and has_tags(text)):
        return "html"
    if len(MARKDOWN_HEADING.findall(text)) >= FEWEST_HEADINGS:
        return "markdown"  # left over in a text file
    if text.startswith("<?xml"):
        raise _not_read("an XML file", name)
    return "text"


def has_tags(text: str) -> bool:
    """Return whether a text holds an element of HTML."""
    return any(match[1].lower() in TAGS for match in PAGE_TAG.finditer(text))


def _compound(data: bytes, name: str) -> InputError:
    if LOCKED.encode("utf-16-le") in data:
        return EncryptedFileError("is locked with a password: save it without one", file=name)
    return _not_read(next((what for stream, what in STREAMS if stream.encode("utf-16-le") in data), "an old Office file"), name)


def _not_read(what: str, name: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(f"is {what}, which is not read: save it as .docx or as plain text", file=name)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
