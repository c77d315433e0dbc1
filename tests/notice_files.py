"""One notice as the files it is found in: pages as sites write them, DOCX by python-docx, PDF printed by Chromium."""
from __future__ import annotations

import html
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from conftest import ROOT

PAGES = Path(__file__).resolve().parent / "pages"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()


@dataclass(frozen=True)
class Parts:
    """The lines of a notice: what stands before its title, the title, the line of its source, its body, what follows."""

    before: list[str]
    title: list[str]
    source: list[str]
    body: list[str]
    after: list[str]

    @property
    def all(self) -> list[str]:
        return [*self.before, *self.title, *self.source, *self.body, *self.after]


# File, and how many of its lines are before, title, source and after; counted by hand.
NOTICES = {
    "court_intermediate": ("examples/court_intermediate.txt", 1, 1, 1, 2),
    "court_high": ("examples/court_high.txt", 1, 1, 1, 6),
    "district_court": ("tests/gold/district_court.txt", 1, 1, 1, 1),
    "county_committee": ("tests/gold/county_committee.txt", 1, 1, 1, 2),
    "state_firm": ("tests/gold/state_firm.txt", 1, 1, 1, 1),
    "university_brackets": ("tests/gold/university_brackets.txt", 0, 1, 1, 2),
    "provincial_transport": ("tests/gold/provincial_transport.txt", 3, 2, 1, 1),
}


def parts(name: str) -> Parts:
    file, *counts = NOTICES[name]
    return cut((ROOT / file).read_text(encoding="utf-8"), *counts)


def cut(text: str, before: int, title: int, source: int, after: int) -> Parts:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title_end, source_end, body_end = before + title, before + title + source, len(lines) - after
    return Parts(lines[:before], lines[before:title_end], lines[title_end:source_end], lines[source_end:body_end], lines[body_end:])


def indented(line: str) -> str:
    return f'<p style="text-indent: 2em; line-height: 32px;">{html.escape(line)}</p>'


def broken_by_br(line: str) -> str:
    return f"&nbsp;&nbsp;&nbsp;&nbsp;{html.escape(line)}<BR>"


def word_runs(line: str) -> str:
    """Each number, and each stretch of five characters, in a span of its own; long lines wrapped in the source."""
    runs = re.findall(r"[0-9A-Za-z.%]+|[^0-9A-Za-z.%]{1,5}", line)
    spans = [f"<span lang=EN-US style='font-family:仿宋'>{html.escape(run)}</span>" if run[0].isascii() and run[0].isalnum()
             else f"<span style='font-size:16.0pt;\nfont-family:仿宋'>{html.escape(run)}</span>" for run in runs]
    return f"<p class=MsoNormal style='text-indent:32.0pt'>{''.join(spans)}<span lang=EN-US><o:p></o:p></span></p>"


def wrapped_divs(line: str) -> str:
    """Nested, and wrapped in the source wherever two Chinese characters meet after the fortieth."""
    wrapped = re.sub("([一-鿿，。]{40})(?=[一-鿿])", "\\1\n        ", line)
    return f"<div><div><font face=\"宋体\">　　{html.escape(wrapped)}</font></div></div>"


# Template, how it writes a paragraph, the encoding of its bytes.
TEMPLATES: dict[str, tuple[Callable[[str], str], str]] = {
    "portal": (indented, "utf-8"),
    "tables": (broken_by_br, "gbk"),
    "word": (word_runs, "utf-8-sig"),
    "court": (wrapped_divs, "utf-8"),
}


def page(template: str, notice: Parts, paragraph: Callable[[str], str] | None = None) -> bytes:
    """The notice as a page of a site; `paragraph` writes its paragraphs in another way than the site does."""
    usual, encoding = TEMPLATES[template]
    paragraph = paragraph or usual
    source = (PAGES / f"{template}.html").read_text(encoding="utf-8")
    for name in ("before", "title", "source", "after"):
        source = source.replace(f"{{{{{name}}}}}", "<br>".join(html.escape(line) for line in getattr(notice, name)))
    source = source.replace("{{window}}", html.escape("".join(notice.title)))
    source = source.replace("{{body}}", "\n".join(map(paragraph, notice.body)))
    return source.encode(encoding, "xmlcharrefreplace")


@pytest.fixture(scope="module")
def printer() -> Iterator[Callable[[str, dict[str, Any]], bytes]]:
    """Prints a page as Chromium does: (HTML, options of `page.pdf`) → PDF."""
    if CHROMIUM is None:
        reason = "no chromium on this machine; `apt-get install chromium` lets these tests run"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        window = browser.new_page()

        def printed(source: str, options: dict[str, Any]) -> bytes:
            window.set_content(source)
            return bytes(window.pdf(**options))
        yield printed
        browser.close()


