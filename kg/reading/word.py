"""The parts of a Word file and its styles."""
from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from kg.errors import BrokenFileError, EncryptedFileError, TooLargeError, UnsupportedFormatError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The strict form of the standard names the same things in other namespaces.
STRICT = ((b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
          (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
          (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
           b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"))
# The text of a notice with all its formatting has 1 to 3 MB; its pictures are never unpacked.
MAX_PART = 50_000_000
MAIN = "word/document.xml"
OTHER_ARCHIVES = (("xl/", "an Excel file (.xlsx)"), ("ppt/", "a PowerPoint file (.pptx)"), ("OFD.xml", "an OFD file"),
                  ("content.xml", "an OpenDocument file"), ("META-INF/container.xml", "an EPUB book"))


class Package:
    """The parts of a Word file, unpacked and parsed one at a time."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the archive.

        Raises:
            BrokenFileError: it is cut off or damaged.
        """
        self.name = name
        try:
            self.archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
            raise BrokenFileError("is a damaged Word file: it cannot be unpacked", file=name) from error
        self.members = frozenset(self.archive.namelist())
        self.main = self._target("", "officeDocument") or MAIN

    def document(self) -> Any:
        """Return the main part.

        Raises:
            BrokenFileError: it is missing, or no XML.
            UnsupportedFormatError: it is that of another kind of file.
        """
        root = self._parse(self.main)
        if root is not None and root.tag == f"{W}document":
            return root
        if root is None and "[Content_Types].xml" in self.members and self.main == MAIN:
            raise BrokenFileError("is a damaged Word file: its text is missing", file=self.name)
        what = next((what for start, what in OTHER_ARCHIVES if any(m.startswith(start) for m in self.members)),
                    "a ZIP archive and no Word file")
        raise UnsupportedFormatError(f"is {what}, which is not read: save it as .docx or as plain text", file=self.name)

    def related(self, kind: str) -> Any:
        """Return the part that the main one calls styles, numbering, footnotes …; None where there is none."""
        return self._parse(self._target(self.main, kind) or "")

    def _target(self, source: str, kind: str) -> str | None:
        """The part that `source` has a relationship of this kind to ("": the whole package)."""
        folder, file = posixpath.split(source)
        relations = self._parse(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in () if relations is None else relations:
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        return None

    def _parse(self, member: str) -> Any:
        if member not in self.members:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(self._unpack(member), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BrokenFileError(f"is a damaged Word file: {member} is not XML", file=self.name) from error
        if root.getroottree().docinfo.doctype:  # ECMA-376 part 2, 6.2.5: no part holds one
            raise BrokenFileError(f"is no Word file as Word writes it: {member} declares a document type", file=self.name)
        return root

    def _unpack(self, member: str) -> bytes:
        """The bytes of a part; no more are unpacked than `MAX_PART`, whatever size the archive states."""
        try:
            with self.archive.open(member) as part:
                content = part.read(MAX_PART + 1)
        except RuntimeError as error:  # what zipfile raises for a password
            raise EncryptedFileError("is locked with a password: save it without one", file=self.name) from error
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise BrokenFileError(f"is a damaged Word file: {member} cannot be unpacked", file=self.name) from error
        if len(content) > MAX_PART:
            raise TooLargeError(f"{member} unpacks to more than {MAX_PART / 1e6:.0f} MB, too large for one notice", file=self.name)
        for strict, usual in STRICT:
            content = content.replace(strict, usual)
        return content


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What a style says of numbers and of hiding. `list_id` is "0" where it takes the number off."""

    id: str
    above: str | None = None
    list_id: str | None = None
    depth: int | None = None
    hidden: bool | None = None


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any) -> None:
        """Take the styles from `root`, the styles part, or None where the document has none."""
        found = [] if root is None else list(root.iterfind(f"{W}style"))
        self.by_id: Mapping[str, WordStyle] = {style.id: style for style in map(_style, found)}
        default = next((e for e in found if value(e, "@type") == "paragraph" and value(e, "@default") in ("1", "true", "on")), None)
        self.default = WordStyle("") if default is None else _style(default)

    def named(self, style_id: str | None) -> WordStyle:
        """Return the style with this id; the default one for None or an unknown one."""
        return self.by_id.get(style_id or "", self.default)

    def chain(self, style: WordStyle) -> Iterator[WordStyle]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while style.id not in seen:
            yield style
            seen.add(style.id)
            style = self.by_id.get(style.above or "", style)

    def list_of(self, style_id: str) -> str | None:
        """Return the list that a numbering style stands for."""
        style = self.by_id.get(style_id)
        return style.list_id if style else None

    def hides(self, style_id: str | None) -> bool:
        """Whether text in this style is hidden."""
        style = self.by_id.get(style_id or "")
        return bool(style) and bool(next((s.hidden for s in self.chain(style) if s.hidden is not None), False))  # type: ignore[arg-type]


def _style(element: Any) -> WordStyle:
    numbers, run = element.find(f"{W}pPr/{W}numPr"), element.find(f"{W}rPr")
    depth = value(numbers, "ilvl")
    return WordStyle(value(element, "@styleId") or "", value(element, "basedOn"), value(numbers, "numId"),
                     None if depth is None else integer(depth, 0), switched(run, "vanish"))


def value(element: Any, path: str) -> str | None:
    """Return `w:val` of a child, or an attribute of the element itself (`@name`); None where it is missing."""
    if element is None:
        return None
    if path.startswith("@"):
        return _text(element.get(W + path[1:]))
    child = element.find(W + path)
    return None if child is None else _text(child.get(f"{W}val"))


def switched(element: Any, name: str) -> bool | None:
    """Return whether a property is on, off, or (None) not named."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(f"{W}val") not in ("0", "false", "off")


def integer(text: str | None, otherwise: int) -> int:
    """Return a whole number written in digits, or `otherwise`."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _text(attribute: Any) -> str | None:
    return None if attribute is None else str(attribute)
