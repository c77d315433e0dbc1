"""Claims against content and against each other: general rules, each with its counter-example."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Aspect, Claim, Document, Header, Issue, Measure, Notice, Recommendation, Span
from kg.reconcile import Reconciliation, reconcile
from small_notice import small_notice, source

ZERO = Span(0, 1)


def claim(what: str, value: float, quote: str = "数", approximate: bool = False) -> Claim:
    return Claim(what, value, "个", approximate, quote, ZERO)


def notice(*claims: Claim, aspects: int = 0, issues: tuple[Issue, ...] = (), recommendations: int = 0,
           documents: tuple[Document, ...] = ()) -> Notice:
    return Notice(source("数"), Header(), "数", claims=claims, aspects=tuple(Aspect(str(i), f"方面{i}", ZERO) for i in range(aspects)),
                  issues=issues, recommendations=tuple(Recommendation(str(i), "建议", ZERO) for i in range(recommendations)), documents=documents)


def issue(number: str, measures: int = 0, status: str | None = None, parent: str | None = None) -> Issue:
    return Issue(number, "题", ZERO, ZERO, status=status, parent=parent, measures=tuple(Measure("", None, "措施", ZERO) for _ in range(measures)))


def issues(count: int, measures: int = 0) -> tuple[Issue, ...]:
    return tuple(issue(str(i), measures) for i in range(1, count + 1))


def made(title: str, relation: str = "issues", stated: bool = False) -> Document:
    return Document(title, relation, ZERO, ZERO, issuer="某院", issuer_stated=stated)


def outcomes(found: Notice) -> list[tuple[str, str, str, float | None]]:
    return [(c.claim.what, c.method, c.outcome, c.observed) for c in reconcile(found)]


@pytest.mark.parametrize(("what", "value", "listed", "outcome", "observed"), [
    ("aspects", 3, {"aspects": 3}, "matches", 3.0), ("aspects", 3, {"aspects": 4}, "differs", 4.0), ("aspects", 3, {"aspects": 2}, "cannot-tell", 2.0),
    ("aspects", 3, {"aspects": 1}, "cannot-tell", None), ("aspects", 1, {"aspects": 1}, "matches", 1.0), ("aspects", 3, {}, "cannot-tell", None),
    ("issues_total", 5, {"issues": 5}, "matches", 5.0), ("issues_total", 5, {"issues": 6}, "differs", 6.0),
    ("issues_total", 5, {"issues": 4}, "cannot-tell", 4.0), ("issues_total", 5, {}, "cannot-tell", None),
    ("suggestions", 2, {"recommendations": 2}, "matches", 2.0), ("suggestions", 2, {"recommendations": 3}, "differs", 3.0),
    ("suggestions", 2, {"recommendations": 1}, "cannot-tell", 1.0),
])
def test_what_a_notice_lists_is_counted(what: str, value: float, listed: dict[str, int], outcome: str, observed: float | None) -> None:
    found = notice(claim(what, value), aspects=listed.get("aspects", 0), issues=issues(listed.get("issues", 0)),
                   recommendations=listed.get("recommendations", 0))
    assert outcomes(found) == [(what, "content-count", outcome, observed)]


def test_a_list_that_is_whole_by_its_aspects_contradicts_a_larger_claim() -> None:
    claims = (claim("aspects", 3), claim("issues_total", 5))
    assert [c[2] for c in outcomes(notice(*claims, aspects=3, issues=issues(4)))] == ["matches", "differs"]
    assert [c[2] for c in outcomes(notice(*claims, aspects=2, issues=issues(4)))] == ["cannot-tell", "cannot-tell"]
    assert [c[2] for c in outcomes(notice(*claims, aspects=2, issues=issues(5)))] == ["differs", "matches"]


def test_either_the_issues_at_the_top_or_the_finest_may_be_meant() -> None:
    listed = (issue("1"), issue("1.1", parent="1"), issue("1.2", parent="1"), issue("1.3", parent="1"), issue("2"))
    for value, expected in ((2, ("matches", 2.0)), (4, ("matches", 4.0)), (3, ("cannot-tell", 2.0)), (1, ("differs", 2.0))):
        assert outcomes(notice(claim("issues_total", value), issues=listed))[0][2:] == expected


def test_a_number_beside_one_that_matches_is_of_something_else() -> None:
    assert outcomes(notice(claim("issues_total", 5), claim("issues_total", 2), issues=issues(5))) == [
        ("issues_total", "content-count", "matches", 5.0), ("issues_total", "content-count", "cannot-tell", 5.0)]
    assert [c[2] for c in outcomes(notice(claim("issues_total", 5), claim("issues_total", 2), issues=issues(6)))] == ["differs", "cannot-tell"]


@pytest.mark.parametrize(("value", "count", "outcome"), [(30, 30, "matches"), (30, 39, "matches"), (30, 40, "differs"), (30, 29, "cannot-tell"), (35, 35, "matches")])
def test_a_number_and_more(value: float, count: int, outcome: str) -> None:
    assert outcomes(notice(claim("issues_total", value, approximate=True), issues=issues(count)))[0][2] == outcome


def test_passages_of_measures_are_not_the_measures_of_the_plan() -> None:
    assert outcomes(notice(claim("measures_total", 9), issues=issues(2, measures=3))) == [("measures_total", "content-count", "cannot-tell", 6.0)]
    assert outcomes(notice(claim("measures_total", 6), issues=issues(2, measures=3))) == [("measures_total", "content-count", "matches", 6.0)]


@pytest.mark.parametrize(("value", "expected"), [(3.0, ("matches", 3.0)), (9.0, ("cannot-tell", 3.0)), (1.0, ("differs", 2.0))])
def test_documents_need_not_all_be_named_but_not_more_than_claimed(value: float, expected: tuple[str, float]) -> None:
    """Two of the own body's and one of another are made; one is only carried out, one is named twice in two widths."""
    documents = (made("甲办法(试行)"), made("甲办法（试行）"), made("乙细则"), made("丙意见", stated=True), made("丁规定", "implements"))
    assert outcomes(notice(claim("documents_issued", value), documents=documents)) == [("documents_issued", "content-count", *expected)]


