"""The scoring: by hand on small answers, and against the reference scorer on every answer file."""
from __future__ import annotations

import copy
import importlib.util
import json
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import ROOT
from kg.accuracy import FIELDS, Tally, micro_average, score
from kg.accuracy.answers import evaluate, find_cases, load_answers
from kg.accuracy.compare import Outcome, Place
from kg.accuracy.formats import told
from kg.cli import main
from kg.errors import InputError
from kg.model import to_json
from kg.pipeline import read

GOLD = ROOT / "tests" / "gold"


def document(title: str, relation: str, **more: object) -> dict[str, object]:
    return {"title": title, "relation": relation, **more}


def body(mention: str | None, canonical: str, role: str, **more: object) -> dict[str, object]:
    return {"mention": mention, "canonical": canonical, "role": role, **more}


def measure(text: str = "", **more: object) -> dict[str, object]:
    return {"text": text, "heading": None, "status": "done", "documents": [], "organizations": [], **more}


def notice(*measures: dict[str, object], title: str = "学习不够深入", header: object = None, claims: object = ()) -> dict[str, Any]:
    issue = {"number": "1", "title": title, "aspect": "方面", "measures": list(measures)}
    return {"notice": header or {}, "claims": list(claims), "issues": [issue]}  # type: ignore[call-overload]


def counts(answers: dict[str, Any], records: dict[str, Any], field: str) -> tuple[int, int, int] | None:
    tally = score(answers, records).tallies.get(field)
    return tally and (tally.right, tally.found, tally.wanted)


def test_numbers_of_a_tally() -> None:
    tally = Tally(right=3, found=4, wanted=6)
    assert (tally.precision, tally.recall, round(tally.f1, 9)) == (0.75, 0.5, 0.6)
    assert (Tally(0, 0, 0).f1, Tally(0, 2, 0).precision, Tally(0, 2, 0).recall) == (1.0, 0.0, 0.0)
    assert (Tally(0, 0, 2).precision, Tally(0, 0, 2).recall, Tally(0, 0, 2).f1) == (0.0, 0.0, 0.0)


def test_micro_average_adds_up_what_each_notice_counts() -> None:
    total = micro_average([{"date": Tally(1, 2, 3)}, {"header": Tally(5, 5, 5), "date": Tally(1, 1, 1)}])
    assert list(total.items()) == [("header", Tally(5, 5, 5)), ("date", Tally(2, 3, 4))]


def test_header_takes_every_accepted_answer() -> None:
    answers = notice(header={"publisher": "甲县", "accepted_publisher": ["甲县", "甲县委"], "title": "通报", "published": None})
    records = notice(header={"publisher": "甲县 委", "title": None, "published": "2024-01-01"})
    result = score(answers, records)
    assert result.tallies["header"] == Tally(right=1, found=2, wanted=2)
    assert [(m.of, m.wanted, m.found) for m in result.misses] == [("title", "通报", None), ("published", None, "2024-01-01")]


def test_claims_that_the_answers_leave_out_count_for_nothing() -> None:
    claims = [{"value": 7.132, "quote": "追缴7.132万元"}, {"value": 3, "quote": "3个方面"}]
    found = [{"value": 71320, "quote": "其中追缴7.132万元"}, {"value": 5, "quote": "5项"}]
    assert counts(notice(claims=claims), notice(claims=found), "claim") == (1, 1, 2)


@pytest.mark.parametrize(("found", "expected"), [
    ("关于学习不够深入", (1, 1, 1)),  # one holds the other and is 6/8 of it
    ("关于理论学习不够深入不够及时", (0, 1, 1)),
    ("学习", (0, 1, 1)),
])
def test_issues_are_paired_by_their_titles(found: str, expected: tuple[int, int, int]) -> None:
    assert counts(notice(), notice(title=found), "issue") == expected