def official(notice: Parts) -> tuple[str, dict[str, Any]]:
    """As official documents are set: 28 characters on a line, justified, indented, no space between paragraphs, — 1 — below."""
    title = "<br>".join(map(html.escape, notice.title))
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in notice.body)
    head = "".join(f"<p class=flush>{html.escape(line)}</p>" for line in [*notice.before])
    source = "".join(f"<p class=flush>{html.escape(line)}</p>" for line in notice.source)
    after = "".join(f"<p class=flush>{html.escape(line)}</p>" for line in notice.after)
    style = ("body {font: 16pt/28pt 'Noto Serif CJK SC', serif; margin: 0; text-align: justify} p {margin: 0; text-indent: 2em}"
             "h1 {font-size: 22pt; line-height: 32pt; text-align: center; margin: 0 0 28pt} .flush {text-indent: 0}")
    number = '<div style="font-size: 12pt; width: 100%; text-align: center">— <span class="pageNumber"></span> —</div>'
    return (f"<meta charset=utf-8><style>{style}</style>{head}<h1>{title}</h1>{source}{lines}{after}",
            {"format": "A4", "margin": {"top": "37mm", "bottom": "35mm", "left": "28mm", "right": "26mm"},
             "display_header_footer": True, "header_template": "<span></span>", "footer_template": number})


def from_browser(notice: Parts) -> tuple[str, dict[str, Any]]:
    """As a browser prints the page of a site: space between paragraphs, date and title above, address and 1/8 below."""
    head = ('<div style="font-size: 8pt; width: 100%; padding: 0 8mm"><span class="date"></span>'
            '<span style="margin-left: 40mm">整改公开_栖岭清风网</span></div>')
    foot = ('<div style="font-size: 8pt; width: 100%; padding: 0 8mm">https://www.example.cn/art/2024/9/12/art_1_1.html'
            '<span style="float: right"><span class="pageNumber"></span>/<span class="totalPages"></span></span></div>')
    return (page("court", notice, indented).decode("utf-8"),
            {"format": "A4", "margin": {"top": "15mm", "bottom": "15mm", "left": "10mm", "right": "10mm"},
             "display_header_footer": True, "header_template": head, "footer_template": foot})


def typed_docx(notice: Parts) -> bytes:
    """A Word file with its numbers typed; a running head and a page number stand in the parts for them."""
    document = _document(notice)
    for line in notice.all:
        document.add_paragraph(line)
    return saved(document)


# The forms of number that Word counts: how one is typed, its format, how it is set.
HAN = "[一二三四五六七八九十]+"
LIST_FORMS = ((rf"({HAN})、", "chineseCountingThousand", "%{}、"), (rf"（({HAN})）", "chineseCounting", "（%{}）"),
              (rf"\(({HAN})\)", "japaneseCounting", "(%{})"), (r"(\d+)．", "decimal", "%{}．"), (r"(\d+)\.(?!\d)", "decimal", "%{}."),
              (r"（(\d+)）", "decimal", "（%{}）"), (r"\((\d+)\)", "decimal", "(%{})"),
              ("([①-⑳])", "decimalEnclosedCircleChinese", "%{}"))


def numbered_docx(notice: Parts) -> bytes:
    """A Word file whose numbers are not in its text: Word counts them, at one level for each form of number."""
    document = _document(notice)
    outline = add_outline(document, [(form, text.format(level + 1)) for level, (_, form, text) in enumerate(LIST_FORMS)])
    list_id, counts = add_list(document, outline, {}), [0] * len(LIST_FORMS)
    for line in notice.all:
        level, number, words = _split(line)
        paragraph = document.add_paragraph(words)
        if level is None:
            continue
        if number != counts[level] + 1:  # a writer starts the list anew there
            list_id = add_list(document, outline, {level: number})
        counts[level], counts[level + 1:] = number, [0] * (len(counts) - level - 1)
        number_paragraph(paragraph, list_id, level)
    return saved(document)


def _split(line: str) -> tuple[int | None, int, str]:
    """The level and the number that a line is typed with, and the words after it."""
    for level, (typed, _, _) in enumerate(LIST_FORMS):
        if match := re.match(typed, line):
            return level, value_of(match[1]), line[match.end():]
    return None, 0, line


def value_of(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(number[0]) - ord("①") + 1
    tens, ten, units = number.rpartition("十")
    digits = {"": 0} | {c: i for i, c in enumerate("一二三四五六七八九", start=1)}
    return (digits[tens] or 1) * 10 + digits[units] if ten else digits[units]


def _document(notice: Parts) -> Any:
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(16)
    section = document.sections[0]
    section.header.paragraphs[0].text = "内部资料 一、页眉"
    section.footer.paragraphs[0].text = "— 1 —"
    document.core_properties.title = "".join(notice.title)
    return document


def add_outline(document: Any, levels: Sequence[tuple[str, str]], extra: Sequence[str] = ()) -> str:
    """Add an outline of (format, text) levels to the numbering part; return its id.

    `extra` are further elements of each level, as XML.
    """
    numbering = document.part.numbering_part.element
    outline_id = str(100 + len(numbering.findall(qn("w:abstractNum"))))
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra[i] if i < len(extra) else ""}'
        f'<w:lvlText w:val="{text}"/></w:lvl>' for i, (form, text) in enumerate(levels))
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{outline_id}">'
                                  f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'))
    return outline_id


def add_list(document: Any, outline_id: str, anew: dict[int, int]) -> str:
    """Add a list on an outline, with the levels that start anew; return its id."""
    numbering = document.part.numbering_part.element
    list_id = str(100 + len(numbering.findall(qn("w:num"))))
    inner = "".join(f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for level, start in anew.items())
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{outline_id}"/>{inner}</w:num>'))
    return list_id


def number_paragraph(paragraph: Any, list_id: str, level: int) -> None:
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'))


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
