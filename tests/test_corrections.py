"""Corrections beside a notice: what each does to the records and the graph, and what is said where one does not fit."""
from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.check.grounding import check_evidence
from kg.cli import main
from kg.corrections import correct, corrections_beside
from kg.corrections.keys import FLAGS, KEYS, SECTIONS
from kg.errors import CorrectionsError
from kg.model import Measure, Notice, Organization, Span, to_json
from kg.rdf import notice_graph
from kg.vocab import CONCEPTS, NAMESPACE
from small_notice import COURT, TEXT, small_notice


def corrected(folder: Path, entries: str, notice: Notice | None = None) -> Notice:
    """The small notice with the corrections that stand beside its file."""
    (folder / "notice.corrections.toml").write_text(entries, encoding="utf-8")
    return correct(notice or small_notice(), corrections_beside(folder / "notice.txt"))


def relations(notice: Notice) -> list[tuple[str, str, str | None]]:
    found = [d for issue in notice.issues for measure in issue.measures for d in measure.documents]
    return [(d.title, d.relation, d.issuer) for d in (*notice.documents, *found)]


def names(measure: Measure) -> list[tuple[str, str]]:
    return [(o.canonical, o.role) for o in measure.organizations]


def changed_fields(notice: Notice) -> list[tuple[str, ...]]:
    parts = [part for issue in notice.issues for measure in issue.measures for part in (*measure.documents, *measure.organizations)]
    return [part.corrected for part in parts if part.corrected]


# ---------------------------------------------------------------- bodies


def test_a_body_gets_its_full_name_wherever_it_is_named(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[机构]]\n名称 = "市检察院"\n全称 = "云川省澜江市人民检察院"\n')
    body = notice.issues[0].measures[1].organizations[-1]
    assert (body.mention, body.canonical, body.rule, body.corrected) == ("市检察院", "云川省澜江市人民检察院", "corrected", ("canonical",))
    assert changed_fields(notice) == [("canonical",)]
    assert notice.warnings == ()


def test_a_body_is_found_by_its_full_name_and_its_documents_follow(tmp_path: Path) -> None:
    notice = corrected(tmp_path, f'[[body]]\nname = "{COURT}"\nfull = "澜江中院"\n')
    assert relations(notice)[:3] == [
        ("巡察整改方案", "issues", "澜江中院"), ("学习规则", "issues", "澜江中院"), ("考核办法(试行)", "issues", "澜江中院")]
    assert names(notice.issues[0].measures[0])[0] == ("澜江中院", "responsible")
    assert notice.issues[0].measures[0].documents[0].corrected == ("issuer",)


def test_a_body_is_given_another_role_in_one_issue_only(tmp_path: Path) -> None:
    notice = corrected(tmp_path, f'[[机构]]\n名称 = "{COURT}"\n问题 = "学习"\n角色 = "联合"\n')
    assert [names(measure)[0] for issue in notice.issues for measure in issue.measures if measure.organizations[0].canonical == COURT] \
        == [(COURT, "joint"), (COURT, "responsible"), (COURT, "responsible")]


def test_bodies_are_dropped_and_added(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '''
[[机构]]
名称 = "审判管理办公室"
删除 = true

[[机构]]
名称 = "各基层法院"
问题 = "学习不够深入"
原文 = "全年学习"
全称 = "澜江市各区法院"
角色 = "配合"
类别 = "法院群体"
增加 = 是
'''.replace("增加 = 是", '增加 = "是"'))
    first, second = notice.issues[0].measures
    assert names(first) == [(COURT, "responsible"), ("澜江市基层人民法院", "target"), ("澜江市各区法院", "cooperating")]
    assert first.organizations[-1] == Organization("各基层法院", "澜江市各区法院", "court_group", "cooperating", True, Span(146, 151), "corrected", ("added",))
    assert "审判管理办公室" not in [o.mention for o in second.organizations]


# ---------------------------------------------------------------- documents