def test_issues_marked_as_done_are_counted_where_every_status_is_printed() -> None:
    listed = (issue("1", status="已完成整改"), issue("2", status="已完成并长期坚持"), issue("3", status="尚未完成"), issue("4", status="基本完成"))
    assert outcomes(notice(claim("issues_done", 2), issues=listed)) == [("issues_done", "content-count", "matches", 2.0)]
    assert outcomes(notice(claim("issues_done", 3), issues=listed)) == [("issues_done", "content-count", "matches", 3.0)], "基本完成 counted in"
    assert outcomes(notice(claim("issues_done", 4), claim("issues_total", 4), issues=listed))[0][2:] == ("differs", 2.0)
    assert outcomes(notice(claim("issues_done", 4), issues=listed))[0][2:] == ("cannot-tell", 2.0), "nothing says that these are all"
    assert outcomes(notice(claim("issues_done", 1), claim("issues_done", 2), issues=listed))[0][2:] == ("cannot-tell", 2.0)
    assert outcomes(notice(claim("issues_done", 4), claim("issues_total", 6), issues=listed))[0][2:] == ("cannot-tell", 2.0), "not all are listed"
    assert outcomes(notice(claim("issues_done", 4), issues=(*listed, issue("5")))) == [("issues_done", "content-count", "cannot-tell", None)]


@pytest.mark.parametrize(("value", "outcome", "observed"), [
    (1, "matches", 1.0), (2, "matches", 2.0), (3, "matches", 3.0), (0, "differs", 1.0), (4, "differs", 1.0)])
