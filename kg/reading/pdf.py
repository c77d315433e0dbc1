"""PDF → text: the lines of its text layer, without what each page repeats, joined into paragraphs."""
from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass
from math import ceil, hypot
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

from kg.errors import BrokenFileError, EmptyInputError, EncodingError, EncryptedFileError, TooLargeError
from kg.lexicon import load
from kg.reading.lines import clean, set_lines
from kg.reading.paragraphs import PrintedLine, join_lines
from kg.reading.width import fold

logger = logging.getLogger(__name__)

# The longest notice seen fills 90 pages; a book is none.
MAX_PAGES = 500
MAX_CHARACTERS = 2_000_000
EDGE = 2  # lines at the head and at the foot of a page where what it repeats may stand
REPEATED = 0.4  # of the pages: heads may differ on left and right pages
SIDES = 2  # at one height: where more than two lines differ, the text itself stands there
IN_SENTENCE = tuple("。；，、：,;:")  # no head ends so, but the rest of a sentence on a new page does
# Share of characters without a meaning from which a text layer is not to be read.
UNREADABLE = 0.2
# Fonts map some characters to a radical of the same look (Noto CJK printed by Chromium does): those
# of the Kangxi block fold by NFKC, of the supplement these are also characters.
RADICALS = dict(zip("⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳", "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟", strict=True))
MEANINGLESS = re.compile("[\0-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
HYPHEN = "\x02\ufffe"  # what PDFium gives for a hyphen at the end of a line


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of a PDF that has a text layer.

    Raises:
        BrokenFileError: it is cut off or damaged.
        EncryptedFileError: it opens only with a password.
        EmptyInputError: it has no text layer, or only some of its pages have.
        EncodingError: its fonts do not say which characters they show.
        TooLargeError: more than `MAX_PAGES` pages or `MAX_CHARACTERS` characters.
    """
    document = _open(data, name)
    try:
        pages = _pages(document, name)
    finally:
        document.close()
    kept = _without_furniture(pages)
    _refuse_scans(pages, kept, name)
    lines = [line for page in kept for line in page]
    text = "".join(line.text for line in lines)
    if len(MEANINGLESS.findall(text)) > UNREADABLE * len(text):
        raise EncodingError("its fonts do not say which characters they show: recognise its text (OCR), or find another copy",
                            file=name)
    return set_lines(join_lines(lines))


def _open(data: bytes, name: str) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedFileError("is locked with a password: save it without one", file=name) from error
        raise BrokenFileError("is a damaged PDF: it cannot be opened", file=name) from error
    if len(document) > MAX_PAGES:
        pages = len(document)
        document.close()
        raise TooLargeError(f"{pages} pages are too many for one notice (limit {MAX_PAGES})", file=name)
    return document


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page as they were written; `pictured`: it shows a picture."""

    lines: list[PrintedLine]
    pictured: bool


def _pages(document: Any, name: str) -> list[_Page]:
    pages: list[_Page] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            pictured = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2))
            pages.append(_Page(list(_page_lines(page, number)), pictured))
            page.close()
        except pypdfium2.PdfiumError as error:
            raise BrokenFileError(f"is a damaged PDF: page {number + 1} cannot be read", file=name) from error
        characters += sum(len(line.text) for line in pages[-1].lines)
        if characters > MAX_CHARACTERS:
            raise TooLargeError(f"more than {MAX_CHARACTERS:,} characters are too many for one notice", file=name)
    return pages


def _page_lines(page: Any, number: int) -> Iterator[PrintedLine]:
    """The lines of a page in the order they were written, each with where it stands."""
    layer = page.get_textpage()
    codes = [pdfium.FPDFText_GetUnicode(layer, i) for i in range(layer.count_chars())]
    start = 0
    for stop in (*(i for i, code in enumerate(codes) if code in (10, 13)), len(codes)):
        characters = list(map(_character, codes[start:stop]))
        shown = [start + i for i, character in enumerate(characters) if not character.isspace()]
        if shown:
            yield _line("".join(characters), layer, shown, number)
        start = stop + 1
    layer.close()


def _character(code: int) -> str:
    character = chr(code) if code < 0x110000 else "\ufffd"
    if "\u2e80" <= character <= "\u2fd5" or "\uf900" <= character <= "\ufaff":
        return RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return "-" if character in HYPHEN else character


def _line(text: str, layer: Any, shown: Sequence[int], page: int) -> PrintedLine:
    """A line of `layer`; `shown` are the places of its characters other than spaces."""
    ends = [_ends(layer, index) for index in shown]
    sample = [shown[0], shown[len(shown) // 2], shown[-1]]
    return PrintedLine(
        text=clean(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")), page=page,
        left=min(left for left, _ in ends), right=max(right for _, right in ends),
        height=median(_height(layer, index) for index in sample), size=median(_size(layer, index) for index in sample))


def _ends(layer: Any, index: int) -> tuple[float, float]:
    """From where to where a character goes, in points from the left of the page."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(layer, index, box)
    return box.left, box.right


def _height(layer: Any, index: int) -> float:
    """How far above the foot of the page a character stands, in points."""
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(layer, index, x, y)
    return y.value


def _size(layer: Any, index: int) -> float:
    """The size of a character in points: that of its font, as the page is scaled."""
    matrix = pdfium.FS_MATRIX()
    scaled = pdfium.FPDFText_GetMatrix(layer, index, matrix)
    size = float(pdfium.FPDFText_GetFontSize(layer, index))
    return max(size * hypot(matrix.c, matrix.d) if scaled else size, 1.0)


def _without_furniture(pages: Sequence[_Page]) -> list[list[PrintedLine]]:
    """The lines of each page without its number and without what many pages repeat at one height."""
    edges = [_edges(page.lines) for page in pages]
    shapes = Counter((_shape(line.text), round(line.height)) for lines in edges for line in lines)
    heights = Counter(height for _, height in shapes)
    needed = max(2, ceil(REPEATED * len(pages)))

    def is_furniture(line: PrintedLine) -> bool:
        height = round(line.height)
        repeated = shapes[_shape(line.text), height] >= needed and heights[height] <= SIDES
        return _is_printed_by_the_printer(line.text) or (repeated and not line.text.endswith(IN_SENTENCE))
    return [[line for line in page.lines if line not in lines or not is_furniture(line)] for page, lines in zip(pages, edges)]


def _edges(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines nearest to the head and the foot of a page."""
    downwards = sorted(lines, key=lambda line: -line.height)
    return downwards[:EDGE] + downwards[max(EDGE, len(lines) - EDGE):]


def _shape(text: str) -> str:
    return re.sub(r"\d+|\s+", "", text)


def _is_printed_by_the_printer(text: str) -> bool:
    patterns = load("printing").patterns.values()
    return any(pattern.regex.search(fold(text)) for pattern in patterns)


def _refuse_scans(pages: Sequence[_Page], kept: Sequence[list[PrintedLine]], name: str) -> None:
    """Refuse a PDF that is mostly pictures of pages; tell of single ones."""
    scanned = [number for number, (page, lines) in enumerate(zip(pages, kept), start=1) if page.pictured and not lines]
    if not any(kept) or len(scanned) * 2 > len(pages):
        raise EmptyInputError("a scanned PDF has no text layer: recognise its text first (OCR)", file=name)
    for number in scanned:
        logger.warning("%s: page %d is a picture and has no text layer", name, number)
