"""HTML → text: a line for each block, inline elements run together, a table row on one line.

Nothing is guessed about which part of a page is the article: every line that the page shows is
kept, and `kg.extract.page` sets apart what stands around the notice.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from lxml import etree

from kg.errors import BrokenFileError, EmptyInputError
from kg.reading.kinds import has_tags
from kg.reading.lines import BESIDE, WIDE, clean, is_numbered, join_row, number_line, set_lines, with_title

# Never text: code, what stands in for it, other pages, fields to fill in, sound and pictures.
DROPPED = frozenset(
    "script style noscript template head title iframe frame frameset noframes object embed applet select textarea datalist "
    "canvas audio video svg map xml rp rt".split())
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main marquee menu nav ol p pre search section summary table tbody "
    "tfoot thead tr ul".split())
CELLS = ("td", "th")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.I)
NOTHING = re.compile(r"(?!)")
BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\s*(?:;|!|$)", re.I)
PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
WRAP = re.compile(rf"(?<=[{WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{WIDE}])")
SPACE = re.compile(r"[ \t\r\n\f]+")
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# Links under each other, as in a menu, go side by side: a page has a hundred of them, a notice none.
MENU = 3
MENU_LINE = 28  # characters: a line of them stays shorter than a paragraph, and is not taken for one
# Lists whose numbers a site does not show.
BARE_LIST = re.compile(r"crumb|nav|menu|pag(?:e|in)|unstyled|list-style(?:-type)?\s*:\s*none", re.I)


def decode_damaged(data: bytes) -> tuple[str, str] | None:
    """Return (source, encoding) of a page that is not valid in any encoding throughout; None for no page.

    A site that cuts a summary in the middle of a character leaves invalid bytes where a page
    shows nothing. They become U+FFFD here; text that shows one is not to be used.
    """
    if not has_tags(data.decode("latin-1")):
        return None
    declared = CHARSET.search(data)
    encodings = ("utf-8", "gb18030", declared[1].decode() if declared else "big5")
    return min((_replacing(data, encoding) for encoding in encodings), key=lambda tried: tried[0].count("\ufffd"))


def _replacing(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding, "replace"), encoding
    except LookupError:
        return data.decode("utf-8", "replace"), "utf-8"


def page_text(source: str, name: str) -> str:
    """Return the text that a page shows.

    Args:
        source: the page, decoded.
        name: the file, for messages.

    Raises:
        EmptyInputError: it shows none: it is made of frames, or a script is to fill it.
        BrokenFileError: its elements are nested too deep to be read to the end.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(source.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any("depth" in entry.message for entry in parser.error_log):
        raise BrokenFileError("its elements are nested too deep: copy the text from a browser into a text file", file=name)
    text = "" if root is None else _shown(root)
    if not text:
        raise EmptyInputError(_why_empty(source), file=name)
    return with_title(text, root.findtext("head/title") or "")


def _why_empty(source: str) -> str:
    if re.search(r"<i?frame\b", source, re.I):
        return "the page shows other pages in frames and has no text of its own: save the page in the frame"
    if re.search(r"<script\b", source, re.I):
        return "the page has no text until a script fills it: open it in a browser and save the page as shown"
    return "the page has no text"


def _shown(root: Any) -> str:
    """The text without what is hidden, unless that is most of it: then a script was to unveil it."""
    walk = _Walk(HIDDEN_STYLE)
    shown = set_lines(_join_menus(walk.lines(root)))
    everything = set_lines(_join_menus(_Walk(NOTHING).lines(root))) if walk.has_hidden else shown
    return shown if 2 * len(shown) >= len(everything) else everything


class _Line(NamedTuple):
    """A finished line. `menu`: it holds nothing but links."""

    text: str
    menu: bool


def _join_menus(lines: Iterable[_Line]) -> Iterator[str]:
    """The lines as text; menu items under each other side by side, as many as go on a line."""
    for menu, run in groupby(lines, key=lambda line: line.menu):
        texts = [line.text for line in run]
        yield from _side_by_side(texts) if menu and len(texts) >= MENU else texts


def _side_by_side(items: list[str]) -> Iterator[str]:
    line = items[0]
    for item in items[1:]:
        if len(line) + len(item) < MENU_LINE:
            line += BESIDE + item
        else:
            yield line
            line = item
    yield line


class _Walk:
    """One walk through a page, in document order, that fills lines; cells of a row are filled apart."""

    def __init__(self, hidden: re.Pattern[str]) -> None:
        self.hidden = hidden
        self.has_hidden = False  # whether any element was left out by its style
        self.filled: list[list[_Line]] = [[]]  # of the page, and of each cell that is open
        self.rows: list[list[list[_Line]]] = []  # the cells of each row that is open
        self.numbers: list[int] = []  # the last number of each <ol> that is open
        self.label = ""  # the number of an item, until its text comes
        self.pieces: list[str] = []  # of the line under way
        self.unlinked = False  # whether any of them is no link
        self.links = self.verbatim = 0  # how many <a href> and <pre> are open

    def lines(self, root: Any) -> list[_Line]:
        """The lines that `root` shows."""
        walker = etree.iterwalk(root, events=("start", "end"))
        dropped = None
        for event, element in walker:
            if event == "start":
                if self._is_dropped(element):
                    dropped = element
                    walker.skip_subtree()
                    continue
                self._open(element)
                self._write(element.text)
            else:
                if element is not dropped:
                    self._close(element)
                self._write(element.tail)
        self._end_line()
        return self.filled[0]

    def _is_dropped(self, element: Any) -> bool:
        if element.tag in DROPPED or element.get("hidden") is not None:
            return True
        style = element.get("style")
        hides = bool(style and self.hidden.search(style))
        self.has_hidden = self.has_hidden or hides
        return hides

    def _open(self, element: Any) -> None:
        tag = element.tag
        self._around(element, 1)
        if tag == "tr":
            self.rows.append([])
        elif tag in CELLS and self._is_in_row(element):
            self.filled.append([])
        elif tag == "ol":
            self.numbers.append(_number(element.get("start"), 1) - 1)
        elif tag == "li" and _tag_above(element) == "ol":
            self._number_item(element)

    def _close(self, element: Any) -> None:
        tag = element.tag
        self._around(element, -1)
        if tag == "tr":
            self.filled[-1] += _row(self.rows.pop())
        elif tag in CELLS and self._is_in_row(element):
            self.rows[-1].append(self.filled.pop())
        elif tag == "ol":
            self.numbers.pop()

    def _around(self, element: Any, step: int) -> None:
        """What the start and the end of an element have in common."""
        tag, style = element.tag, element.get("style", "")
        if tag in BLOCKS or tag in CELLS or BLOCK_STYLE.search(style):
            self._end_line()
        if tag == "a" and element.get("href"):
            self.links += step
        if tag == "pre" or PRE_STYLE.search(style):
            self.verbatim += step

    def _is_in_row(self, element: Any) -> bool:
        return bool(self.rows) and _tag_above(element) == "tr"

    def _number_item(self, item: Any) -> None:
        """Take the number that a browser shows before an item, to be written with its text."""
        self.numbers[-1] = _number(item.get("value"), self.numbers[-1] + 1)
        above = item.getparent()
        shows = not BARE_LIST.search(f"{above.get('class', '')} {above.get('id', '')} {above.get('style', '')}")
        self.label = f"{self.numbers[-1]}." if shows else ""

    def _write(self, text: str | None) -> None:
        if not text:
            return
        first, *more = text.split("\n") if self.verbatim else [WRAP.sub("", text)]
        self._add(first)
        for line in more:
            self._end_line()
            self._add(line)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.unlinked = self.unlinked or (not self.links and bool(text.strip()))

    def _end_line(self) -> None:
        text = clean(SPACE.sub(" ", "".join(self.pieces)))
        if text:
            if self.label and self.unlinked and not is_numbered(text):  # neither a menu nor numbered by hand
                text = number_line(self.label, text)
            self.filled[-1].append(_Line(text, not self.unlinked))
            self.label = ""
        self.pieces, self.unlinked = [], False


def _row(cells: list[list[_Line]]) -> list[_Line]:
    lines = [line for cell in cells for line in cell]
    texts = join_row([[line.text for line in cell] for cell in cells])
    return lines if len(texts) != 1 else [_Line(texts[0], all(line.menu for line in lines))]


def _tag_above(element: Any) -> str:
    above = element.getparent()
    return "" if above is None else str(above.tag)


def _number(printed: str | None, otherwise: int) -> int:
    return int(printed) if printed and printed.strip().isdecimal() else otherwise
