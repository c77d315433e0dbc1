"""DOCX → text as Word shows it, on files that python-docx writes."""
from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import (BinaryInputError, BrokenFileError, EmptyInputError, EncryptedFileError, InputError, TooLargeError,
                       UnsupportedFormatError)
from kg.outline import number_value
from kg.reading import read_bytes
from kg.reading import word
from kg.reading.numbering import FORMS, han
from notice_files import NOTICES, add_list, add_outline, number_paragraph, numbered_docx, parts, saved, typed_docx

NAMESPACES = nsdecls("w") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"')


def lines_of(document: Any) -> list[str]:
    return read_bytes(saved(document), "n.docx").text.splitlines()


def lines(*blocks: str) -> list[str]:
    """The lines of a document with these blocks, given as XML."""
    document = docx.Document()
    for block in blocks:
        element = parse_xml(f"<w:body {NAMESPACES}>{block}</w:body>")
        for child in list(element):
            document.element.body.insert(len(document.element.body) - 1, child)
    return lines_of(document)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="x"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def field(instruction: str, result: str = "") -> str:
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>' + instruction + '</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + result + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


END_DELETED = '<w:pPr><w:rPr><w:del w:id="2" w:author="x"/></w:rPr></w:pPr>'
BOX = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"


@pytest.mark.parametrize(("blocks", "expected"), [
    ([paragraph(run("一、整"), run("改"), run("情况"))], ["一、整改情况"]),
    ([paragraph(run("甲"), "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>")], ["甲\t乙", "丙", "丁"]),
    ([paragraph("<w:r><w:t>0799</w:t><w:noBreakHyphen/><w:t>61</w:t><w:softHyphen/><w:t>20</w:t></w:r>")], ["0799-6120"]),
    ([paragraph(), paragraph(run("  ")), paragraph(run(" 甲 "))], ["甲"]),
    # Tracked changes are taken as accepted.
    ([paragraph(run("已"), deleted("未"), '<w:ins w:id="3" w:author="x">' + run("全部") + "</w:ins>", run("完成"))], ["已全部完成"]),
    ([paragraph('<w:moveFrom w:id="4" w:author="x">' + run("旧处") + "</w:moveFrom>", run("甲")),
      paragraph('<w:moveTo w:id="5" w:author="x">' + run("新处") + "</w:moveTo>")], ["甲", "新处"]),
    ([paragraph(END_DELETED, run("上半")), paragraph(run("下半"))], ["上半下半"]),
    ([paragraph(END_DELETED, deleted("全删")), paragraph(run("留下"))], ["留下"]),
    ([paragraph(run("甲")), paragraph(END_DELETED, run("末尾"))], ["甲", "末尾"]),
    # Hidden text.
    ([paragraph(run("显"), run("隐", "<w:vanish/>"), run("示", '<w:vanish w:val="0"/>'))], ["显示"]),
    ([paragraph('<w:pPr><w:pStyle w:val="Hidden"/></w:pPr>', run("甲"))], ["甲"]),
    # Fields and links: what they show, not what they are made from.
    ([paragraph('<w:hyperlink w:anchor="a">' + run("链接") + "</w:hyperlink>", run("后"))], ["链接后"]),
    ([paragraph('<w:fldSimple w:instr="DATE">' + run("2024年") + "</w:fldSimple>", run("后"))], ["2024年后"]),
    ([paragraph(run("前"), field(" REF x ", run("见一")), run("后"))], ["前见一后"]),
    ([paragraph(field("IF " + "</w:instrText></w:r>" + field("PAGE", run("7")) + "<w:r><w:instrText>=1", run("真")))], ["真"]),
    ([paragraph(field(' TOC \\o "1-3" ', run("一、目录项") + "<w:r><w:tab/><w:t>1</w:t></w:r>")), paragraph(run("一、正文"))], ["一、正文"]),
    ([paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,3)</w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("制定"))], ["③制定"]),
    ([paragraph('<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TC x</w:instrText></w:r>'
                '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>', run("后"))], ["后"]),
    # Content controls, smart tags, rubies, formulas, symbols.
    (["<w:sdt><w:sdtPr><w:alias w:val='假'/></w:sdtPr><w:sdtContent>" + paragraph(run("控件")) + "</w:sdtContent></w:sdt>"], ["控件"]),
    ([paragraph('<w:smartTag w:element="date">' + run("三月") + "</w:smartTag>", "<w:sdt><w:sdtContent>" + run("内") + "</w:sdtContent></w:sdt>")],
     ["三月内"]),
    ([paragraph("<w:r><w:ruby><w:rt>" + run("dǎng") + "</w:rt><w:rubyBase>" + run("党") + "</w:rubyBase></w:ruby></w:r>", run("组"))], ["党组"]),
    ([paragraph(run("比例"), "<m:oMath><m:r><m:t>5%</m:t></m:r></m:oMath>")], ["比例5%"]),
    ([paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F082"/>'
                '<w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="宋体" w:char="2460"/><w:sym w:font="x" w:char="zz"/></w:r>')], ["☑②•①"]),
    # Text boxes: once, after the paragraph that holds them.
    ([paragraph("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>" + BOX + "</wps:txbx></wps:wsp></w:drawing>"
                "</mc:Choice><mc:Fallback><w:pict><v:textbox>" + BOX + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
                run("段落")), paragraph(run("下段"))], ["段落", "框内", "下段"]),
    ([paragraph("<w:r><w:pict><v:shape><v:textbox>" + BOX + "</v:textbox></v:shape></w:pict></w:r>")], ["框内"]),
])
def test_a_paragraph_says_what_word_shows(blocks: list[str], expected: list[str]) -> None:
    assert lines(*blocks) == expected


