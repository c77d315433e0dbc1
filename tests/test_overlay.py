"""A user's own words and patterns on top of the lexicon, and nowhere else."""
from __future__ import annotations

import ast
import json
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import kg
from conftest import ROOT
from kg.cli import main
from kg.extract.documents import RELATIONS, relation_words
from kg.extract.labels import KINDS as LABELS
from kg.extract.organizations import KINDS
from kg.lexicon import load
from kg.lexicon.overlay import FAMILIES, NOTHING, Overlay, merged, per_lexicon, using
from kg.lexicon.own import read_own
from kg.model import Notice
from kg.pipeline import build_each, read_text

# What these keep from one notice to the next must know the lexicon.
READERS = sorted(ROOT.glob("kg/**/*.py"))


def verbs(*words: str) -> Overlay:
    return Overlay("own", "/".join(words), {"documents": {"lists": {"issues": list(words)}}})


def test_an_overlay_holds_inside_its_block_only() -> None:
    assert "擘画" not in relation_words()[1]
    with using(verbs("擘画")):
        assert relation_words()[1]["擘画"] == "issues"
        with using(verbs("镌刻")):
            assert "镌刻" in relation_words()[1]
            assert "擘画" not in relation_words()[1]
        assert "镌刻" not in relation_words()[1]
        with using(NOTHING):
            assert "擘画" not in relation_words()[1]
    assert "擘画" not in relation_words()[1]
    assert "擘画" not in load("documents").lists["issues"]


def test_an_overlay_does_not_reach_another_thread() -> None:
    seen: list[bool] = []
    with using(verbs("擘画")):
        other = Thread(target=lambda: seen.append("擘画" in relation_words()[1]))
        other.start()
        other.join()
    assert seen == [False]


def test_results_are_kept_for_each_overlay() -> None:
    calls: list[str] = []

    @per_lexicon
    def counted(name: str) -> str:
        calls.append(name)
        return name

    for overlay in (NOTHING, verbs("擘画"), NOTHING, verbs("擘画")):
        with using(overlay):
            assert counted("a") == "a"
    assert calls == ["a", "a"]


BASE: dict[str, Any] = {
    "lists": {"issues": ["制定", "送达"], "uses": ["使用"], "other": ["制定"]}, "maps": {"short": {"中院": "中级人民法院"}},
    "parts": {"n": "[0-9]"}, "pattern": [{"name": "after_a", "regex": "a", "relation": "issues", "examples": ["a"]},
                                         {"name": "after_b", "regex": "b"}]}


def test_entries_are_added_and_existing_ones_replaced() -> None:
    own = {"lists": {"issues": ["擘画", "制定"]}, "maps": {"short": {"高院": "高级人民法院", "中院": "中院"}}, "parts": {"n": "[一二]"},
           "pattern": [{"name": "after_new", "regex": "c"}, {"name": "after_a", "regex": "{old}|x", "examples": ["x"]}]}
    content = merged("documents", BASE, own)
    assert content["lists"]["issues"] == ["制定", "送达", "擘画"]
    assert content["maps"]["short"] == {"中院": "中院", "高院": "高级人民法院"}
    assert content["parts"] == {"n": "[一二]"}
    assert content["pattern"] == [
        {"name": "after_new", "regex": "c"},
        {"name": "after_a", "regex": "(?:a)|x", "relation": "issues", "examples": ["x"]},
        {"name": "after_b", "regex": "b"}]
    assert BASE["lists"]["issues"] == ["制定", "送达"]


def test_a_word_leaves_the_other_lists_of_its_family() -> None:
    lists = merged("documents", BASE, {"lists": {"uses": ["制定", "送达"]}})["lists"]
    assert (lists["issues"], lists["uses"], lists["other"]) == ([], ["使用", "制定", "送达"], ["制定"])


def test_families_are_the_lists_that_the_code_tells_apart() -> None:
    assert {file: sorted(lists) for file, lists in FAMILIES.items()} == {
        "documents": sorted(RELATIONS), "organizations": sorted(KINDS), "outline": sorted(f"label_{kind}" for kind in LABELS)}


