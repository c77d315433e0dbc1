"""PDF → text: the lines of its text layer, without what each page repeats, joined into paragraphs."""
from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass
from math import ceil, hypot
from statistics import median
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw as pdfium

from kg.errors import BrokenFileError, EmptyInputError, EncodingError, EncryptedFileError, TooLargeError
from kg.lexicon import load
from kg.reading.lines import BESIDE, clean, set_lines
from kg.reading.paragraphs import PrintedLine, join_lines
from kg.reading.width import fold

logger = logging.getLogger(__name__)

# The longest notice seen fills 90 pages; a book is none.
MAX_PAGES = 500
MAX_CHARACTERS = 2_000_000
EDGE = 2  # lines at the head and at the foot of a page where what it repeats may stand
REPEATED = 0.8  # of the pages
OTHER_SIZE = 0.05
APART = 1.2
IN_SENTENCE = tuple("。；，、：,;:")  # no head ends so, but the rest of a sentence on a new page does
# In sizes of the font: how far a character may stand above or below the one before it in a line, and
# how near to its like it is printed twice.
SAME_LINE = 0.5
DOUBLED = 0.2
# The room that makes a space: between Chinese characters, beyond what is usual; beside one (Word sets
# digits a quarter apart); between Latin ones. And the room that parts the cells of a table.
ROOM_WIDE, ROOM_BESIDE, ROOM_NARROW, ROOM_CELLS = 0.15, 0.35, 0.15, 2.0
SOME = 4  # steps from one Chinese character to the next: so many say how far a line is drawn apart
OWN_WIDTH = "“”‘’—…"  # signs that fonts make narrower or wider than a character
# A page may be turned when it is shown: where a point of it comes to lie (its origin does not matter).
TURNS: dict[int, Callable[[float, float], tuple[float, float]]] = {
    0: lambda x, y: (x, y), 90: lambda x, y: (y, -x), 180: lambda x, y: (-x, -y), 270: lambda x, y: (-y, x)}
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
    """The lines of a page as they were written; `pictured`: it shows a picture and hardly a line."""

    lines: list[PrintedLine]
    pictured: bool


def _pages(document: Any, name: str) -> list[_Page]:
    pages: list[_Page] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            lines = list(_page_lines(page, number))
            pages.append(_Page(lines, len(lines) <= 2 * EDGE and _shows_picture(page)))
            page.close()
        except pypdfium2.PdfiumError as error:
            raise BrokenFileError(f"is a damaged PDF: page {number + 1} cannot be read", file=name) from error
        characters += sum(len(line.text) for line in pages[-1].lines)
        if characters > MAX_CHARACTERS:
            raise TooLargeError(f"more than {MAX_CHARACTERS:,} characters are too many for one notice", file=name)
    return pages


def _shows_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2))


class _Glyph(NamedTuple):
    """A character, its place in the text layer, and where on the page it stands, in points from left and foot."""

    character: str
    place: int
    left: float
    right: float
    height: float

    @property
    def is_wide(self) -> bool:
        return not self.character.isascii()


def _page_lines(page: Any, number: int) -> Iterator[PrintedLine]:
    """The lines of a page in the order they were written, each with where it stands."""
    layer = page.get_textpage()
    line: list[_Glyph] = []
    size = 1.0
    for glyph in _glyphs(layer, TURNS[page.get_rotation()]):
        if line and abs(glyph.height - line[-1].height) > SAME_LINE * size:
            yield _line(layer, line, number)
            line = []
        if not line:
            size = _size(layer, glyph.place)
        line.append(glyph)
    if line:
        yield _line(layer, line, number)
    layer.close()


def _glyphs(layer: Any, turn: Callable[[float, float], tuple[float, float]]) -> Iterator[_Glyph]:
    """The characters that a page shows. Spaces are told by the room between them, as many printers write none."""
    box, x, y = pdfium.FS_RECTF(), c_double(), c_double()
    for place in range(layer.count_chars()):
        character = _character(pdfium.FPDFText_GetUnicode(layer, place))
        if not character.isspace():
            pdfium.FPDFText_GetLooseCharBox(layer, place, box)
            pdfium.FPDFText_GetCharOrigin(layer, place, x, y)
            left, height = turn(x.value, y.value)
            right = max(turn(box.left, box.bottom)[0], turn(box.right, box.top)[0])
            yield _Glyph(character, place, left, right, height)


def _character(code: int) -> str:
    character = chr(code) if code < 0x110000 else "\ufffd"
    if "\u2e80" <= character <= "\u2fd5" or "\uf900" <= character <= "\ufaff":
        return RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return "-" if character in HYPHEN else character