def test_a_style_may_hide_text() -> None:
    document = docx.Document()
    style = document.styles.add_style("Quiet", 2)
    style.element.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"))
    written = document.add_paragraph("显")
    written.add_run("隐", style="Quiet")
    written.add_run("示")
    assert lines_of(document) == ["显示"]


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def words(text: str) -> str:
    return paragraph(run(text))


@pytest.mark.parametrize(("blocks", "expected"), [
    ([words("前"), table("<w:tr>" + cell(words("1")) + cell(words("学习不够")) + cell(paragraph()) + "</w:tr>"), words("后")], ["前", "1\t学习不够", "后"]),
    ([table("<w:tr>" + cell(words("一、甲"), words("二、乙")) + cell(words("丙")) + "</w:tr>")], ["一、甲", "二、乙", "丙"]),
    ([table("<w:tr>" + cell(table("<w:tr>" + cell(words("内1")) + cell(words("内2")) + "</w:tr>"), paragraph()) + cell(words("外")) + "</w:tr>")],
     ["内1\t内2\t外"]),
    ([table('<w:tr><w:trPr><w:del w:id="6" w:author="x"/></w:trPr>' + cell(words("删")) + "</w:tr>", "<w:tr>" + cell(words("留")) + "</w:tr>")],
     ["留"]),
    ([table("<w:tr>" + cell(words("并"), properties='<w:vMerge w:val="restart"/>') + cell(words("1")) + "</w:tr>",
            "<w:tr>" + cell(words("被盖"), properties="<w:vMerge/>") + cell(words("2")) + "</w:tr>")], ["并\t1", "2"]),
    ([table("<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>" + cell(words("控")) + "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>")], ["控"]),
])
def test_tables_stand_where_they_are_a_row_on_a_line(blocks: list[str], expected: list[str]) -> None:
    assert lines(*blocks) == expected