def test_a_relation_and_an_issuer_are_put_right(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '''
[[文件]]
标题 = "《考核办法（试行）》"
问题 = "学习"
原为 = "制发"
关系 = "修订"

[[document]]
title = "案件评查办法"
issuer = "云川省高级人民法院"
''')
    assert relations(notice)[2] == ("考核办法(试行)", "revises", COURT)
    assert relations(notice)[4] == ("案件评查办法", "drafts", "云川省高级人民法院")
    assert changed_fields(notice) == [("relation",), ("issuer",)]


def test_the_own_body_issues_what_turns_out_to_be_made_here(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[文件]]\n标题 = "案件评查规定"\n关系 = "制发"\n')
    document = notice.issues[0].measures[1].documents[0]
    assert (document.relation, document.issuer, document.issuer_stated) == ("issues", COURT, False)
    back = corrected(tmp_path, '[[文件]]\n标题 = "案件评查办法"\n关系 = "落实"\n').issues[0].measures[1].documents[1]
    assert (back.relation, back.issuer, back.issuer_stated) == ("implements", None, None)


def test_two_documents_become_one_by_the_full_title(tmp_path: Path) -> None:
    before, after = small_notice(), corrected(tmp_path, '[[文件]]\n标题 = "巡察整改方案"\n完整标题 = "学习规则"\n')
    assert after.documents[0].alias_of == "学习规则"
    kinds = [{t.subject for t in notice_graph(n).facts if t.predicate.value == NAMESPACE + "documentType"} for n in (before, after)]
    assert len(kinds[0]) - len(kinds[1]) == 1


def test_a_new_title_is_followed_by_links_and_a_dropped_one_takes_them_along(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[文件]]\n标题 = "案件评查规定"\n新标题 = "《案件评查规则》"\n')
    assert [(link.source, link.target) for link in notice.issues[0].measures[1].document_links] == [("案件评查办法", "案件评查规则")]
    dropped = corrected(tmp_path, '[[文件]]\n标题 = "案件评查规定"\n删除 = true\n')
    assert [d.title for d in dropped.issues[0].measures[1].documents] == ["案件评查办法"]
    assert dropped.issues[0].measures[1].document_links == ()


def test_a_document_without_marks_is_added(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[文件]]\n标题 = "每月抽查"\n问题 = "监督不力"\n关系 = "制发"\n增加 = true\n')
    (document,) = notice.issues[2].measures[0].documents
    assert (document.title, document.relation, document.issuer, document.corrected) == ("每月抽查", "issues", COURT, ("added",))
    assert TEXT[document.span.start:document.span.end] == "每月抽查"


# ---------------------------------------------------------------- measures and issues


def test_a_measure_is_split_with_all_it_holds(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[措施]]\n问题 = "学习"\n原文 = "评查"\n拆分 = "会同市检察院"\n')
    _, first, second = notice.issues[0].measures
    assert first.text.endswith("由审判管理办公室牵头,")
    assert second.text == "会同市检察院开展评查3次。"
    assert (first.marker, second.marker, second.heading) == ("二是", "", None)
    assert [d.title for d in first.documents] == ["案件评查规定", "案件评查办法"]
    assert (len(first.document_links), len(second.document_links), second.documents) == (1, 0, ())
    assert names(second) == [("澜江市人民检察院", "joint")]
    assert [f.value for f in second.figures] == [3.0]
    assert (first.status, second.status) == ("ongoing", "done")
    assert first.corrected == second.corrected == ("span",)
    assert [level.level for level in second.court_levels] == ["intermediate"]
    assert second.court_levels[0].span == second.span


def test_a_piece_keeps_its_mark_and_its_left_out_subject(tmp_path: Path) -> None:
    joined = corrected(tmp_path, '[[措施]]\n问题 = "学习"\n原文 = "案件评查规定"\n并入上一条 = true\n')
    (whole,) = joined.issues[0].measures
    assert (whole.marker, whole.heading, len(whole.documents), len(whole.figures)) == ("一是", "健全制度", 4, 2)
    assert whole.text == TEXT[whole.span.start:whole.span.end]
    assert [level.level for level in whole.court_levels ] == ["high", "intermediate", "basic"]
    again = corrected(tmp_path, '[[措施]]\n问题 = "学习"\n原文 = "案件评查规定"\n拆分 = "二是根据"\n', joined)
    first, second = again.issues[0].measures
    assert (first.marker, second.marker) == ("一是", "二是")
    assert (first.text, second.text) == tuple(measure.text for measure in small_notice().issues[0].measures)
    default = [o for o in second.organizations if o.mention is None]
    assert [(o.canonical, o.span) for o in default] == [(COURT, second.span)]