def _line(layer: Any, glyphs: list[_Glyph], page: int) -> PrintedLine:
    size = median(_size(layer, glyphs[i].place) for i in (0, len(glyphs) // 2, -1))
    glyphs = _printed_once(sorted(glyphs, key=lambda glyph: glyph.left), size)
    text = "".join(_spaced(glyphs, size)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return PrintedLine(text=clean(text), page=page, left=glyphs[0].left, right=max(glyph.right for glyph in glyphs),
                       height=median(glyph.height for glyph in glyphs), size=size)


def _printed_once(glyphs: list[_Glyph], size: float) -> list[_Glyph]:
    """The characters of a line without those that are printed twice to look bold.

    Two that are written one after the other at one place are one sign of the font: ——.
    """
    return glyphs[:1] + [glyph for before, glyph in zip(glyphs, glyphs[1:])
                         if glyph.character != before.character or abs(glyph.place - before.place) == 1
                         or glyph.left - before.left > DOUBLED * size]


def _spaced(glyphs: list[_Glyph], size: float) -> Iterator[str]:
    """The characters of a line, with a space where there is room for one.

    Between two Chinese characters that is more room than there usually is in this line: a
    justified one is drawn apart.
    """
    pairs = list(zip(glyphs, glyphs[1:]))
    steps = [b.left - a.left for a, b in pairs if a.is_wide and b.is_wide and a.character not in OWN_WIDTH]
    drawn = median(steps) - size if len(steps) >= SOME else 0.0
    yield glyphs[0].character
    for before, glyph in pairs:
        room = glyph.left - before.right
        if not (before.is_wide and glyph.is_wide):
            spaced = room - max(drawn, 0) > (ROOM_BESIDE if before.is_wide or glyph.is_wide else ROOM_NARROW) * size
        elif before.character in OWN_WIDTH:
            spaced = room - max(drawn, 0) > ROOM_WIDE * size
        else:
            spaced = glyph.left - before.left - size - drawn > ROOM_WIDE * size
        yield (BESIDE if room > ROOM_CELLS * size else " " * spaced) + glyph.character


def _size(layer: Any, index: int) -> float:
    """The size of a character in points: that of its font, as the page is scaled."""
    matrix = pdfium.FS_MATRIX()
    scaled = pdfium.FPDFText_GetMatrix(layer, index, matrix)
    size = float(pdfium.FPDFText_GetFontSize(layer, index))
    return max(size * hypot(matrix.c, matrix.d) if scaled else size, 1.0)


def _without_furniture(pages: Sequence[_Page]) -> list[list[PrintedLine]]:
    """The lines of each page without its number and without what many pages repeat at one height."""
    edges = [_edges(page.lines) for page in pages]
    heights = _furniture_heights(edges)

    def is_furniture(line: PrintedLine, page: _Page) -> bool:
        repeated = round(line.height) in heights and not line.text.endswith(IN_SENTENCE) and _stands_apart(line, page.lines)
        return repeated or _is_printed_by_the_printer(line.text)
    return [[line for line in page.lines if line not in lines or not is_furniture(line, page)] for page, lines in zip(pages, edges)]


def _furniture_heights(edges: Sequence[list[PrintedLine]]) -> set[int]:
    """The heights at which every page, save perhaps the first, has a line that another one has too.

    The last page is one of them: where the text itself ends a page, it does not reach so far.
    """
    shapes = Counter(_shape_and_height(line) for lines in edges for line in lines)
    counts: Counter[int] = Counter()
    for (_, height), count in shapes.items():
        counts[height] += count
    single = {height for (_, height), count in shapes.items() if count == 1}
    needed = max(2, min(len(edges) - 1, ceil(REPEATED * len(edges))))
    return {height for height, count in counts.items() if count >= needed} - single & \
        {round(line.height) for line in (edges[-1] if edges else ())}


def _edges(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines nearest to the head and the foot of a page."""
    downwards = sorted(lines, key=lambda line: -line.height)
    return downwards[:EDGE] + downwards[max(EDGE, len(lines) - EDGE):]


def _stands_apart(line: PrintedLine, page: Sequence[PrintedLine]) -> bool:
    """Whether a line at the edge is of another size than the text, or farther from it than its lines are from each other."""
    heights = sorted({other.height for other in page})
    usual = median([above - below for below, above in zip(heights, heights[1:])] or [0.0])
    nearest = min((abs(other.height - line.height) for other in page if other.height != line.height), default=0.0)
    return abs(line.size - median(other.size for other in page)) > OTHER_SIZE * line.size or nearest > APART * usual


def _shape_and_height(line: PrintedLine) -> tuple[str, int]:
    return re.sub(r"\d+|\s+", "", line.text), round(line.height)


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