def test_headers_and_footers_are_set_apart_and_notes_come_last() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    notes = (f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
             f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/><w:t>脚注</w:t></w:r></w:p></w:footnote></w:footnotes>')
    data = with_part(saved(document), "word/footnotes.xml", notes, "footnotes")
    assert read_bytes(data, "n.docx").text == "正文\n脚注\n"


def with_part(data: bytes, part: str, content: str, kind: str) -> bytes:
    """A Word file with one more part that the main one is related to."""
    relation = f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{part[5:]}"/>'
    relations = "word/_rels/document.xml.rels"
    return repacked(data, {part: content.encode(), relations: unpacked(data, relations).replace(
        b"</Relationships>", relation.encode() + b"</Relationships>")})


def unpacked(data: bytes, part: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(part)


def repacked(data: bytes, changed: dict[str, bytes | None]) -> bytes:
    """The same archive with parts changed, added, or (None) left out."""
    old, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in dict.fromkeys([*old.namelist(), *changed]):
            content = changed.get(part, old.read(part) if part in old.namelist() else None)
            if content is not None:
                new.writestr(part, content)
    return buffer.getvalue()


# ---- automatic numbers


def numbered(levels: list[tuple[str, str]], used: list[int], extra: list[str] | None = None, anew: dict[int, int] | None = None) -> list[str]:
    """The numbers of paragraphs at these levels of one list."""
    document = docx.Document()
    list_id = add_list(document, add_outline(document, levels, extra or ()), anew or {})
    for level in used:
        number_paragraph(document.add_paragraph("，"), list_id, level)
    return [line.removesuffix("，") for line in lines_of(document)]


@pytest.mark.parametrize(("form", "text", "printed"), [
    ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
    ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
    ("japaneseCounting", "第%1条", ["第一条 ", "第二条 ", "第三条 "]),
    ("decimal", "%1.", ["1.", "2.", "3."]),
    ("decimal", "%1、", ["1、", "2、", "3、"]),
    ("decimal", "反馈问题%1：", ["反馈问题1：", "反馈问题2：", "反馈问题3："]),
    ("decimalEnclosedCircleChinese", "%1", ["①", "②", "③"]),
    ("decimalEnclosedParen", "%1", ["(1)", "(2)", "(3)"]),
    ("decimalFullWidth", "%1．", ["1．", "2．", "3．"]),
    ("decimalZero", "%1.", ["01.", "02.", "03."]),
    ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
    ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、"]),
    ("upperRoman", "%1.", ["I.", "II.", "III."]),
    ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
    ("bullet", "\uf0b7", ["• ", "• ", "• "]),
    ("none", "", ["", "", ""]),
])
def test_numbers_are_printed_in_the_form_of_their_list(form: str, text: str, printed: list[str]) -> None:
    assert numbered([(form, text)], [0, 0, 0]) == printed


OUTLINE = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]


def test_a_level_starts_anew_below_the_one_above() -> None:
    assert numbered(OUTLINE, [0, 1, 2, 2, 1, 2, 0, 1]) == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_a_level_may_run_on_through_those_above() -> None:
    extra = ["", "", '<w:lvlRestart w:val="0"/>']
    assert numbered(OUTLINE, [0, 1, 2, 1, 2, 0, 2], extra) == ["一、", "（一）", "1.", "（二）", "2.", "二、", "3."]


def test_a_level_may_start_anew_below_one_level_only() -> None:
    extra = ["", "", '<w:lvlRestart w:val="1"/>']
    assert numbered(OUTLINE, [0, 1, 2, 1, 2, 0, 2], extra) == ["一、", "（一）", "1.", "（二）", "2.", "二、", "1."]


def test_numbers_of_several_levels_and_in_arabic_digits() -> None:
    levels = [("chineseCounting", "第%1章"), ("decimal", "%1.%2、")]
    assert numbered(levels, [0, 1, 1, 0, 1]) == ["第一章 ", "一.1、", "一.2、", "第二章 ", "二.1、"]
    assert numbered(levels, [0, 0, 1], ["", "<w:isLgl/>"]) == ["第一章 ", "第二章 ", "2.1、"]


def test_a_list_may_start_elsewhere_and_lists_on_one_outline_count_on() -> None:
    assert numbered([("decimal", "%1.")], [0, 0], anew={0: 5}) == ["5.", "6."]
    document = docx.Document()
    outline = add_outline(document, [("decimal", "%1.")])
    first, second, third = (add_list(document, outline, anew) for anew in ({}, {}, {0: 1}))
    for list_id in (first, second, third, third, first):
        number_paragraph(document.add_paragraph("，"), list_id, 0)
    assert lines_of(document) == ["1.，", "2.，", "1.，", "2.，", "3.，"]


def test_a_list_may_change_a_level_of_its_outline() -> None:
    document = docx.Document()
    outline = add_outline(document, [("decimal", "%1.")])
    document.part.numbering_part.element.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="{outline}"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="3"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:lvlOverride></w:num>'))
    number_paragraph(document.add_paragraph("甲"), "900", 0)
    assert lines_of(document) == ["三、甲"]


def style_with(document: Any, name: str, inner: str, base: str | None = None) -> Any:
    style = document.styles.add_style(name, 1)
    style.base_style = document.styles[base] if base else None
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}>{inner}</w:numPr>'))
    return style


