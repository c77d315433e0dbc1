"""docs/corrections.md is true: its example works on the notice it is for, and its tables name every key and value."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT
from kg.cli import main
from kg.corrections import correct, corrections_beside
from kg.corrections.keys import KEYS, SECTIONS
from kg.model import Notice
from kg.pipeline import read_uncorrected

DOCS = (ROOT / "docs" / "corrections.md", ROOT / "docs" / "corrections.zh.md")
EXAMPLE = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## .+[:：] ?`\[\[(\w+)\]\]` `\[\[(\w+)\]\]`\n(?P<body>(?:(?!## ).*\n)*)", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (.+) \|$", re.MULTILINE)
VALUE = re.compile(r"(\w+) `(\w+)`")


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """The bundled notice that the example speaks of, with the corrections of the page beside it."""
    path = tmp_path / "notice.txt"
    path.write_bytes((ROOT / "examples" / "court_intermediate.txt").read_bytes())
    (example,) = EXAMPLE.findall(DOCS[0].read_text(encoding="utf-8"))
    (tmp_path / "notice.corrections.toml").write_text(example, encoding="utf-8")
    return path


def told(notice: Notice) -> set[tuple[str, ...]]:
    """What the example changes, as far as it goes."""
    found: set[tuple[str, ...]] = {("issue", issue.title, issue.status or "") for issue in notice.issues}
    for issue in notice.issues:
        for measure in issue.measures:
            found.add(("measure", measure.text[:8]))
            found |= {("body", body.mention or "", body.canonical, body.role) for body in measure.organizations}
            found |= {("document", document.title, document.relation, document.issuer or "") for document in measure.documents}
    return found


def test_the_example_does_what_it_says(notice: Path) -> None:
    before = read_uncorrected(notice)
    after = correct(before, corrections_beside(notice))
    assert after.warnings == before.warnings
    assert told(before) - told(after) == {
        ("body", "各支部", "青岚市中级人民法院各党支部", "target"), ("body", "合议庭", "合议庭", "target"),
        ("document", "党支部工作手册", "uses", ""),
        ("document", "涉企典型案例选（2020—2022）", "issues", "青岚市中级人民法院民事审判第二庭"), ("issue", "上诉案件卷宗移送不及时", "")}
    assert told(after) - told(before) == {
        ("body", "各支部", "中共青岚市中级人民法院机关各党支部", "target"), ("body", "企业法律服务站", "青岚市企业法律服务站", "target"),
        ("document", "党支部工作手册", "uses", "中共云川省委组织部"), ("measure", "宣传处制定《新媒"),
        ("document", "涉企典型案例选（2020—2022）", "revises", "青岚市中级人民法院民事审判第二庭"), ("issue", "上诉案件卷宗移送不及时", "已完成")}


def test_the_warning_is_as_shown(notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    notice.write_text(notice.read_text(encoding="utf-8").replace("合议庭", "法官"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["build", "notice.txt"]) == 0
    (shown,) = [line for line in DOCS[0].read_text(encoding="utf-8").splitlines() if line.startswith("warning: ")]
    assert shown in capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_the_tables_name_every_key_and_value(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    found = {section[2]: (section[1], ROW.findall(section["body"])) for section in SECTION.finditer(text)}
    assert set(found) == {section.name for section in SECTIONS}
    for section in SECTIONS:
        chinese, rows = found[section.name]
        assert chinese == section.chinese
        assert [(zh, en) for zh, en, _ in rows] == [(zh, KEYS[zh]) for zh, _, _ in rows]
        assert {en for _, en, _ in rows} == {*section.finds, *section.changes}
        for _, key, said in rows:
            if values := section.values.get(key):
                assert dict(VALUE.findall(said)) == values
    for limit in ("问题", "原文", "原为"):
        assert f"`{limit}`" in text and KEYS[limit] in text


def test_both_languages_have_the_same_example_and_sections() -> None:
    english, chinese = (doc.read_text(encoding="utf-8") for doc in DOCS)
    assert EXAMPLE.findall(english) == EXAMPLE.findall(chinese)
    assert re.findall(r"^(#+) ", english, re.MULTILINE) == re.findall(r"^(#+) ", chinese, re.MULTILINE)
    assert [row[:2] for row in ROW.findall(english)] == [row[:2] for row in ROW.findall(chinese)]
