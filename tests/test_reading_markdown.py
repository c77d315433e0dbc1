"""Markdown → text: the marks are taken off, the words and numbers stay."""
from __future__ import annotations

import pytest

from kg.errors import EmptyInputError
from kg.reading import read_bytes


@pytest.mark.parametrize(("source", "expected"), [
    ("# 通报\n\n## 一、整改 ##\n### （一）学习", ["通报", "一、整改", "（一）学习"]),
    ("#不是标题\n#一、", ["#不是标题", "#一、"]),
    ("通报\n====\n一、甲\n----", ["通报", "一、甲"]),
    ("1. 甲\n2. 乙\n\n10. 丙", ["1. 甲", "2. 乙", "10. 丙"]),
    ("1\\. 甲 \\*乙\\* \\_丙\\_", ["1. 甲 *乙* _丙_"]),
    ("- 甲\n* 乙\n+ 丙\n  - [x] 丁\n-不是", ["甲", "乙", "丙", "丁", "-不是"]),
    ("> 引\n> > 文", ["引", "文"]),
    ("**整改**情况：*已*完成，__全部__ _销号_ ***对账***", ["整改情况：已完成，全部 销号 对账"]),
    ("a_b_c@example.cn 2*3", ["a_b_c@example.cn 2*3"]),
    ("[《规则》](https://x.cn/a_(1)_b.html)和[《办法》][2]、<https://x.cn/>", ["《规则》和《办法》、https://x.cn/"]),
    ("![图](a.png)一、甲![][1]", ["一、甲"]),
    ("`行内`与``两个``、~~删~~", ["行内与两个、删"]),
    ("```text\n一、甲\n```", ["一、甲"]),
    ("甲\n\n---\n\n***\n乙", ["甲", "乙"]),
    ("| 序号 | 问题 |\n|---|:-:|\n| 1 | 学习\\|不够 |", ["序号\t问题", "1\t学习|不够"]),
    ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
    ("<p align=center>甲</p>乙<!-- 注\n释 -->丙&nbsp;丁&lt;", ["甲", "乙丙 丁<"]),
    ("《关于印发<办法>的通知》", ["《关于印发<办法>的通知》"]),
    ("---\ntitle: \"某局关于整改情况的通报\"\ndate: 2024-01-01\n---\n现予公布。", ["某局关于整改情况的通报", "现予公布。"]),
    ("---\ntitle: 通报\n---\n# 通报\n甲", ["通报", "甲"]),
    ("通报\r\n\r\n一、甲\r\n", ["通报", "一、甲"]),
    ("党组召开会议，研究部署整改工作，逐条明确责任部门和完成时限，并把整改\n情况纳入考核。\n下一段", ["党组召开会议，研究部署整改工作，逐条明确责任部门和完成时限，并把整改情况纳入考核。", "下一段"]),
    ("党组召开会议，研究部署整改工作，逐条明确责任部门和完成时限，并把整改  \n情况纳入考核。", ["党组召开会议，研究部署整改工作，逐条明确责任部门和完成时限，并把整改", "情况纳入考核。"]),
    ("党组召开会议，研究部署整改工作，逐条明确责任部门和完成时限，并把整改\n（一）情况", ["党组召开会议，研究部署整改工作，逐条明确责任部门和完成时限，并把整改", "（一）情况"]),
    ("中共某某市某某区市场监督管理局党组关于区委巡察整改进展情况的通报\n发布时间", ["中共某某市某某区市场监督管理局党组关于区委巡察整改进展情况的通报", "发布时间"]),
])
def test_the_marks_are_taken_off(source: str, expected: list[str]) -> None:
    reading = read_bytes(source.encode(), "n.md")
    assert reading.text.splitlines() == expected
    assert reading.source.format == "markdown"


def test_only_a_file_that_says_so_is_markdown() -> None:
    source = "# 一、**甲**\n"
    assert read_bytes(source.encode(), "n.txt").text == source
    assert read_bytes(source.encode("gbk"), "N.Markdown").text == "一、甲\n"
    assert read_bytes(b"<!DOCTYPE html><p>**a**</p>", "n.md").source.format == "html"


@pytest.mark.parametrize("source", ["", "---\n", "<!-- 一、 -->\n", "![图](a.png)"])
def test_marks_alone_are_no_text(source: str) -> None:
    with pytest.raises(EmptyInputError, match="n.md: the file is empty"):
        read_bytes(source.encode(), "n.md")