def test_a_measure_is_dropped_or_gets_another_status(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[措施]]\n原文 = "健全制度"\n删除 = true\n\n[[措施]]\n原文 = "每月抽查"\n状态 = "正在推进"\n')
    assert [measure.marker for measure in notice.issues[0].measures] == ["二是"]
    measure = notice.issues[2].measures[0]
    assert (measure.status, measure.status_span, measure.corrected) == ("ongoing", None, ("status",))


def test_an_issue_is_called_and_placed_otherwise(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[问题]]\n问题 = "监督不力"\n新标题 = "监督乏力"\n方面 = "学习"\n状态 = "已完成"\n时限 = "立行立改"\n')
    issue = notice.issues[2]
    assert (issue.title, issue.aspect, issue.status, issue.deadline) == ("监督乏力", "学习方面", "已完成", "立行立改")
    assert issue.corrected == ("title", "status", "deadline", "aspect")


def test_an_issue_is_dropped_and_those_below_it_move_up(tmp_path: Path) -> None:
    base = small_notice()
    sub = replace(base.issues[1], number="2.1", parent="2", aspect=None, span=base.issues[2].span)
    notice = corrected(tmp_path, '[[问题]]\n问题 = "监督不力"\n删除 = true\n', replace(base, issues=(base.issues[0], base.issues[2], sub)))
    assert [(issue.number, issue.parent, issue.aspect) for issue in notice.issues] == [("1", None, "学习方面"), ("2.1", None, "纪律方面")]


# ---------------------------------------------------------------- what does not fit


@pytest.mark.parametrize(("entry", "cause"), [
    ('[[机构]]\n名称 = "市公安局"\n全称 = "某局"', "[[机构]] 市公安局 is not used: there is no body 市公安局"),
    ('[[机构]]\n名称 = "市检察院"\n问题 = "监督不力"\n全称 = "某院"', "[[机构]] 市检察院 is not used: there is no body 市检察院"),
    ('[[机构]]\n名称 = "市检察院"\n全称 = "澜江市人民检察院"', "[[机构]] 市检察院 is not used: it is read so already"),
    ('[[机构]]\n名称 = "市局"\n问题 = "学习"\n增加 = true', "[[机构]] 市局 is not used: the words 市局 are not in issue 学习"),
    ('[[机构]]\n名称 = "市检察院"\n全称 = "澜江市人民检察院"\n问题 = "学习"\n增加 = true', "[[机构]] 市检察院 is not used: it is read so already"),
    ('[[文件]]\n标题 = "别的办法"\n关系 = "制发"', "[[文件]] 别的办法 is not used: there is no document 《别的办法》"),
    ('[[文件]]\n标题 = "学习规则"\n问题 = "学习"\n原为 = "起草"\n关系 = "修订"', "[[文件]] 学习规则 is not used: it is issues, not drafts"),
    ('[[文件]]\n标题 = "学习规则"\n问题 = 1\n关系 = "修订"', "[[文件]] 学习规则 is not used: 2 issues are numbered 1: give words of the title"),
    ('[[文件]]\n标题 = "学习规则"\n问题 = "7"\n关系 = "修订"', "[[文件]] 学习规则 is not used: there is no issue 7"),
    ('[[措施]]\n原文 = "没有这句"\n删除 = true', "[[措施]] 没有这句 is not used: no measures hold these words"),
    ('[[措施]]\n原文 = "《"\n删除 = true', "[[措施]] 《 is not used: 4 measures hold these words: give more of them"),
    ('[[措施]]\n原文 = "健全制度"\n并入上一条 = true', "[[措施]] 健全制度 is not used: it is the first of its issue: there is none before it"),
    ('[[措施]]\n原文 = "健全制度"\n拆分 = "会同"', "[[措施]] 健全制度 is not used: the words 会同 are not in this measure"),
    ('[[措施]]\n原文 = "每月抽查"\n原为 = "已完成"\n状态 = "计划"', "[[措施]] 每月抽查 is not used: it is recurring, not done"),
    ('[[问题]]\n问题 = "不"\n新标题 = "某"', "[[问题]] 不 is not used: 3 issues hold these words in their title: give more of them"),
    ('[[问题]]\n问题 = "监督"\n方面 = "作风"', "[[问题]] 监督 is not used: no aspects are called 作风"),
])
def test_a_correction_that_does_not_fit_changes_nothing_and_is_reported(tmp_path: Path, entry: str, cause: str) -> None:
    notice = corrected(tmp_path, f"# 更正\n\n{entry}\n")
    (warning,) = notice.warnings
    assert (warning.code, warning.message) == ("correction_unused", f"{tmp_path}/notice.corrections.toml:3: {cause}")
    assert replace(notice, warnings=()) == small_notice()