def test_measures_are_recognised_by_their_words() -> None:
    wanted = notice(measure(documents=[document("甲办法", "issues")]), measure(heading="抓学习"))
    found = notice(measure("别的事"), measure("制定《甲办法》。"), measure("抓学习。每月一次。"))
    assert counts(wanted, found, "measure") == (2, 3, 2)


def test_documents_relations_and_issuers() -> None:
    wanted = notice(measure(documents=[
        document("甲办法", "issues", issuer="甲局", accepted_issuers=["甲局", ""]), document("乙法", "implements"),
        document("丙书", "uses", accepted_relations=["uses", "issues"])]))
    found = notice(measure(documents=[
        document("甲办法", "issues", issuer=None), document("丙书", "issues"), document("乙法", "studies"), document("丁", "other")]))
    assert counts(wanted, found, "document") == (3, 4, 3)
    assert counts(wanted, found, "document relation") == (2, 3, 3)
    assert counts(wanted, found, "document issuer") == (1, 1, 1)


def test_a_title_named_twice_is_compared_relation_by_relation() -> None:
    wanted = notice(measure(documents=[document("甲", "issues"), document("甲", "implements")]))
    found = notice(measure(documents=[document("甲", "implements"), document("甲", "issues")]))
    assert counts(wanted, found, "document relation") == (2, 2, 2)


def test_bodies_are_compared_once_an_issue() -> None:
    wanted = notice(measure(organizations=[
        body("市局", "甲市公安局", "responsible"), body("我局", "甲市公安局", "joint"),
        body("某厅", "某厅", "target", optional=True), body("区委", "中共乙区委员会", "approves")]))
    found = notice(measure(organizations=[
        body("市局", "甲市公安局", "joint"), body("某厅", "某省某厅", "other"), body("区委", "乙区区委", "target"),
        body("丙厂", "丙厂", "other")]))
    assert counts(wanted, found, "organization") == (2, 3, 2)
    assert counts(wanted, found, "organization name") == (1, 2, 2)
    assert counts(wanted, found, "organization role") == (1, 2, 2)


def test_what_is_found_by_default_is_left_out_where_the_answers_list_only_what_is_named() -> None:
    found = notice(measure(organizations=[body(None, "甲局", "responsible")], court_levels=[{"level": "high", "cue": None}]))
    assert counts({**notice(measure()), "explicit_only": True}, found, "organization") is None
    assert counts(notice(measure()), found, "organization") == (0, 1, 0)
    assert counts(notice(measure()), found, "court level") == (0, 1, 0)


@pytest.mark.parametrize(("wanted", "found", "expected"), [
    ({"status": "done"}, "done", None),
    ({"status": "done"}, "ongoing", (0, 1, 0)),
    ({"status": "ongoing"}, "done", (0, 0, 1)),
    ({"status": "ongoing"}, "planned", (0, 1, 1)),
    ({"status": "ongoing", "accepted_statuses": ["ongoing", "planned"]}, "planned", (1, 1, 1)),
    ({"status": "done", "accepted_statuses": ["done", "ongoing"]}, "ongoing", None),
    ({"status": None}, "ongoing", None),
])
def test_only_measures_that_are_not_done_count(wanted: dict[str, object], found: str, expected: tuple[int, int, int] | None) -> None:
    assert counts(notice(measure(**wanted)), notice(measure(status=found)), "measure status") == expected


def test_figures_dates_and_links() -> None:
    wanted = notice(measure(figures=[{"value": 3, "unit": "次"}, {"value": 3, "unit": "次"}], dates=[{"start": "2024-01"}],
                            doc_links=[{"from": "甲", "to": "乙", "type": "based_on"}]))
    found = notice(measure(figures=[{"value": 3.0, "unit": "次"}], dates=[{"start": "2024-01", "end": None}, {"start": "2023"}],
                           document_links=[{"from": "乙", "to": "甲", "type": "based_on"}]))
    assert counts(wanted, found, "figure") == (1, 1, 2)
    assert counts(wanted, found, "date") == (1, 2, 1)
    assert counts(wanted, found, "document link") == (0, 1, 1)
    assert counts(notice(measure()), found, "figure") is None  # two careful readers would differ: not asked for


