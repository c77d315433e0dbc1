"""PDF → text: paragraphs put together again from the lines that a printer made of them."""
from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import raw

from kg.errors import BinaryInputError, BrokenFileError, EmptyInputError, EncryptedFileError, InputError, TooLargeError
from kg.reading import pdf, read_bytes
from kg.reading.paragraphs import PrintedLine, join_lines
from notice_files import from_browser, official, parts, printer

Printer = Callable[[str, dict[str, Any]], bytes]
SIZE, LEFT, RIGHT = 16.0, 80.0, 528.0  # 28 characters on a line, as official documents are set
__all__ = ["printer"]


def page_of(*texts: str, pitch: float = 28.0, size: float = SIZE, page: int = 0) -> list[PrintedLine]:
    """Lines under each other; each full-width space in front, or ASCII character, takes its room."""
    lines = []
    for i, text in enumerate(texts):
        words = text.lstrip("　")
        left = LEFT + size * (len(text) - len(words))
        width = sum(size * (0.5 if c.isascii() else 1) for c in words)
        lines.append(PrintedLine(words, page, left, left + width, 700 - pitch * i, size))
    return lines


FULL = "党组高度重视坚持把整改作为重要政治任务抓紧抓实不断推动整改走深"[:28]  # 28 characters: a full line
SHORT = "取得实效。"
BODY = ["　　" + FULL[:26], FULL, SHORT]  # a paragraph of three lines


def test_the_lines_of_a_paragraph_are_joined() -> None:
    assert join_lines(page_of(*BODY, *BODY)) == [FULL[:26] + FULL + SHORT] * 2


@pytest.mark.parametrize(("texts", "expected"), [
    # A heading of one line, full to the margin, and an indented paragraph below it.
    ([*BODY, "　　一、" + FULL[:24], *BODY], [FULL[:26] + FULL + SHORT, "一、" + FULL[:24], FULL[:26] + FULL + SHORT]),
    # A sentence that ends at the margin; what follows at the margin goes on with the paragraph.
    ([*BODY, "　　" + FULL[:25] + "。", FULL, SHORT], [FULL[:26] + FULL + SHORT, FULL[:25] + "。" + FULL + SHORT]),
    # A number that happens to stand at the start of a line inside a paragraph.
    ([*BODY, *BODY, "　　一是" + FULL[:23] + "。", "二是" + FULL[:10] + "。"], [FULL[:26] + FULL + SHORT] * 2 + ["一是" + FULL[:23] + "。二是" + FULL[:10] + "。"]),
    # Headings that do stand at the margin start anew.
    ([*BODY, *BODY, *BODY, "二、" + SHORT, "　　" + FULL[:26], "三、" + SHORT],
     [FULL[:26] + FULL + SHORT] * 3 + ["二、" + SHORT, FULL[:26], "三、" + SHORT]),
])
def test_in_an_indented_text_indents_tell_the_paragraphs(texts: list[str], expected: list[str]) -> None:
    assert join_lines(page_of(*texts)) == expected


@pytest.mark.parametrize(("texts", "expected"), [
    ([FULL, FULL, SHORT, FULL, SHORT], [FULL + FULL + SHORT, FULL + SHORT]),
    ([FULL[:27] + "。", FULL, SHORT], [FULL[:27] + "。", FULL + SHORT]),
    ([FULL, "（一）" + FULL[:25], SHORT], [FULL, "（一）" + FULL[:25] + SHORT]),
    # A line that is not drawn to the margin: there was no room for the next word, or there was.
    ([FULL[:26], "2024年9月" + FULL[:23], FULL[:27], "（试行）" + SHORT], [FULL[:26] + "2024年9月" + FULL[:23] + FULL[:27] + "（试行）" + SHORT]),
    ([FULL[:26], "2024年9月" + FULL[:23], FULL[:24], "于" + SHORT], [FULL[:26] + "2024年9月" + FULL[:23] + FULL[:24], "于" + SHORT]),
    ([FULL, "1．" + FULL[:9], "2．" + FULL[:9]], [FULL, "1．" + FULL[:9], "2．" + FULL[:9]]),
])
def test_in_a_text_that_is_not_indented_sentences_and_numbers_do(texts: list[str], expected: list[str]) -> None:
    assert join_lines(page_of(*texts)) == expected