def test_the_others_are_made_all_the_same(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '[[机构]]\n名称 = "市公安局"\n全称 = "某局"\n\n[[机构]]\n名称 = "市检察院"\n全称 = "某院"\n')
    assert [w.code for w in notice.warnings] == ["correction_unused"]
    assert names(notice.issues[0].measures[1])[-1] == ("某院", "joint")


# ---------------------------------------------------------------- the file


def test_both_languages_say_the_same(tmp_path: Path) -> None:
    english = corrected(tmp_path, '[[document]]\ntitle = "学习规则"\nissue = "学习"\nrelation = "revises"\nwas = "issues"\n')
    assert corrected(tmp_path, '[[文件]]\n标题 = "学习规则"\n问题 = "学习"\n关系 = "修订"\n原为 = "制发"\n') == english
    assert corrected(tmp_path, '[["文件"]]\n"标题" = "学习规则"\n"问题"="学习"\n关系 = "revises" # 注\n') == english


def test_every_key_has_one_word_in_each_language() -> None:
    keys = {key for section in SECTIONS for key in section.keys}
    assert set(KEYS.values()) == keys
    assert len(set(KEYS.values())) == len(KEYS)
    assert set(FLAGS) < keys


def test_files_beside_the_notice_are_found(tmp_path: Path) -> None:
    entry = '[[机构]]\n名称 = "{}"\n全称 = "某院"\n'
    (tmp_path / "n.txt.corrections.toml").write_text(entry.format("甲"), encoding="utf-8")
    (tmp_path / "n.corrections.toml").write_text("\ufeff" + entry.format("乙"), encoding="utf-8")
    shared = '[["n.txt".机构]]\n名称 = "丙"\n全称 = "某院"\n\n[["other.txt"."机构"]]\n名称 = "丁"\n全称 = "某院"\n\n[["n.txt".body]]\nname = "戊"\ndrop = true\n'
    (tmp_path / "corrections.toml").write_text(shared, encoding="utf-8")
    found = corrections_beside(tmp_path / "n.txt")
    assert [(entry.values["name"], Path(entry.file).name, entry.line) for entry in found.entries] == [
        ("甲", "n.txt.corrections.toml", 1), ("乙", "n.corrections.toml", 1), ("丙", "corrections.toml", 1), ("戊", "corrections.toml", 9)]
    assert [name for name, _ in found.files] == ["n.txt.corrections.toml", "n.corrections.toml", "corrections.toml"]
    assert corrections_beside(tmp_path / "third.txt").entries == ()


def test_chinese_keys_inside_a_long_text_stay_as_they_are(tmp_path: Path) -> None:
    entries = '[[问题]]\n问题 = "监督不力"\n新标题 = """\n一 = 二"""\n'
    assert corrected(tmp_path, entries).issues[2].title == "一 = 二"