def test_what_a_miss_says() -> None:
    place = Place("1", "学习")
    assert told(Outcome("date", place, "2024-01/", None, False)) == ("missing", "2024-01/")
    assert told(Outcome("organization role", place, "joint", "target", False, "甲局")) == ("wrong", "甲局: target (should be: joint)")


# --- against the reference scorer, where it stands beside the checkout -----------------------------

@pytest.fixture(scope="session")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", shared / "evaluate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs(shared: Path) -> Iterator[tuple[Path, Path]]:
    yield from ((path, path.with_suffix(".json")) for path in sorted(GOLD.glob("*.txt")))
    yield from ((path, shared / "gold" / f"{path.stem}.json") for path in sorted((shared / "notices").glob("*.txt")))


def own(answers: dict[str, Any], records: dict[str, Any]) -> dict[str, tuple[int, int, int, float, float, float]]:
    return {field: (t.right, t.found, t.wanted, t.precision, t.recall, t.f1) for field, t in score(answers, records).tallies.items()}


def reference(scorer: ModuleType, answers: object, records: object) -> dict[str, tuple[int, int, int, float, float, float]]:
    result = scorer.score_notice(copy.deepcopy(answers), copy.deepcopy(records))
    return {field: (*result.counts[field], *numbers) for field, *numbers, _ in result.rows() if any(result.counts[field])}


def test_every_number_is_that_of_the_reference_scorer(scorer: ModuleType, shared: Path) -> None:
    """On what is read, and on the same damaged at random, so that every kind of miss comes up."""
    compared, fields, chance = 0, set(), random.Random(2024)
    for text, gold in pairs(shared):
        answers, records = json.loads(gold.read_text(encoding="utf-8")), to_json(read(text))
        for damaged in (records, spoilt(records, chance), spoilt(records, chance)):
            expected = reference(scorer, answers, damaged)
            assert own(answers, damaged) == expected, text.stem
            compared, fields = compared + 1, fields | set(expected)
    assert compared >= 3 * 15
    assert fields == set(FIELDS)


VALUES: dict[str, tuple[object, ...]] = {
    "status": ("done", "ongoing", "planned", "recurring", None), "relation": ("issues", "implements", "revises"),
    "role": ("responsible", "target", "joint"), "level": ("high", "basic"), "issuer": (None, "甲局"), "aspect": (None,),
    "deadline": (None,), "mention": (None,), "cue": (None,), "title": ("甲", "乙办法"), "canonical": ("甲局",), "value": (1, 2.5)}


def spoilt(records: Any, chance: random.Random, key: str = "") -> Any:
    """The records with entries lost, doubled and changed."""
    if isinstance(records, dict):
        return {name: spoilt(value, chance, name) for name, value in records.items()}
    if isinstance(records, list):
        kept = [spoilt(item, chance, key) for item in records if not isinstance(item, dict) or chance.random() > 0.1]
        return kept + copy.deepcopy(kept[-1:]) if kept and isinstance(kept[0], dict) and chance.random() < 0.1 else kept
    return chance.choice(VALUES[key]) if key in VALUES and chance.random() < 0.1 else records


# --- files and commands -----------------------------------------------------------------------------