def test_what_is_under_way_is_counted_in_every_way_of_drawing_the_line(value: float, outcome: str, observed: float) -> None:
    """正在推进 is; 基本完成 and 已完成并长期坚持 may be counted in."""
    listed = tuple(issue(str(i), status=status) for i, status in enumerate(("已完成", "已完成并长期坚持", "基本完成", "正在推进"), 1))
    found = outcomes(notice(claim("issues_total", 4), claim("issues_ongoing", value), issues=listed))
    assert [c for c in found if c[0] == "issues_ongoing"] == [("issues_ongoing", "content-count", outcome, observed)]
    assert outcomes(notice(claim("issues_ongoing", value), issues=listed))[0][2] == ("matches" if outcome == "matches" else "cannot-tell")


@pytest.mark.parametrize(("value", "outcome"), [(1, "matches"), (2, "differs")])
def test_what_is_basically_done_is_counted(value: float, outcome: str) -> None:
    listed = (issue("1", status="已完成"), issue("2", status="基本完成"))
    found = outcomes(notice(claim("issues_total", 2), claim("issues_basically_done", value), issues=listed))
    assert [c[2] for c in found if c[:2] == ("issues_basically_done", "content-count")] == [outcome]


def test_groups_of_issues_need_not_be_headings() -> None:
    """9类问题 beside 8 headings under all the aspects that are claimed."""
    groups = replace(claim("issues_total", 9), unit="类")
    found = outcomes(notice(claim("aspects", 3), groups, aspects=3, issues=issues(8)))
    assert found[1] == ("issues_total", "content-count", "cannot-tell", 8.0)
    assert outcomes(notice(claim("aspects", 3), groups, aspects=3, issues=issues(9)))[1][2] == "matches"


@pytest.mark.parametrize(("parts", "outcome", "observed"), [
    ((claim("issues_done", 22), claim("issues_ongoing", 8)), "matches", 30.0),
    ((claim("issues_done", 22), claim("issues_ongoing", 9)), "differs", 31.0),
    ((claim("issues_done", 22), claim("issues_ongoing", 7)), "cannot-tell", 29.0),
    ((claim("issues_done", 22), claim("issues_ongoing", 7, "其余7个正在推进")), "differs", 29.0),
    ((claim("issues_done", 17), claim("issues_basically_done", 5), claim("issues_ongoing", 8)), "matches", 30.0),
    ((claim("issues_done", 22), claim("issues_basically_done", 5), claim("issues_ongoing", 8)), "matches", 30.0),
    ((claim("issues_done", 20), claim("issues_done", 22), claim("issues_ongoing", 8)), "matches", 30.0),
    ((claim("issues_done", 20), claim("issues_done", 25), claim("issues_ongoing", 8)), "cannot-tell", 33.0),
    ((claim("issues_done", 31),), "differs", 31.0),
    ((claim("issues_done", 29),), None, None),
    ((replace(claim("issues_done", 88), unit="条"),), None, None),
    ((replace(claim("issues_done", 88), unit="条"), claim("issues_ongoing", 6)), None, None),
    ((replace(claim("issues_done", 24), unit="条"), claim("issues_ongoing", 6)), "matches", 30.0),
    ((claim("issues_done", 22), claim("issues_basically_done", 3), replace(claim("issues_ongoing", 8), unit="项")), "matches", 30.0),
    ((claim("issues_done", 22, approximate=True), claim("issues_ongoing", 9)), None, None),
], ids=repr)
def test_the_parts_make_the_total_or_not(parts: tuple[Claim, ...], outcome: str | None, observed: float | None) -> None:
    checks = [c for c in outcomes(notice(claim("issues_total", 30), *parts)) if c[1] == "arithmetic"]
    assert checks == ([("issues_total", "arithmetic", outcome, observed)] if outcome else [])


