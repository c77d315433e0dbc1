"""What does not matter changes nothing: width, space, line ends, page text, numbers, names, order."""
from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotANoticeError
from kg.extract.notice import extract_notice
from kg.model import to_json
from kg.reading import read_bytes
from kg.reading.width import HALF, fold
from kg.resolve import resolve

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "examples" / "court_intermediate.txt", ROOT / "examples" / "court_high.txt",
         *(ROOT / "tests" / "gold" / f"{name}.txt" for name in ("district_court", "university_brackets", "provincial_transport"))]
WIDE = {half: wide for wide, half in HALF.items() if half in ",:;()!?"}
BEFORE = ("首页 > 信息公开 > 党务公开\n", "您当前的位置：首页 >> 通知公告\n\n", "无障碍浏览\n索引号：000014\n")
AFTER = ("\n上一篇：没有了\n", "\n打印本页 关闭窗口\n", "\n版权所有：某某单位 备案序号：ICP备00000000号\n")


def records(text: str) -> Any:
    """The records without what must change: spans, the source, and quoted text."""
    data = to_json(resolve(extract_notice(read_bytes(text.encode(), "n.txt"))))
    return facts({k: v for k, v in data.items() if k not in ("source", "furniture", "warnings")})


def facts(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: facts(v) for k, v in value.items() if k not in ("span", "spans", "title_span", "action_span", "status_span")}
    if isinstance(value, list):
        return [facts(v) for v in value]
    return re.sub(r"\s+", "", fold(value)) if isinstance(value, str) else value


@pytest.fixture(scope="module", params=FILES, ids=lambda p: p.stem)
def notice(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text(encoding="utf-8"))


def test_width_does_not_matter(notice: str) -> None:
    assert records(fold(notice)) == records(notice)
    assert records("".join(WIDE.get(c, c) for c in fold(notice))) == records(notice)


def test_line_ends_do_not_matter(notice: str) -> None:
    assert records(notice.replace("\n", "\r\n")) == records(notice)
    assert records(re.sub("\n+", "\n", notice)) == records(notice)
    assert records(re.sub("\n", "\n\n", notice)) == records(notice)


def test_indents_do_not_matter(notice: str) -> None:
    assert records("\n".join("\u3000\u3000" + line.strip() for line in notice.split("\n"))) == records(notice)
    assert records("\n".join("    " + line.strip() + "  " for line in notice.split("\n"))) == records(notice)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(FILES), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_page_text_around_it_does_not_matter(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert records(before + text + after) == records(text)


def test_numbers_of_issues_may_run_on_or_be_other_marks() -> None:
    body = "（一）政治建设方面\n{0}关于学习不深入的问题。\n一是印发《学习计划》。\n二是组织学习。\n{1}关于作风不实的问题。\n开展谈话5次。\n"
    head = "中共青岚市档案馆党组关于巡察整改情况的通报\n市委第一巡察组对市档案馆党组开展了巡察，现将整改情况予以公布。\n"
    found = [records(head + body.format(*marks) + "2023年12月1日\n") for marks in (("1．", "2．"), ("1、", "2、"), ("问题1：", "问题2："), ("17. ", "18. "))]
    for one in found:
        for issue in one["issues"]:
            del issue["number"]
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.parametrize(("old", "new"), [("青岚", "明溪"), ("青岚", "石门关")])
def test_another_place_only_changes_its_name(old: str, new: str) -> None:
    text = FILES[0].read_text(encoding="utf-8")
    assert repr(records(text)).replace(old, new) == repr(records(text.replace(old, new)))


def test_the_order_of_aspects_only_changes_the_order() -> None:
    text = FILES[0].read_text(encoding="utf-8")
    start, end = text.index("二、巡察反馈问题整改落实情况\n") + 15, text.index("三、下一步")
    parts = re.split(r"(?m)^(?=（[一二三四]）)", text[start:end])
    blocks = [p for p in parts if p.strip()]
    assert len(blocks) == 4
    turned = text[:start] + "\n" + "".join(block.rstrip() + "\n\n" for block in reversed(blocks)) + text[end:]
    found, expected = records(turned), records(text)
    assert sorted(map(repr, found["issues"])) == sorted(map(repr, expected["issues"]))
    assert [a["title"] for a in found["aspects"]] == [a["title"] for a in expected["aspects"]][::-1]


def damaged(text: str, random: Random) -> str:
    """A text as copying, cutting and scanning leave it."""
    how = random.randrange(5)
    if how == 0:
        return text[random.randrange(len(text) // 2):random.randrange(len(text) // 2, len(text))]
    if how == 1:
        lines = text.split("\n")
        random.shuffle(lines)
        return "\n".join(lines)
    if how == 2:
        return "".join(c for c in text if random.random() > 0.03)
    if how == 3:
        return "".join(c if random.random() > 0.03 else random.choice("《》〈〉（）()【】“”一是、。：:|\t\n①1.●—") for c in text)
    return text + text[::-1]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
def test_a_damaged_text_is_read_and_its_words_stand_where_they_are_said_to(path: Path, random: Random) -> None:
    text = damaged(path.read_text(encoding="utf-8"), random)
    try:
        notice = resolve(extract_notice(read_bytes(text.encode(), "n.txt")))
    except NotANoticeError:
        return
    for issue in notice.issues:
        assert issue.title in text[issue.title_span.start:issue.title_span.end]
        for measure in issue.measures:
            assert text[measure.span.start:measure.span.end] == measure.text
            for document in measure.documents:
                assert text[document.span.start + 1:document.span.end - 1] == document.title
            for body in measure.organizations:
                assert body.canonical
                assert body.mention is None or text[body.span.start:body.span.end] == body.mention
