"""A table of issues that was copied cell by cell: invented, its rows read by hand."""
from __future__ import annotations

import pytest

from kg.extract.stacked import find_stacked_rows
from kg.model import Notice, Span
from kg.pipeline import read_text

HEAD = ("中共青岚市档案馆党组关于巡察整改进展情况的通报\n根据市委统一部署，2023年3月1日至4月28日，市委第二巡察组对市档案馆党组开展了巡察。"
        "现将整改进展情况予以公布。\n")
COLUMNS = "序号\n反馈问题\n责任单位\n完成时限\n整改举措及成效\n进展情况\n"
ROWS = ("A类：政治建设方面（2个）\nA-1\n学用脱节\n办公室（主办）、人事科（协办）\n2023年9月底\n※修订《学习办法》。\n※开展研讨4次。\n已完成\n"
        "A-2\n库房管理不严\n保管科\n长期坚持\n保管科制定《库房规范》，清点藏品320件。\n持续推进\n"
        "B类：作风建设方面（1个）\n" + COLUMNS + "B-1\n接待超标\n/\n2023年12月底\n㈠清退1.2万元。㈡印发《接待管理规定》。\n已完成\n")
END = "以上情况欢迎监督。联系电话：0000-12345678。\n中共青岚市档案馆党组\n2024年1月5日\n"


def facts(notice: Notice) -> list[tuple[str, str, str | None, str | None, str | None, list[str], list[str]]]:
    return [(i.number, i.title, i.aspect, i.status, i.deadline, [o.mention or "" for o in i.organizations], [m.text for m in i.measures])
            for i in notice.issues]


@pytest.mark.parametrize("text", [HEAD + COLUMNS + ROWS + END, HEAD + END + "附：整改台账\n" + COLUMNS + ROWS], ids=["before", "behind the signature"])
def test_a_cell_a_line(text: str) -> None:
    assert facts(read_text(text)) == [
        ("A-1", "学用脱节", "政治建设方面（2个）", "已完成", "2023年9月底", ["办公室", "人事科"], ["※修订《学习办法》。", "※开展研讨4次。"]),
        ("A-2", "库房管理不严", "政治建设方面（2个）", "持续推进", "长期坚持", ["保管科"], ["保管科制定《库房规范》，清点藏品320件。"]),
        ("B-1", "接待超标", "作风建设方面（1个）", "已完成", "2023年12月底", [], ["㈠清退1.2万元。", "㈡印发《接待管理规定》。"]),
    ]


def test_a_long_last_column_ends_where_the_notice_goes_on() -> None:
    columns = "编号\n整改进度\n反馈问题\n牵头部门\n整改落实\n"
    rows = "1\n已办结\n学用脱节\n办公室\n√修订《学习办法》。\n√开展研讨4次。\n2\n办理中\n接待超标\n财务科\n清退1.2万元。\n三、下一步打算\n继续整改。\n"
    issues = read_text(HEAD + columns + rows + END).issues
    assert [(i.number, i.title, i.status, [m.text for m in i.measures]) for i in issues] == [
        ("1", "学用脱节", "已办结", ["√修订《学习办法》。", "√开展研讨4次。"]), ("2", "接待超标", "办理中", ["清退1.2万元。"])]


@pytest.mark.parametrize("text", ["序号\n姓名\n单位\n1\n张某\n办公室\n", "序号\n反馈问题\n一、学用脱节\n", "问题\n措施\n责任单位\n1\n2\n3\n", "序号", ""])
def test_other_lists_are_no_such_table(text: str) -> None:
    assert find_stacked_rows(text, Span(0, len(text))) == []
