"""DOCX → text as Word shows it: automatic numbers printed, tracked changes accepted, hidden text left out.

Paragraphs and tables come in document order, text boxes after the paragraph that holds them,
notes at the end. Headers and footers are other parts of the file and are not read.
Source of the names: ECMA-376 part 1 (2016), 17.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.errors import EmptyInputError
from kg.reading.lines import join_row, number_line, set_lines
from kg.reading.numbering import Numbering, circled
from kg.reading.word import Package, Styles, W, switched, value

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted or moved away; properties; what a field is made from; how the base of a ruby is read.
DROPPED = frozenset(W + name for name in (
    "del", "moveFrom", "pPr", "rPr", "delText", "delInstrText", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr",
    "sdtEndPr", "rt", "smartTagPr", "customXmlPr", "txbxContent", "ffData"))
PRINTED = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
FIELD_PARTS = (W + "fldChar", W + "instrText")
# An EQ field that draws a circle around a number: eq \o\ac(○,3)
CIRCLE = re.compile(r"eq\s.*\\ac\s*\(\s*[○〇◯]\s*[,，;]\s*(\d{1,2})\s*\)", re.I)
CONTENTS = re.compile(r"\s*TOC\b")  # a table of contents: says every heading twice
# Characters of the fonts of symbols, which `w:sym` names by their code in the font (F0xx).
SYMBOLS = {"symbol": {0xB7: "•", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xB0: "°", 0xA3: "≤", 0xB3: "≥", 0xAE: "→", 0xDE: "⇒"},
           "wingdings": {0x6C: "●", 0x6E: "■", 0x71: "❑", 0x75: "◆", 0xA7: "▪", 0xA8: "□", 0x6F: "□", 0xD8: "➢", 0xE0: "→",
                         0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"} | {0x80 + n: circled(n) for n in range(1, 11)},
           "wingdings 2": {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x4F: "✗", 0xA3: "□"} | {0x69 + n: circled(n) for n in range(1, 11)}}


def docx_text(data: bytes, name: str) -> str:
    """Return the text of a Word file.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError, UnsupportedFormatError: as for `Package`.
        EmptyInputError: it holds no text.
    """
    package = Package(data, name)
    document = package.document()
    styles = Styles(package.related("styles"))
    reader = _Reader(styles, Numbering(package.related("numbering"), styles))
    lines = [line for body in document.iterfind(f"{W}body") for line in reader.blocks(body)] + reader.rest()
    for kind in ("footnotes", "endnotes"):
        lines += _notes(package.related(kind), reader)
    text = set_lines(lines)
    if not text:
        raise EmptyInputError("the Word file holds no text: pictures of pages have no text layer, recognise it first (OCR)", file=name)
    return text


def _notes(root: Any, reader: "_Reader") -> list[str]:
    """The notes of a page, or of the end, without the lines that separate them from the text."""
    notes = [] if root is None else [note for note in root if value(note, "@type") in (None, "normal")]
    return [line for note in notes for line in reader.blocks(note)]


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False
    has_result: bool = False

    def shows(self) -> bool:
        return self.in_result and not CONTENTS.match(self.instruction)


@dataclass(slots=True)
class _Words:
    """The words of one paragraph, and the text boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class _Reader:
    """Reads the blocks of one document in order; fields and numbers run on from block to block."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.fields: list[_Field] = []
        self.carried = ""  # the words of a paragraph whose end is deleted: they go before the next one

    def blocks(self, container: Any) -> Iterator[str]:
        """Yield the lines of the paragraphs and tables of a body, a cell, a text box or a note."""
        for block in container:
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                for row in _inside(block, f"{W}tr"):
                    if row.find(f"{W}trPr/{W}del") is None:
                        yield from join_row([list(self.blocks(cell)) for cell in _inside(row, f"{W}tc") if _is_shown(cell)])
            elif block.tag == f"{COMPATIBLE}AlternateContent":
                yield from self.blocks(_alternative(block))
            elif isinstance(block.tag, str) and block.tag not in DROPPED:
                yield from self.blocks(block)

    def rest(self) -> list[str]:
        """The words still carried where the text ends."""
        carried, self.carried = self.carried, ""
        return carried.split("\n")

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        properties = paragraph.find(f"{W}pPr")
        style = self.styles.named(value(properties, "pStyle"))
        words = _Words()
        if not self.styles.hides(style.id):
            self._inline(paragraph, words)
        text = self.carried + "".join(words.pieces)
        marks = None if properties is None else properties.find(f"{W}rPr")
        if _end_is_gone(marks):
            self.carried = text
        elif text.strip() or not (switched(marks, "vanish") or self.styles.hides(style.id)):
            self.carried = ""
            number = self.numbering.number(None if properties is None else properties.find(f"{W}numPr"), style)
            yield from number_line(number, text.strip()).split("\n") if text.strip() else ()
        for box in words.boxes:
            yield from self.blocks(box)

    def _inline(self, element: Any, words: _Words) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}txbxContent":
                words.boxes.append(child)
            elif tag in FIELD_PARTS:
                self._field_part(child, words)
            elif tag in (f"{W}t", f"{MATH}t"):
                self._write(child.text or "", words)
            elif tag in PRINTED:
                self._write(PRINTED[tag], words)
            elif tag == f"{W}sym":
                self._write(_symbol(child), words)
            elif tag == f"{COMPATIBLE}AlternateContent":
                self._inline(_alternative(child), words)
            elif tag == f"{W}r" and self._is_hidden(child):
                for part in child.iterchildren(*FIELD_PARTS):
                    self._field_part(part, words)
            elif tag not in DROPPED and isinstance(tag, str):
                self._inline(child, words)

    def _write(self, text: str, words: _Words) -> None:
        if all(field.shows() for field in self.fields):
            words.pieces.append(text)
        for field in self.fields:
            field.has_result = field.has_result or field.in_result

    def _field_part(self, part: Any, words: _Words) -> None:
        """Follow a field through its parts: begin, instruction, separate, result, end."""
        kind = value(part, "@fldCharType")
        if kind == "begin":
            self.fields.append(_Field())
        elif not self.fields:
            return
        elif part.tag == f"{W}instrText":
            self.fields[-1].instruction += part.text or ""
        elif kind == "separate":
            self.fields[-1].in_result = True
        elif kind == "end":
            ended = self.fields.pop()
            circle = CIRCLE.match(ended.instruction.strip())
            if circle and not ended.has_result:
                self._write(circled(int(circle[1])), words)

    def _is_hidden(self, run: Any) -> bool:
        properties = run.find(f"{W}rPr")
        own = switched(properties, "vanish")
        return self.styles.hides(value(properties, "rStyle")) if own is None else own


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in DROPPED and isinstance(child.tag, str):
            yield from _inside(child, tag)


def _is_shown(cell: Any) -> bool:
    """Whether a cell is neither deleted nor the covered part of a merged one."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return True
    merged = properties.find(f"{W}vMerge")
    return properties.find(f"{W}cellDel") is None and (merged is None or value(merged, "@val") == "restart")


def _end_is_gone(marks: Any) -> bool:
    """Whether the mark that ends a paragraph is deleted or moved away: it runs into the next one."""
    return marks is not None and any(marks.find(W + name) is not None for name in ("del", "moveFrom"))


def _alternative(choices: Any) -> Any:
    """The one form of a drawing that is shown: the first that has text, else the last."""
    return next((choice for choice in choices if choice.find(f".//{W}t") is not None), choices[-1] if len(choices) else choices)


def _symbol(symbol: Any) -> str:
    code = value(symbol, "@char") or ""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return ""
    known = SYMBOLS.get((value(symbol, "@font") or "").lower(), {}) if code.upper().startswith("F0") else {}
    return known.get(int(code[-2:], 16), chr(int(code, 16)))