def test_space_between_paragraphs_parts_them() -> None:
    above, below = page_of(FULL, FULL), page_of(FULL, SHORT)
    below = [PrintedLine(line.text, 0, line.left, line.right, line.height - 28 * 2.5, SIZE) for line in below]
    assert join_lines(above + below) == [FULL + FULL, FULL + SHORT]


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    assert join_lines(page_of(*BODY, *BODY[:2]) + page_of(SHORT, *BODY, page=1)) == [FULL[:26] + FULL + SHORT] * 3


def test_a_title_that_fills_its_line_goes_on_and_one_broken_by_hand_does_not() -> None:
    def centred(text: str, row: int) -> PrintedLine:
        middle, half = (LEFT + RIGHT) / 2, 22 * len(text) / 2
        return PrintedLine(text, 0, middle - half, middle + half, 760 - row * 32, 22)
    assert join_lines([centred(FULL[:20], 0), centred("情况的通报", 1), *page_of(*BODY)])[0] == FULL[:20] + "情况的通报"
    assert join_lines([centred(FULL[:12], 0), centred(FULL[:14], 1), *page_of(*BODY)])[:2] == [FULL[:12], FULL[:14]]


def test_larger_type_is_another_paragraph() -> None:
    heading = PrintedLine("二、" + FULL[:18], 0, LEFT, RIGHT, 728, 22)
    assert join_lines([heading, *page_of(FULL, SHORT)]) == ["二、" + FULL[:18], FULL + SHORT]


@pytest.mark.parametrize(("above", "line", "joined"), [
    ("推动", "落实", "推动落实"), ("共2", "项", "共2项"), ("12", "34", "1234"), ("Copyright", "A", "Copyright A"),
    ("0799-", "6120", "0799-6120"), ("qlzy@", "example", "qlzy@example"),
])
def test_a_space_is_put_between_latin_words_only(above: str, line: str, joined: str) -> None:
    filler = "x" * 56
    first, second = page_of(filler, line)
    assert join_lines([PrintedLine(above, 0, LEFT, RIGHT, first.height, SIZE), second]) == [joined]


@given(st.lists(st.text("党组整改，。一二三四五（）1.、", min_size=1, max_size=130), min_size=1, max_size=8))
def test_no_character_is_lost_or_moved(paragraphs: list[str]) -> None:
    printed = [row for text in paragraphs for row in wrapped("　　" + text)]
    assert "".join(join_lines(page_of(*printed))) == "".join(paragraphs)


def wrapped(text: str) -> list[str]:
    return [text[i:i + 28] for i in range(0, len(text), 28)]


# ---- what Chromium prints

ROW = "<p>{}</p>"
SET = "<meta charset=utf-8><style>body {font: 16pt/28pt 'Noto Serif CJK SC', serif} p {margin: 0; text-indent: 2em}</style>"
SENTENCES = [f"（{n}）" + "院党组坚持把整改作为重要政治任务，召开专题会议研究部署，逐条明确责任部门和完成时限，确保件件有着落。" * 3 for n in "一二三四五六七八"]


