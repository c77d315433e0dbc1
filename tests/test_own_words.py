"""Marks and labels that a notice has of its own: what it repeats is read, what it says once is not. Invented, read by hand."""
from __future__ import annotations

import pytest

from kg.extract.labels import label_kinds
from kg.extract.learned import learn_labels
from kg.model import Span
from kg.outline import find_marks
from kg.pipeline import read_text

HEAD = ("中共青岚市档案馆党组关于巡察整改进展情况的通报\n根据市委统一部署，2023年3月1日至4月28日，市委第二巡察组对市档案馆党组开展了巡察。"
        "现将整改进展情况予以公布。\n")
ISSUES = ("点题1  学用脱节\n领题：办公室（牵头），人事科（协助），2023年9月底前\n答题：一抓制度。修订《学习办法》。二抓落实。开展研讨4次。\n交卷：已完成\n"
          "点题2  库房管理不严\n领题：保管科，2023年12月底前\n答题：保管科清点藏品320件。\n交卷：持续推进\n"
          "点题3  接待超标\n领题：财务科，2023年6月底前\n答题：清退1.2万元。\n交卷：已完成，长期坚持\n")


def test_numbers_and_labels_in_words_of_its_own() -> None:
    notice = read_text(HEAD + "◆总体进展\n局党组召开党组会3次。\n◆逐题答卷\n◇政治建设方面\n" + ISSUES)
    assert [(i.number, i.title, i.aspect, i.status, i.deadline) for i in notice.issues] == [
        ("点题1", "学用脱节", "政治建设方面", "已完成", "2023年9月底前"), ("点题2", "库房管理不严", "政治建设方面", "持续推进", "2023年12月底前"),
        ("点题3", "接待超标", "政治建设方面", "已完成，长期坚持", "2023年6月底前")]
    assert [[(o.mention, o.role) for o in i.organizations] for i in notice.issues] == [
        [("办公室", "responsible"), ("人事科", "cooperating")], [("保管科", "responsible")], [("财务科", "responsible")]]
    assert [[m.text for m in i.measures] for i in notice.issues] == [
        ["一抓制度。修订《学习办法》。", "二抓落实。开展研讨4次。"], ["保管科清点藏品320件。"], ["清退1.2万元。"]]


def test_a_word_of_one_issue_is_no_label() -> None:
    text = "领题:办公室\n修订办法。\n清点藏品。\n经费:自筹\n"
    assert learn_labels(text, [Span(0, 7), Span(7, 13), Span(13, len(text))]).kinds == {}


@pytest.mark.parametrize(("values", "kind"), [
    (("已完成", "正在推进", "已销号"), "status"), (("2023年9月底", "长期坚持", "2024/1/30"), "deadline"),
    (("办公室", "保管科(牵头),人事科(协助)", "财务科"), "responsible"), (("党组书记、局长", "副局长", "纪检组组长、副局长"), "leader"),
    (("修订《学习办法》,开展研讨4次。", "清点藏品320件,移交12件。", "清退1.2万元。"), "measures")])
def test_what_a_label_means_follows_from_its_values(values: tuple[str, ...], kind: str) -> None:
    assert "题解" not in label_kinds()
    lines = [f"题解:{value}" for value in values]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    assert learn_labels(text, [Span(at, at + len(line)) for at, line in zip(starts, lines)]).kinds == {"题解": kind}


@pytest.mark.parametrize(("lines", "kinds"), [
    ("No.1 学用脱节\nNo.2 库房不严", ["named", "named"]), ("附件1：名单\n附件2：台账", []), ("经费12 万元\n经费34 万元", []),
    ("甲、政治建设方面\n（乙）作风建设方面\n壹　组织推进\nⅠ.发展方面", ["stem", "stem_paren", "formal", "roman"]),
    ("一·1 学用脱节\n做法：〔1〕修订办法；〔2〕清点藏品。", ["han_dot", "bracket_no", "bracket_no"]),
    ("推进：i)修订办法。\nii)清点藏品。", ["roman_half", "roman_half"])])
def test_marks(lines: str, kinds: list[str]) -> None:
    from kg.reading.width import fold
    folded = fold(lines)
    assert [mark.kind for mark in find_marks(folded, Span(0, len(folded)))] == kinds


def test_headings_of_parts_without_numbers() -> None:
    notice = read_text(HEAD + "党组履行主体责任情况\n党组召开会议3次。\n反馈问题整改落实情况\n1.学用脱节的问题\n修订《学习办法》。\n2.库房不严的问题\n"
                       "清点藏品320件。\n下一步工作打算\n继续整改。\n")
    assert [(i.title, [m.text for m in i.measures]) for i in notice.issues] == [("学用脱节", ["修订《学习办法》。"]), ("库房不严", ["清点藏品320件。"])]


def test_a_line_that_every_issue_has_is_a_label_and_no_part() -> None:
    notice = read_text(HEAD + "一、政治建设方面\n1.学用脱节的问题\n整改任务完成情况\n修订《学习办法》。\n2.库房不严的问题\n整改任务完成情况\n清点藏品320件。\n"
                       "二、作风建设方面\n1.接待超标的问题\n整改任务完成情况\n清退1.2万元。\n")
    assert [(i.aspect, [m.text for m in i.measures]) for i in notice.issues] == [
        ("政治建设方面", ["修订《学习办法》。"]), ("政治建设方面", ["清点藏品320件。"]), ("作风建设方面", ["清退1.2万元。"])]


def test_an_issue_whose_title_stands_behind_a_label() -> None:
    notice = read_text(HEAD + "壹　政治建设方面\n第1号　｜主办　办公室　｜办结　2023年9月底前\n反馈原文　学用脱节。\n整改动作\n❶ 修订《学习办法》。\n❷ 开展研讨4次。\n核销情况　已核销\n"
                       "第2号　｜主办　保管科　｜办结　长期坚持\n反馈原文　库房管理不严。\n整改动作\n清点藏品320件。\n核销情况　正在推进\n")
    assert [(i.title, i.status, i.deadline, [o.mention for o in i.organizations], len(i.measures)) for i in notice.issues] == [
        ("学用脱节", "已核销", "2023年9月底前", ["办公室"], 2), ("库房管理不严", "正在推进", "长期坚持", ["保管科"], 1)]


def test_a_sentence_that_says_who_until_when_and_how_far() -> None:
    notice = read_text(HEAD + "（甲）政治建设方面\n问题之一：学用脱节\n具体表现：研讨少。\n怎么改的：一则，修订《学习办法》；二则，开展研讨4次。\n"
                       "此项由办公室牵头，人事科配合，2023年9月底前完成，目前已销号。\n")
    issue = notice.issues[0]
    assert (issue.title, issue.status, issue.deadline) == ("学用脱节", "已销号", "2023年9月底前")
    assert [(o.mention, o.role) for o in issue.organizations] == [("办公室", "responsible"), ("人事科", "cooperating")]
    assert [m.text for m in issue.measures] == ["一则，修订《学习办法》；", "二则，开展研讨4次。"]