def test_a_smaller_total_is_of_some_part_and_is_not_summed() -> None:
    found = notice(claim("issues_total", 30), claim("issues_done", 22), claim("issues_ongoing", 8), claim("issues_total", 8))
    assert [c for c in outcomes(found) if c[1] == "arithmetic"] == [("issues_total", "arithmetic", "matches", 30.0)]


def test_measures_started_stand_for_the_total_where_there_is_none() -> None:
    parts = (claim("measures_done", 73), claim("measures_ongoing", 10))
    assert ("measures_started", "arithmetic", "matches", 83.0) in outcomes(notice(claim("measures_started", 83), *parts))
    both = outcomes(notice(claim("measures_total", 83), claim("measures_started", 83), *parts))
    assert [c for c in both if c[1] == "arithmetic"] == [("measures_total", "arithmetic", "matches", 83.0), ("measures_started", "arithmetic", "matches", 83.0)]


@pytest.mark.parametrize(("started", "outcome"), [(83, "matches"), (84, "differs"), (80, "cannot-tell")])
def test_no_more_measures_are_started_than_there_are(started: float, outcome: str) -> None:
    assert ("measures_started", "arithmetic", outcome, 83.0) in outcomes(notice(claim("measures_total", 83), claim("measures_started", started)))


@pytest.mark.parametrize(("rate", "quote", "claims", "outcome", "observed"), [
    (81.0, "整改完成率81%", (claim("issues_total", 21), claim("issues_done", 17)), "matches", 81.0),
    (80.9, "整改完成率80.9%", (claim("issues_total", 21), claim("issues_done", 17)), "matches", 80.9),
    (80.0, "整改完成率80%", (claim("issues_total", 21), claim("issues_done", 17)), "matches", 80.0),
    (82.0, "整改完成率82%", (claim("issues_total", 21), claim("issues_done", 17)), "differs", 81.0),
    (90.0, "措施完成率90%", (claim("measures_total", 10), claim("measures_done", 9), claim("issues_total", 21), claim("issues_done", 17)), "matches", 90.0),
    (95.0, "整改完成率95%", (claim("measures_total", 10), claim("measures_done", 9), claim("issues_total", 21), claim("issues_done", 17)), "cannot-tell", 90.0),
    (95.0, "问题整改率95%", (claim("measures_total", 10), claim("measures_done", 9)), None, None),
    (100.0, "移交问题线索办结率100%", (claim("issues_total", 21), claim("issues_done", 17)), None, None),
    (93.6, "完成率93.6%", (claim("issues_total", 9), claim("issues_done", 88)), None, None),
    (95.0, "整改完成率95%", (claim("issues_total", 0), claim("issues_done", 0)), None, None),
    (90.0, "整改率90%", (claim("issues_done", 9), claim("issues_ongoing", 1)), "matches", 90.0),
    (92.6, "整改完成率92.6%", (claim("issues_done", 1043), claim("issues_basically_done", 61), claim("issues_ongoing", 22)), "matches", 92.6),
    (95.0, "整改率95%", (claim("issues_done", 9), claim("issues_ongoing", 1)), "cannot-tell", 90.0),
    (90.0, "整改率90%", (claim("issues_done", 9),), None, None),
    (80.0, "整改率80%", (claim("issues_total", 10), replace(claim("issues_done", 9), unit="条")), None, None),
    (90.0, "整改率90%", (claim("issues_total", 10), replace(claim("issues_done", 9), unit="条")), "matches", 90.0),
], ids=repr)
def test_a_rate_is_computed_anew(rate: float, quote: str, claims: tuple[Claim, ...], outcome: str | None, observed: float | None) -> None:
    checks = [c for c in outcomes(notice(claim("completion_rate", rate, quote), *claims)) if c[:2] == ("completion_rate", "arithmetic")]
    assert checks == ([("completion_rate", "arithmetic", outcome, observed)] if outcome else [])