@pytest.mark.parametrize(("head", "foot"), [
    ("<span></span>", '— <span class="pageNumber"></span> —'),
    ("整改情况通报", '第<span class="pageNumber"></span>页 共<span class="totalPages"></span>页'),
    ('<span class="date"></span> 某网', 'https://x.cn/a.html <span class="pageNumber"></span>/<span class="totalPages"></span>'),
    ("第一轮巡察整改材料汇编", '<span class="pageNumber"></span>'),
])
def test_heads_and_page_numbers_are_set_apart(printer: Printer, head: str, foot: str) -> None:
    box = '<div style="font-size: 9pt; width: 100%; text-align: center">{}</div>'
    data = printer(SET + "".join(map(ROW.format, SENTENCES)), {
        "format": "A5", "margin": dict.fromkeys(("top", "bottom", "left", "right"), "20mm"), "display_header_footer": True,
        "header_template": box.format(head), "footer_template": box.format(foot)})
    assert len(pypdfium2.PdfDocument(data)) >= 3
    assert read_bytes(data, "n.pdf").text.splitlines() == SENTENCES


def test_a_head_is_no_head_where_it_stands_once(printer: Printer) -> None:
    data = printer(SET + "<p>整改情况通报</p>" + "".join(map(ROW.format, SENTENCES)) + "<p>2024</p><p>完</p>", {"format": "A5"})
    assert read_bytes(data, "n.pdf").text.splitlines() == ["整改情况通报", *SENTENCES, "2024", "完"]


def test_both_widths_and_characters_that_fonts_share_are_read_as_written(printer: Printer) -> None:
    text = "一、人民法院(2024)３号文件：入户走访，长青马路见车门，金木水火土大小八方二十；《办法（试行）》“回头看”"
    assert read_bytes(printer(SET + ROW.format(text), {"format": "A4"}), "n.pdf").text == text + "\n"


@pytest.mark.parametrize("setting", [official, from_browser])
def test_each_paragraph_of_a_notice_comes_back_whole(printer: Printer, setting: Any) -> None:
    notice = parts("district_court")
    found = ["".join(line.split()) for line in read_bytes(printer(*setting(notice)), "n.pdf").text.splitlines()]
    body = ["".join(line.split()) for line in notice.body]
    assert [line for line in found if line in set(body)] == body


@pytest.mark.parametrize("text", ["——加强组织领导。", "见《办法》。", "关于 “学习不够” 的问题", "Word 2019版与WPS Office", "收回资金5,600万元；联系电话：0799-6120033"])
def test_signs_and_spaces_are_those_that_are_written(printer: Printer, text: str) -> None:
    assert read_bytes(printer(SET + ROW.format(text), {"format": "A4"}), "n.pdf").text == text + "\n"


def test_a_line_drawn_apart_holds_no_spaces(printer: Printer) -> None:
    text = "联系电话：0000-3390012；联系地址：霁川市澄岭区杏林路；电子邮箱：hospital.rectification.office@example.cn。"
    style = SET.replace("p {", "p {text-align: justify; width: 20em; ")
    found = read_bytes(printer(style + ROW.format(text), {"format": "A4"}), "n.pdf").text
    assert found.replace("\n", "") == text


def test_a_table_row_is_one_line(printer: Printer) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>问题{n}</td><td>已完成</td></tr>" for n in range(1, 4))
    text = read_bytes(printer(SET + f"<table width=100%>{rows}</table>", {"format": "A4"}), "n.pdf").text
    assert [line.split() for line in text.splitlines()] == [[str(n), f"问题{n}", "已完成"] for n in range(1, 4)]


@pytest.mark.parametrize(("degrees", "shift"), [(90, "translate(0, 700px) rotate(-90deg)"), (180, "translate(500px, 700px) rotate(180deg)"),
                                                (270, "translate(500px, 0) rotate(90deg)")])
def test_a_page_that_is_turned_to_be_read(printer: Printer, degrees: int, shift: str) -> None:
    sentences = [sentence[:50] for sentence in SENTENCES[:2]]
    box = f'<div style="position: absolute; width: 480px; transform-origin: 0 0; transform: {shift}">'
    data = printer(SET + "<body style='margin: 0'>" + box + "".join(map(ROW.format, sentences)) + "</div>", {"format": "A5"})

    def turn(document: pypdfium2.PdfDocument) -> None:
        document.import_pages(pypdfium2.PdfDocument(data), [0])
        document[0].set_rotation(degrees)
    assert read_bytes(made(turn), "n.pdf").text.splitlines() == sentences