def test_a_style_may_number_and_a_paragraph_take_it_off() -> None:
    document = docx.Document()
    levels = [('chineseCounting', '%1、'), ('decimal', '%2.')]
    outline = add_outline(document, levels, ['<w:pStyle w:val="One"/>', '<w:pStyle w:val="Two"/>'])
    list_id = add_list(document, outline, {})
    style_with(document, "One", f'<w:numId w:val="{list_id}"/>')
    style_with(document, "Two", f'<w:ilvl w:val="1"/><w:numId w:val="{list_id}"/>')
    style_with(document, "Three", "", base="Two")
    style_with(document, "Off", '<w:numId w:val="0"/>', base="One")
    for name, text in (("One", "甲"), ("Two", "子"), ("Three", "丑"), ("One", "乙"), ("Off", "无"), ("Two", "寅")):
        document.add_paragraph(text, style=name)
    number_paragraph(document.add_paragraph("去号", style="One"), "0", 0)
    document.add_paragraph("丙", style="One")
    assert lines_of(document) == ["一、甲", "1.子", "2.丑", "二、乙", "无", "1.寅", "去号", "三、丙"]


def test_the_numbered_styles_of_word_itself() -> None:
    document = docx.Document()
    for text, style in (("甲", "List Number"), ("乙", "List Number"), ("点", "List Bullet"), ("丙", "List Number")):
        document.add_paragraph(text, style=style)
    assert lines_of(document) == ["1.甲", "2.乙", "• 点", "3.丙"]


def test_a_list_may_be_that_of_a_numbering_style() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    named = add_outline(document, [("chineseCounting", "%1、")])
    outline = next(e for e in numbering.findall(qn("w:abstractNum")) if e.get(qn("w:abstractNumId")) == named)
    outline.insert(1, parse_xml(f'<w:styleLink {nsdecls("w")} w:val="Official"/>'))
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="700"><w:numStyleLink w:val="Official"/></w:abstractNum>'))
    number_paragraph(document.add_paragraph("甲"), add_list(document, "700", {}), 0)
    assert lines_of(document) == ["一、甲"]


def test_what_is_deleted_empty_or_hidden() -> None:
    document = docx.Document()
    list_id = add_list(document, add_outline(document, [("decimal", "%1.")]), {})
    written = [document.add_paragraph(text) for text in ("甲", "删", "乙", "", "丙", "", "丁")]
    for one in written:
        number_paragraph(one, list_id, 0)
    written[1]._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="9" w:author="x"/></w:rPr>'))
    written[5]._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:vanish/></w:rPr>'))
    # An empty paragraph counts, as Word prints its number; a deleted or hidden one does not.
    assert lines_of(document) == ["1.甲", "2.删乙", "4.丙", "5.丁"]


@given(st.integers(1, 999))
def test_chinese_numbers_read_back(number: int) -> None:
    assert number_value(han(number)) == number