WRONG = [
    ('[[机构]]\n名称 = “市局”\n', 2, "is no valid TOML: Invalid value (write straight signs: \" and =)"),
    ('[[机构]]\n名称 = "市局"\n名称 = "某局"\n', 3, "is no valid TOML: Cannot overwrite a value"),
    ('[[单位]]\n名称 = "市局"\n', 1, "单位: there is no such section ([[机构]] or [[body]], [[文件]]"),
    ('\n[机构]\n名称 = "市局"\n', 2, "机构: write it in double brackets, once for each correction: [[机构]]"),
    ('[[机构]]\n全称 = "某局"\n', 1, "[[机构]]: has no 名称 (name), to find what is meant"),
    ('[[机构]]\n名称 = "市局"\n', 1, "[[机构]] 市局: says nothing to change (全称 full, 类别 kind, 角色 role, 增加 add, 删除 drop)"),
    ('[[机构]]\n名称 = "市局"\n金额 = "3"\n', 1, "[[机构]] 市局: 金额 means nothing here (known: 名称 name, 问题 issue, "),
    ('[[机构]]\n名称 = "市局"\n角色 = "主办"\n', 1, "[[机构]] 市局: 角色 = 主办 is none of 负责 responsible, 联合 joint, "),
    ('[[机构]]\n名称 = ["市局"]\n全称 = "某局"\n', 1, "名称 must be text in quotes: 名称 = \"…\""),
    ('[[机构]]\n名称 = "市局"\n删除 = false\n', 1, "[[机构]] 市局: 删除 can only be true"),
    ('[[机构]]\n名称 = "市局"\n删除 = true\n全称 = "某局"\n', 1, "[[机构]] 市局: drops what it changes: one of the two"),
    ('[[文件]]\n标题 = "某办法"\n增加 = true\n', 1, "[[文件]] 某办法: does not say to which issue it adds (问题 issue)"),
    ('[[文件]]\n标题 = "某办法"\n关系 = "制发"\n制发机关 = "某局"\n原为 = "其他"\n', 1, "has 原为 (was), so it must change just one value"),
]


@pytest.mark.parametrize(("content", "line", "cause"), WRONG, ids=[cause[:24] for *_, cause in WRONG])
def test_a_wrong_entry_is_named_with_file_line_and_entry(tmp_path: Path, content: str, line: int, cause: str) -> None:
    with pytest.raises(CorrectionsError) as error:
        corrected(tmp_path, content)
    assert str(error.value).startswith(f"{tmp_path}/notice.corrections.toml:{line}: ")
    assert cause in str(error.value)


def test_a_shared_file_must_name_the_notice(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text('\n[[机构]]\n名称 = "市局"\n全称 = "某局"\n', encoding="utf-8")
    with pytest.raises(CorrectionsError) as error:
        corrections_beside(tmp_path / "n.txt")
    assert str(error.value) == f'{tmp_path}/corrections.toml:2: [[机构]]: says nothing of the notice it is for: write [["notice.txt".机构]]'


# ---------------------------------------------------------------- the graph


def bases(notice: Notice) -> dict[tuple[str, str, str], str]:
    """Basis of each statement and participation, by what it says."""
    evidence, facts = notice_graph(notice).evidence, notice_graph(notice).facts
    said: dict[str, dict[str, str]] = {}
    for t in (*evidence, *facts):
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode):
            said.setdefault(t.subject.value, {})[t.predicate.value.removeprefix(NAMESPACE)] = t.object.value
    short = {"statementSubject", "statementPredicate", "statementObject"}
    found = {(of["statementSubject"].partition("/id/")[2], of["statementPredicate"].removeprefix(NAMESPACE), of["statementObject"].partition("/id/")[2]
              or of["statementObject"].removeprefix(CONCEPTS)): of["basis"] for of in said.values() if short < of.keys()}
    found |= {("participation", of["participationRole"].removeprefix(CONCEPTS), of["participant"].rpartition("/")[2]): of["basis"]
              for of in said.values() if "participant" in of}
    return {key: value.removeprefix(CONCEPTS) for key, value in found.items()}


