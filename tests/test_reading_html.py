"""HTML → text: what a page shows, line by line, in whatever encoding and however it is built."""
from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from kg.errors import BinaryInputError, BrokenFileError, EmptyInputError, EncodingError, InputError, UnsupportedFormatError
from kg.reading import read_bytes
from notice_files import TEMPLATES, page, parts


def lines(body: str, name: str = "page.html") -> list[str]:
    return read_bytes(f"<html><body>{body}</body></html>".encode(), name).text.splitlines()


@pytest.mark.parametrize(("body", "expected"), [
    ("<p>一、整改</p><p>二、落实</p>", ["一、整改", "二、落实"]),
    ("<p>巡<span>察</span><b>整</b><font>改</font>情况</p>", ["巡察整改情况"]),
    ("<div><div><div>（一）甲</div></div>乙<div>丙</div>丁</div>", ["（一）甲", "乙", "丙", "丁"]),
    ("一、甲<br>二、乙<br/><br>三、丙", ["一、甲", "二、乙", "三、丙"]),
    ("&nbsp;&nbsp;&nbsp;&nbsp;一、甲&nbsp;乙", ["一、甲 乙"]),
    ("<p>　　一、甲　乙</p>", ["一、甲　乙"]),
    ("<p>推动\n        落实</p>", ["推动落实"]),
    ("<p>推动 落实 2 \n 项</p>", ["推动 落实 2 项"]),
    ("<p><span>来源：某局</span>\n<span>时间：2023</span></p>", ["来源：某局 时间：2023"]),
    ("<p>整\u200b改\ufeff情\u00ad况</p>", ["整改情况"]),
    ("<span style='display:block'>甲</span><span style='display: block;'>乙</span>", ["甲", "乙"]),
    ("<pre>一、甲\n  二、乙</pre>", ["一、甲", "二、乙"]),
    ("<div style='white-space: pre-wrap'>一、甲\n二、乙</div>", ["一、甲", "二、乙"]),
    ("<p>《关于印发&lt;办法&gt;的通知》</p>", ["《关于印发<办法>的通知》"]),
    ("<p>《关于印发<办法>的通知》比例5<6</p>", ["《关于印发<办法>的通知》比例5<6"]),
    ("<p>甲<p>乙<ul><li>丙<li>丁</ul>", ["甲", "乙", "丙", "丁"]),
    ("<ruby>党<rp>(</rp><rt>dǎng</rt></ruby>组", ["党组"]),
    ("<center>甲</center><h1>乙</h1><blockquote>丙</blockquote>", ["甲", "乙", "丙"]),
    ("<o:p>&nbsp;</o:p><p class=MsoNormal>甲<o:p></o:p></p>", ["甲"]),
    ("<button>一、甲</button><div>乙</div>", ["一、甲", "乙"]),
])
def test_lines_are_those_that_a_page_shows(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize("dropped", [
    "<script>document.write('一、假')</script>", "<style>p { } /* 一、假 */</style>", "<noscript><p>一、假</p></noscript>",
    "<template><p>一、假</p></template>", "<!-- <p>一、假</p> -->", "<iframe src=a.html>一、假</iframe>",
    "<input type=hidden value='一、假'>", "<input type=text placeholder='一、假'>", "<select><option>一、假</option></select>",
    "<textarea>一、假</textarea>", "<p style='display:none'>一、假</p>", "<div STYLE='color:red; DISPLAY : NONE'><p>一、假</p></div>",
    "<p hidden>一、假</p>", "<span style='visibility:hidden'>一、假</span>", "<svg><title>一、假</title></svg>",
    "<img alt='一、假'>", "<object><p>一、假</p></object>", "<!--[if gte mso 9]><xml>一、假</xml><![endif]-->", "<map><area alt='一、假'></map>",
])
def test_what_is_never_text_is_dropped_and_nothing_after_it(dropped: str) -> None:
    assert lines(f"<p>前文</p>{dropped}后文<p>末文</p>") == ["前文", "后文", "末文"]


def test_a_page_that_a_script_was_to_unveil_is_read() -> None:
    assert lines("<p>加载中</p><div id=zoom style='display:none'><p>一、整改情况</p><p>已完成。</p></div>") == ["加载中", "一、整改情况", "已完成。"]


@pytest.mark.parametrize(("body", "expected"), [
    ("<table><tr><td>序号</td><td>问题</td></tr><tr><td>1</td><td>学习不够</td></tr></table>", ["序号\t问题", "1\t学习不够"]),
    ("<table><tr><th>甲<td><td>乙</table>", ["甲\t乙"]),
    ("<table><tr><td><p>一、甲</p><p>二、乙</p></td><td>丙</td></tr></table>", ["一、甲", "二、乙", "丙"]),
    ("<table><tr><td><table><tr><td>一、甲<td>乙<tr><td>丙</table><td>丁</table>", ["一、甲\t乙", "丙", "丁"]),
    ("<table><tr style='display:none'><td>假<tr><td>真</table>", ["真"]),
    ("<table><td>甲<td>乙</table>", ["甲", "乙"]),
])
def test_a_table_row_is_one_line_unless_a_cell_has_more(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(("body", "expected"), [
    ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
    ("<ol start=3><li>甲<li value=7><p>乙</p><li>2024年</ol>", ["3.甲", "7.乙", "8. 2024年"]),
    ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", ["1.甲", "1.子", "2.乙"]),
    ("<ol><li>1.甲<li>（二）乙<li>一是丙</ol>", ["1.甲", "（二）乙", "一是丙"]),
    ("<ol class=breadcrumb><li><a href=/>首页</a><li>正文</ol>", ["首页", "正文"]),
    ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
    ("<ol><li><a href=/1>头条</a><li><a href=/2>要闻</a></ol>", ["头条", "要闻"]),
])
def test_the_numbers_of_a_list_are_printed_where_a_page_shows_them(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_a_menu_goes_side_by_side_and_its_lines_stay_short() -> None:
    menu = "".join(f"<li><a href=/{i}>第{i}栏目</a></li>" for i in range(40))
    found = lines(f"<ul>{menu}</ul><p>一、整改</p><p><a href=/a>《规则》</a></p><p><a href=/b>《办法》</a></p>")
    assert found[-3:] == ["一、整改", "《规则》", "《办法》"]
    assert found[0].startswith("第0栏目\t第1栏目\t") and max(map(len, found)) < 30
    assert re.findall("第([0-9]+)栏目", "".join(found)) == [str(i) for i in range(40)]


@pytest.mark.parametrize(("head", "encoding", "read_as"), [
    ("<meta charset=gb2312>", "gb18030", "gb18030"),
    ("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gbk", "gb18030"),
    ("<meta charset=utf-8>", "gbk", "gb18030"),
    ("<meta charset=gb2312>", "utf-8", "utf-8"),
    ("<?xml version='1.0' encoding='gb2312'?>", "utf-8", "utf-8"),
    ("<meta charset=iso-8859-1>", "utf-8", "utf-8"),
    ("", "gbk", "gb18030"),
    ("", "utf-8", "utf-8"),
    ("<meta charset=gb2312>", "utf-8-sig", "utf-8"),
    ("", "utf-16", "utf-16-le"),
])
def test_the_bytes_say_the_encoding_whatever_is_declared(head: str, encoding: str, read_as: str) -> None:
    source = f"{head}<html><head><title>通报</title></head><body><p>中共某局党组关于巡察整改情况的通报</p><p>一、整改囧镕</p></body></html>"
    reading = read_bytes(source.encode(encoding), "x.htm")
    assert reading.text == "中共某局党组关于巡察整改情况的通报\n一、整改囧镕\n"
    assert (reading.source.encoding, reading.source.format) == (read_as, "html")
    assert reading.source.characters == len(reading.text)


def test_a_byte_cut_off_where_nothing_is_shown_does_no_harm() -> None:
    page_start = "<meta charset=gb2312><meta name=description content='现将整改情况予以公".encode("gbk") + "布".encode("gbk")[:1]
    source = page_start + "'><p>一、整改情况，已完成。</p>".encode("gbk")
    assert read_bytes(source, "x.html").text == "一、整改情况，已完成。\n"


def test_a_byte_cut_off_in_the_text_is_refused() -> None:
    source = "<p>一、整改情况，已完成".encode("gbk") + b"\xff\xff" + "落实</p><p>二、甲</p>".encode("gbk")
    with pytest.raises(EncodingError, match="x.html: is not valid"):
        read_bytes(source, "x.html")


@pytest.mark.parametrize(("name", "source", "form"), [
    ("a.txt", "<!DOCTYPE html><p>甲</p>", "html"),
    ("a", "\n<HTML><BODY>甲</BODY></HTML>", "html"),
    ("a.txt", "<!-- saved from url=(0023)http://x.cn/ -->\n<html><p>甲</html>", "html"),
    ("a.doc", "<div class=TRS_Editor><p>甲</p></div>", "html"),
    ("a.html", "甲<br>", "html"),
    ("a.html", "甲", "text"),
    ("a.txt", "甲 <br> 乙", "text"),
    ("a.txt", "<办法>甲", "text"),
    ("a.docx", "甲", "text"),
])
def test_a_page_is_told_by_its_content(name: str, source: str, form: str) -> None:
    assert read_bytes(source.encode(), name).source.format == form


def test_the_title_of_the_window_stands_in_front_where_the_page_does_not_say_it() -> None:
    page_of = "<title>某局关于整改情况的通报_某网</title><p>{}现予公布。</p>"
    assert read_bytes(page_of.format("").encode(), "x.html").text == "某局关于整改情况的通报\n现予公布。\n"
    shown = page_of.format("某局关于<br>整改情况的通报<br>")
    assert read_bytes(shown.encode(), "x.html").text == "某局关于\n整改情况的通报\n现予公布。\n"


@pytest.mark.parametrize(("source", "error", "cause"), [
    (b"", EmptyInputError, "empty"),
    (b"<html><frameset cols='20%,*'><frame src=menu.html><frame src=main.html></frameset></html>", EmptyInputError, "frames"),
    (b"<html><body><iframe src=main.html></iframe></body></html>", EmptyInputError, "frames"),
    (b"<html><body><div id=app></div><script src=app.js></script></body></html>", EmptyInputError, "a script"),
    (b"<html><body><img src=1.jpg></body></html>", EmptyInputError, "no text"),
    (b"<html><head><title>x", EmptyInputError, "no text"),
    (b"\x89PNG\r\n\x1a\n" + bytes(300), BinaryInputError, "PNG"),
    (bytes(range(256)) * 20, BinaryInputError, "binary"),
    (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", UnsupportedFormatError, "MHTML"),
    (b"<?xml version='1.0'?><pkg:package xmlns:pkg='p'/>", UnsupportedFormatError, "XML"),
    (b"<div>" * 5000 + "深".encode(), BrokenFileError, "too deep"),
])
def test_a_page_without_text_is_refused_with_the_reason(source: bytes, error: type[InputError], cause: str) -> None:
    with pytest.raises(error) as raised:
        read_bytes(source, "x.html")
    assert str(raised.value).startswith("x.html: ") and cause in raised.value.cause


def test_a_page_cut_off_keeps_what_it_has() -> None:
    whole = page("portal", parts("district_court"))
    text = read_bytes(whole, "x.html").text
    cut = read_bytes(whole[:whole.index("反馈问题四".encode())], "x.html").text
    assert len(cut) > 1000 and text.startswith(cut.rstrip())


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", ["court_intermediate", "county_committee"])
def test_no_line_of_a_notice_is_lost_on_the_page_of_a_site(template: str, name: str) -> None:
    notice = parts(name)
    found = read_bytes(page(template, notice), "x.html").text.splitlines()
    body = ["".join(line.split()) for line in notice.body]
    assert [line for line in ("".join(line.split()) for line in found) if line in set(body)] == body


@given(st.lists(st.text("一二、（）(1).整改<>&\"' \n\t\u00a0党", min_size=1, max_size=8), min_size=1, max_size=12))
def test_every_text_comes_through_the_markup(texts: list[str]) -> None:
    from html import escape
    shown = [re.sub(r"\s+", "", text) for text in texts]
    found = lines("<h1>页</h1>" + "".join(f"<div><span>{escape(text)}</span></div>" for text in texts))
    assert [re.sub(r"\s+", "", line) for line in found] == ["页", *filter(None, shown)]


def test_plain_text_is_read_as_before() -> None:
    data = (ROOT / "examples" / "court_intermediate.txt").read_bytes()
    assert read_bytes(codecs.BOM_UTF8 + data, "n.txt").text == data.decode("utf-8")