@given(st.sampled_from(sorted(FORMS)), st.integers(-1, 100_000))
def test_no_number_is_too_large_for_its_form(form: str, number: int) -> None:
    assert len(FORMS[form](number)) < 60


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("writer", [typed_docx, numbered_docx])
def test_a_notice_comes_back_line_by_line(name: str, writer: Any) -> None:
    assert read_bytes(writer(parts(name)), "n.docx").text.splitlines() == parts(name).all


def test_the_strict_form_of_the_standard_is_read() -> None:
    data = numbered_docx(parts("state_firm"))
    strict = {part: content for part in ("word/document.xml", "word/numbering.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels")
              if (content := unpacked(data, part)
                  .replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                  .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                           b"http://purl.oclc.org/ooxml/officeDocument/relationships"))}
    assert read_bytes(repacked(data, dict(strict)), "n.docx").text == read_bytes(data, "n.docx").text


# ---- files that cannot be used

GOOD = typed_docx(parts("state_firm"))


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def locked(data: bytes) -> bytes:
    """The same archive with the sign of encryption set on every part."""
    changed, at = bytearray(data), -1
    for sign, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := changed.find(sign, at + 1)) >= 0:
            changed[at + flag] |= 1
    return bytes(changed)


ENTITIES = (b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "lol"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a;&x;</w:t></w:r></w:p></w:body></w:document>')


@pytest.mark.parametrize(("data", "error", "cause"), [
    (b"", EmptyInputError, "empty"),
    (GOOD[:len(GOOD) // 2], BrokenFileError, "cannot be unpacked"),
    (GOOD[:-30], BrokenFileError, "cannot be unpacked"),
    (b"PK\x03\x04" + bytes(100), BrokenFileError, "cannot be unpacked"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryInputError, "PNG"),
    (locked(GOOD), EncryptedFileError, "password"),
    (repacked(GOOD, {"word/document.xml": None}), BrokenFileError, "its text is missing"),
    (repacked(GOOD, {"word/document.xml": b"<w:document"}), BrokenFileError, "word/document.xml is not XML"),
    (repacked(GOOD, {"word/document.xml": ENTITIES}), BrokenFileError, "declares a document type"),
    (repacked(GOOD, {"word/styles.xml": b"\xff\xfe"}), BrokenFileError, "word/styles.xml is not XML"),
    (saved(docx.Document()), EmptyInputError, "holds no text"),
    (archive(a_dot_txt="一、整改".encode()), UnsupportedFormatError, "a ZIP archive and no Word file"),
    (archive(xl__workbook_dot_xml=b"<workbook/>"), UnsupportedFormatError, "Excel"),
    (archive(OFD_dot_xml=b"<OFD/>"), UnsupportedFormatError, "OFD"),
])
def test_a_file_that_is_no_word_file_is_refused(data: bytes, error: type[InputError], cause: str) -> None:
    with pytest.raises(error) as raised:
        read_bytes(data, "some.docx")
    assert type(raised.value) is error
    assert str(raised.value).startswith("some.docx: ") and cause in raised.value.cause


def test_an_archive_that_unpacks_without_end_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MAX_PART", 100_000)
    bomb = repacked(GOOD, {"word/document.xml": unpacked(GOOD, "word/document.xml") + b" " * 200_000})
    assert len(bomb) < 60_000
    with pytest.raises(TooLargeError, match="word/document.xml unpacks to more than"):
        read_bytes(bomb, "n.docx")


def test_a_picture_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MAX_PART", 500_000)
    assert read_bytes(repacked(GOOD, {"word/media/image1.bmp": bytes(1_000_000)}), "n.docx").text == read_bytes(GOOD, "n.docx").text


def test_the_kind_is_told_by_the_bytes_not_the_name() -> None:
    assert read_bytes(GOOD, "n.txt").source.format == read_bytes(GOOD, "n").source.format == "docx"