@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two notices with answers, a list that is no answer file, and answers without a notice."""
    for name in ("totals_only", "environment_task"):
        for suffix in (".txt", ".json"):
            (tmp_path / f"{name}{suffix}").write_bytes((GOLD / f"{name}{suffix}").read_bytes())
    (tmp_path / "floors.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_the_notice_of_an_answer_file(folder: Path) -> None:
    one, two = folder / "environment_task.json", folder / "totals_only.json"
    elsewhere = folder / "else" / "totals_only.html"
    assert [(c.name, c.notice.name) for c in find_cases([folder])] == [
        ("environment_task", "environment_task.txt"), ("totals_only", "totals_only.txt")]
    assert [c.notice for c in find_cases([one, two, elsewhere])] == [folder / "environment_task.txt", elsewhere]
    assert [c.notice for c in find_cases([one, folder / "other.txt"])] == [folder / "other.txt"]


@pytest.mark.parametrize(("files", "cause"), [
    (["totals_only.txt"], "totals_only.txt: no answer file: give"),
    (["floors.json"], "floors.json: its notice is not beside it (floors.txt or .html …): give it too"),
    (["totals_only.json", "environment_task.json", "x.txt"], "x.txt: no answer file of this name is given"),
    (["absent.json", "totals_only.txt"], "absent.json: cannot be read: No such file"),
])
def test_a_file_that_is_missing_is_named(folder: Path, files: list[str], cause: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", *(str(folder / file) for file in files)]) == 2
    assert capsys.readouterr().err.startswith(f"error: {folder}/{cause}")


@pytest.mark.parametrize(("content", "cause"), [
    ("[1,\n 2", "a.json:2:3: is no answer file: Expecting ',' delimiter"),
    ("{}", "a.json: is no answer file: it has no “notice”"),
    ('{"notice": {}, "claims": []}', "a.json: is no answer file: it has no list “issues”"),
    ('{"notice": {}, "claims": [{"value": 1}], "issues": []}', "a.json: is no answer file: claims[0] has no “quote”"),
    ('{"notice": {}, "claims": [], "issues": [{"number": "1", "title": "a", "measures": [{"documents": [3], "organizations": []}]}]}',
     "a.json: is no answer file: issues[0].measures[0].documents[0] is no object"),
])
def test_a_wrong_answer_file_is_named_with_the_place(tmp_path: Path, content: str, cause: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_answers(tmp_path / "a.json")
    assert str(error.value) == f"{tmp_path}/{cause}"


def test_evaluate_reads_and_scores_each(folder: Path) -> None:
    first, second = evaluate([folder])
    assert (first.name, second.name) == ("environment_task", "totals_only")
    assert first.score.tallies["issue"] == Tally(1, 1, 1)
    assert "issue" not in second.score.tallies


def test_the_command_prints_a_table_and_the_misses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "totals_only.json").write_text(
        (GOLD / "totals_only.json").read_text(encoding="utf-8").replace('"published": "', '"published": "19'), encoding="utf-8")
    assert main(["evaluate", str(folder / "totals_only.json"), "--misses"]) == 0
    table, _, misses = capsys.readouterr().out.partition("\n\n")
    assert table.splitlines()[0].split() == ["field", "precision", "recall", "f1", "wanted"]
    assert [line.split()[0] for line in table.splitlines()[2:]] == ["header", "claim"]
    (published,) = [line for line in misses.splitlines() if "published" in line]
    assert published.split()[:4] == ["totals_only", "header", "wrong", "published:"]
    assert "(should be: 1920" in published


def test_the_command_prints_json_and_markdown(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["evaluate", str(folder), "--format", "json", "--misses"]) == 0
    content = json.loads(capfdbinary.readouterr().out)
    assert list(content) == ["all", "notices", "misses"]
    assert content["all"]["issue"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "right": 1, "found": 1, "wanted": 1}
    assert list(content["notices"]) == ["environment_task", "totals_only"]
    assert set(content["misses"][0]) == {"notice", "issue", "field", "miss", "what"}
    assert main(["evaluate", str(folder), "--format", "md"]) == 0
    lines = capfdbinary.readouterr().out.decode("utf-8").splitlines()
    assert lines[:2] == ["| field | precision | recall | f1 | wanted |", "| --- | --- | --- | --- | --- |"]
    assert "| issue | 1.000 | 1.000 | 1.000 | 1 |" in lines