@pytest.mark.parametrize("file", sorted(FAMILIES))
def test_a_word_stands_in_one_list_of_a_family(file: str) -> None:
    words = [word for name in FAMILIES[file] for word in load(file).lists[name]]
    assert len(words) > 40
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("path", READERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_kept_from_the_lexicon_is_kept_for_each(path: Path) -> None:
    """`functools.cache` on what loads a lexicon would hand one user's words to the next."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(d) and "cached_property" not in ast.unparse(d)
                                                     for d in node.decorator_list):
            used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
            assert not used & {"load", "group"}, node.name
    constants = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    assert not any(isinstance(call, ast.Call) and ast.unparse(call.func) in ("load", "group") for node in constants for call in ast.walk(node))


# --- from the folder to the records ------------------------------------------------------------------

NOTICE = """中共青岚市财政局党组关于巡察整改进展情况的通报

2023年3月至5月,市委第二巡察组对市财政局党组开展了巡察。2023年7月1日,巡察组反馈了意见。现将巡察整改情况通报如下。
一、巡察反馈问题整改落实情况
(一)制度建设方面
1.关于“制度不健全”的问题
一是健全制度。擘画《财务管理办法》。
"""


def lexicon(folder: Path, word: str, relation: str) -> Path:
    folder.mkdir()
    (folder / "documents.toml").write_text(f'[lists]\n{relation} = ["{word}"]\n', encoding="utf-8")
    return folder


def relation_of(notice: Notice) -> str:
    (issue,) = notice.issues
    return issue.measures[0].documents[0].relation


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def test_two_readings_with_different_lexicons_do_not_meet(tmp_path: Path, notice: Path) -> None:
    issues, drafts = lexicon(tmp_path / "a", "擘画", "issues"), lexicon(tmp_path / "b", "擘画", "drafts")
    found = [relation_of(kg.read(notice, own)) for own in (None, issues, drafts, None, issues)]
    assert found == ["other", "issues", "drafts", "other", "issues"]
    assert [relation_of(read_text(NOTICE, lexicon=own)) for own in (drafts, None)] == ["drafts", "other"]


def test_a_lexicon_read_once_serves_many(tmp_path: Path, notice: Path) -> None:
    own = read_own(lexicon(tmp_path / "a", "擘画", "issues"))
    (tmp_path / "a" / "documents.toml").unlink()
    assert relation_of(kg.read(notice, own)) == "issues"
    with using(own):
        assert relation_of(kg.read(notice)) == "issues"
    assert relation_of(kg.read(notice)) == "other"


def test_a_build_names_the_lexicon_it_was_made_with(tmp_path: Path, notice: Path) -> None:
    own = lexicon(tmp_path / "a", "擘画", "issues")
    (with_own,) = kg.build([notice], tmp_path / "out", lexicon=own)
    records = json.loads((with_own.folder / "records.json").read_text(encoding="utf-8"))
    manifest = json.loads((with_own.folder / "manifest.json").read_text(encoding="utf-8"))
    assert records["issues"][0]["measures"][0]["documents"][0]["relation"] == "issues"
    assert manifest["own_lexicon"] == read_own(own).digest
    (without,) = kg.build([notice], tmp_path / "out")
    plain = json.loads((without.folder / "manifest.json").read_text(encoding="utf-8"))
    assert "own_lexicon" not in plain
    assert plain["lexicon"] == manifest["lexicon"]


def test_a_caller_between_two_builds_keeps_the_plain_lexicon(tmp_path: Path, notice: Path) -> None:
    own = lexicon(tmp_path / "a", "擘画", "issues")
    for _ in build_each([notice], tmp_path / "out", lexicon=own):
        assert relation_of(kg.read(notice)) == "other"


def test_commands_take_a_lexicon(tmp_path: Path, notice: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    own = str(lexicon(tmp_path / "a", "擘画", "issues"))
    assert main(["parse", str(notice), "--json", "--lexicon", own]) == 0
    assert b'"relation": "issues"' in capfdbinary.readouterr().out
    assert main(["build", str(notice), "--out", str(tmp_path / "out"), "--lexicon", own]) == 0
    answers = tmp_path / "notice.json"
    answers.write_bytes(kg.pipeline.records_json(kg.read(notice, own)))
    capfdbinary.readouterr()
    for arguments, right in ((["--lexicon", own], 1), ([], 0)):
        assert main(["evaluate", str(answers), "--format", "json", *arguments]) == 0
        assert json.loads(capfdbinary.readouterr().out)["all"]["document relation"]["right"] == right


@pytest.mark.parametrize("verb", ["build", "parse", "evaluate"])
def test_a_wrong_lexicon_is_named_and_nothing_is_built(
        tmp_path: Path, notice: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    own = lexicon(tmp_path / "a", "擘画", "isues")
    notice.with_suffix(".json").write_text('{"notice": {}, "claims": [], "issues": []}', encoding="utf-8")
    given = str(notice.with_suffix(".json") if verb == "evaluate" else notice)
    assert main([verb, given, "--lexicon", str(own), *(["--out", str(tmp_path / "out")] if verb == "build" else [])]) == 2
    assert capsys.readouterr().err.startswith(f"error: {own}/documents.toml: lists.isues: there is no list of this name (issues, ")
    assert not (tmp_path / "out").exists()