# ---- files that cannot be used


def made(change: Callable[[pypdfium2.PdfDocument], None]) -> bytes:
    """A PDF made by PDFium itself."""
    document, buffer = pypdfium2.PdfDocument.new(), io.BytesIO()
    change(document)
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def scan(document: pypdfium2.PdfDocument) -> None:
    """A page that is a picture."""
    page = document.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(8, 8, raw.FPDFBitmap_BGR))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    page.close()


def with_scans(data: bytes, count: int) -> bytes:
    def change(document: pypdfium2.PdfDocument) -> None:
        document.import_pages(pypdfium2.PdfDocument(data))
        for _ in range(count):
            scan(document)
    return made(change)


# A page of one empty line, opened by the password "x" (RC4, 40 bits); made by hand after ISO 32000-1, 7.6.3.
def locked() -> bytes:
    encrypt = (b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>")
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>", encrypt]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF\n" % len(data)


SCANNED = made(lambda document: [scan(document) for _ in range(3)][0])


@pytest.mark.parametrize(("data", "error", "cause"), [
    (b"", EmptyInputError, "empty"),
    (b"%PDF-1.7\n", BrokenFileError, "damaged PDF"),
    (b"%PDF-1.7\n" + bytes(range(256)) * 40, BrokenFileError, "damaged PDF"),
    (SCANNED, EmptyInputError, "a scanned PDF has no text layer"),
    (made(lambda document: document.new_page(595, 842).close()), EmptyInputError, "no text layer"),
    (locked(), EncryptedFileError, "password"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryInputError, "PNG"),
    (bytes(range(256)) * 20, BinaryInputError, "binary"),
])
def test_a_file_without_text_is_refused(data: bytes, error: type[InputError], cause: str) -> None:
    with pytest.raises(error) as raised:
        read_bytes(data, "some.pdf")
    assert type(raised.value) is error
    assert str(raised.value).startswith("some.pdf: ") and cause in raised.value.cause


def test_a_pdf_cut_off_is_refused_or_read_as_far_as_it_goes(printer: Printer) -> None:
    data = printer(SET + "".join(map(ROW.format, SENTENCES)), {"format": "A5"})
    with pytest.raises(InputError, match="n.pdf: "):
        read_bytes(data[:len(data) // 2], "n.pdf")


def test_pages_without_a_text_layer_are_told_of(printer: Printer, caplog: pytest.LogCaptureFixture) -> None:
    data = printer(SET + "".join(map(ROW.format, SENTENCES)), {"format": "A5"})
    with caplog.at_level(logging.WARNING):
        assert read_bytes(with_scans(data, 1), "n.pdf").text.splitlines() == SENTENCES
    pages = len(pypdfium2.PdfDocument(data))
    assert [record.getMessage() for record in caplog.records] == [f"n.pdf: page {pages + 1} is a picture and has no text layer"]
    with pytest.raises(EmptyInputError, match="no text layer"):
        read_bytes(with_scans(data, pages + 1), "n.pdf")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(TooLargeError, match="3 pages are too many"):
        read_bytes(SCANNED, "n.pdf")


def test_too_many_characters_are_refused(printer: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 100)
    with pytest.raises(TooLargeError, match="100 characters"):
        read_bytes(printer(SET + ROW.format(SENTENCES[0]), {"format": "A4"}), "n.pdf")


def test_bytes_before_the_header_and_another_name_do_no_harm(printer: Printer) -> None:
    data = printer(SET + ROW.format("一、整改"), {"format": "A4"})
    assert read_bytes(b"\r\n" + data, "n.pdf").text == read_bytes(data, "n.txt").text == "一、整改\n"