def test_what_was_corrected_has_its_own_basis_in_the_graph(tmp_path: Path) -> None:
    notice = corrected(tmp_path, '''
[[机构]]
名称 = "市检察院"
全称 = "某检察院"
[[文件]]
标题 = "学习规则"
问题 = "学习"
关系 = "修订"
[[文件]]
标题 = "案件评查办法"
制发机关 = "云川省高级人民法院"
[[措施]]
原文 = "每月抽查"
状态 = "正在推进"
[[问题]]
问题 = "监督不力"
方面 = "学习方面"
[[问题]]
问题 = "监督不力"
状态 = "已完成整改"
''')
    assert notice.warnings == ()
    before, after = bases(small_notice()), bases(notice)
    new = {key: basis for key, basis in after.items() if basis == "basis-corrected"}
    assert not any(basis == "basis-corrected" for basis in before.values())
    assert sorted((subject.rpartition("20230717/")[2], predicate, target.rpartition("/")[2]) for subject, predicate, target in new) == [
        ("aspect/1", "hasIssue", "3"),
        ("doc/云川省高级人民法院/案件评查办法", "issuedBy", "云川省高级人民法院"),
        ("issue/1/measure/1/action/2", "revisesDocument", "学习规则"),
        ("issue/3", "status", "status-item-rectified"),
        ("issue/3/measure/1", "status", "status-in-progress"),
        ("participation", "role-joint", "某检察院")]
    assert check_evidence(notice_graph(notice).evidence, notice.text) == ()


def test_a_graph_without_corrections_is_what_it_was(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text("", encoding="utf-8")
    assert correct(small_notice(), corrections_beside(tmp_path / "n.txt")) == small_notice()
    assert "corrected" not in json.dumps(to_json(small_notice()))


# ---------------------------------------------------------------- builds


@pytest.fixture
def notice_file(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text("""中共青岚市财政局党组关于巡察整改进展情况的通报

2023年3月至5月,市委第二巡察组对市财政局党组开展了巡察。2023年7月1日,巡察组反馈了意见。现将巡察整改情况通报如下。
一、巡察反馈问题整改落实情况
(一)制度建设方面
1.关于“制度不健全”的问题
一是健全制度。修订《财务管理办法》。会同市公安局开展核查。
""", encoding="utf-8")
    return path


ENTRY = '[[文件]]\n标题 = "财务管理办法"\n关系 = "起草"\n\n[[机构]]\n名称 = "市检察院"\n全称 = "某院"\n'


def test_a_build_makes_the_corrections_each_time_and_names_the_file(
        notice_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.corrections.toml"
    file.write_text(ENTRY, encoding="utf-8")
    for _ in range(2):
        assert main(["build", str(notice_file), "--out", str(tmp_path / "out")]) == 0
        assert f"{file}:5: [[机构]] 市检察院 is not used: there is no body 市检察院" in capsys.readouterr().err
    (folder,) = (path for path in (tmp_path / "out").iterdir() if not path.name.startswith("."))
    records = json.loads((folder / "records.json").read_text(encoding="utf-8"))
    document = records["issues"][0]["measures"][0]["documents"][0]
    assert (document["relation"], document["rule"], document["corrected"]) == ("drafts", "corrected", ["relation"])
    assert "basis-corrected" in (folder / "evidence.ttl").read_text(encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["corrections"]) == ["notice.corrections.toml"]
    assert "correction_unused" in (folder / "report.md").read_text(encoding="utf-8").replace("\\_", "_")


def test_corrections_in_a_folder_of_notices_are_no_notices(notice_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notice.corrections.toml").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "corrections.toml").write_text("", encoding="utf-8")
    assert main(["build", str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    assert "skipped" not in capsys.readouterr().err


def test_a_wrong_correction_fails_its_notice_with_one_line(notice_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.corrections.toml"
    file.write_text('[[文件]]\n标题 = "财务管理办法"\n关系 = "定稿"\n', encoding="utf-8")
    assert main(["build", str(notice_file), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith(f"error: {file}:1: [[文件]] 财务管理办法: 关系 = 定稿 is none of 制发 issues, ")


def test_scores_are_those_of_the_program_alone(notice_file: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    answers = notice_file.with_suffix(".json")
    answers.write_bytes(kg.pipeline.records_json(kg.read(notice_file)))
    (tmp_path / "notice.corrections.toml").write_text(ENTRY, encoding="utf-8")
    assert kg.read(notice_file).issues[0].measures[0].documents[0].relation == "drafts"
    assert main(["evaluate", str(answers), "--format", "json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["all"]["document relation"]["f1"] == 1.0