def test_a_part_is_not_more_than_its_whole() -> None:
    assert ("systems_revised_or_made", "arithmetic", "differs", 5.0) in outcomes(
        notice(claim("documents_issued", 5), claim("systems_revised_or_made", 6, "其中制度6个")))
    assert [c[2] for c in outcomes(notice(claim("documents_issued", 5), claim("systems_revised_or_made", 4, "其中制度4个")))] == ["cannot-tell", "cannot-tell"]


def test_a_rate_tells_what_it_was_computed_from() -> None:
    (check,) = [c for c in reconcile(notice(claim("completion_rate", 90.0, "整改率90%"), claim("issues_done", 9), claim("issues_ongoing", 1)))
                if c.claim.what == "completion_rate"]
    assert (check.explanation_zh, [c.what for c in check.others]) == ("9 / (9 + 1) = 90%", ["issues_done", "issues_ongoing"])


@pytest.mark.parametrize("what", ["completion_rate", "measures_done", "measures_ongoing"])
def test_what_is_missing_is_told(what: str) -> None:
    (check,) = reconcile(notice(claim(what, 5)))
    assert check.outcome == "cannot-tell" and "逐项列出" not in check.explanation_zh


@pytest.mark.parametrize("what", ["persons_punished", "money_recovered", "party_group_meetings", "systems_revised_or_made", "other", "new_kind"])
def test_what_cannot_be_counted_says_so(what: str) -> None:
    assert outcomes(notice(claim(what, 0))) == [(what, "content-count", "cannot-tell", None)]


def test_both_languages_give_the_numbers() -> None:
    checks = reconcile(small_notice())
    assert [(c.claim.what, c.outcome, c.explanation_zh, c.explanation_en) for c in checks] == [
        ("aspects", "matches", "通报逐项列出2个方面", "the notice lists 2 aspects"),
        ("issues_total", "matches", "通报逐项列出3个问题", "the notice lists 3 issues"),
        ("issues_total", "matches", "2 + 1 = 3", "2 + 1 = 3"),
        ("issues_done", "cannot-tell", "通报没有逐项标明整改状态", "the notice does not give the status of each issue"),
        ("issues_ongoing", "cannot-tell", "通报没有逐项标明整改状态", "the notice does not give the status of each issue")]
    assert all(isinstance(c, Reconciliation) and c.claimed == c.claim.value for c in checks)


def test_the_real_notice(seed_notice: Path) -> None:
    from kg.pipeline import read
    found = {(c.claim.what, c.claimed, c.method, c.outcome, c.observed) for c in reconcile(read(seed_notice))}
    assert found >= {
        ("aspects", 5.0, "content-count", "matches", 5.0), ("issues_total", 30.0, "content-count", "matches", 30.0),
        ("issues_total", 30.0, "arithmetic", "matches", 30.0), ("measures_total", 83.0, "arithmetic", "matches", 83.0),
        ("suggestions", 5.0, "content-count", "matches", 5.0), ("measures_total", 83.0, "content-count", "cannot-tell", 63.0)}
    assert {(outcome, claimed) for what, claimed, _, outcome, _ in found if what == "documents_issued"} == {("cannot-tell", 58.0)}
    assert "differs" not in {outcome for _, _, _, outcome, _ in found}


@pytest.mark.parametrize(("statuses", "outcome"), [
    (("整改到位", "取得阶段性成效", "未完成,持续推进"), "matches"), (("已核销", "已闭环", "正在推进"), "matches"),
    (("已核销", "转交他局", "正在推进"), "cannot-tell"), (("正在推进", "正在推进", "已完成"), "differs")])
def test_statuses_in_other_words(statuses: tuple[str, ...], outcome: str) -> None:
    listed = tuple(issue(str(number), status=status) for number, status in enumerate(statuses, 1))
    checks = reconcile(notice(claim("issues_total", 3), claim("issues_ongoing", 1), issues=listed))
    assert [c.outcome for c in checks if c.claim.what == "issues_ongoing" and c.method == "content-count"] == [outcome]
