"""What single sentences say, against answers read by hand: tests/cases/sentences.toml."""
from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.extract.claims import find_claims
from kg.extract.context import Context
from kg.extract.dates import Clock, find_dates
from kg.extract.documents import find_documents
from kg.extract.figures import find_figures
from kg.extract.levels import find_levels
from kg.extract.links import find_links
from kg.extract.organizations import Names
from kg.extract.participation import find_participations
from kg.extract.publisher import read_publisher
from kg.extract.statuses import find_status
from kg.model import Header, Notice, Source, Span
from kg.resolve import FullNames

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "sentences.toml").read_text(encoding="utf-8"))
HOW_MANY = {"claims": 9, "documents": 10, "dates": 8, "figures": 3, "bodies": 21, "levels": 4, "statuses": 14, "links": 7}


def whole(text: str) -> tuple[Context, Span]:
    return Context(text), Span(0, len(text))


def test_all_cases_are_loaded() -> None:
    assert {kind: len(cases) for kind, cases in CASES.items()} == HOW_MANY


@pytest.mark.parametrize("case", CASES["claims"], ids=lambda c: c["text"][:12])
def test_what_claims_count(case: dict[str, Any]) -> None:
    context, span = whole(case["text"])
    assert [[claim.what, claim.value] for claim in find_claims(context, [span])] == case["expected"]


@pytest.mark.parametrize("case", CASES["documents"], ids=lambda c: c["text"][:12])
def test_documents(case: dict[str, Any]) -> None:
    found = find_documents(*whole(case["text"]))
    assert [[d.title, d.relation] for d in found] == case["expected"]
    assert [d.title for d in found if d.pending] == case.get("pending", [])
    assert [d.number for d in found if d.number] == case.get("numbers", [])
    for document in found:
        assert case["text"][document.span.start:document.span.end] == f"《{document.title}》"
        assert document.action_span.start <= document.span.start and document.span.end <= document.action_span.end


@pytest.mark.parametrize("case", CASES["links"], ids=lambda c: c["text"][:12])
def test_links_between_documents(case: dict[str, Any]) -> None:
    context, span = whole(case["text"])
    links = find_links(context, span, find_documents(context, span))
    assert [[link.source, link.type, link.target] for link in links] == case["expected"]


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda c: c["text"][:12])
def test_dates(case: dict[str, Any]) -> None:
    found = find_dates(*whole(case["text"]), Clock(case["year"], case.get("until")))
    assert [[d.start, d.end or ""] for d in found] == case["expected"]


@pytest.mark.parametrize("case", CASES["figures"], ids=lambda c: c["text"][:12])
def test_figures(case: dict[str, Any]) -> None:
    found = find_figures(*whole(case["text"]))
    assert [[f.value, f.unit] for f in found] == case["expected"]


@pytest.mark.parametrize("case", CASES["bodies"], ids=lambda c: c["text"][:12])
def test_bodies_and_their_roles(case: dict[str, Any]) -> None:
    context, span = whole(case["text"])
    found = find_participations(context, Names(context).within(span))
    publisher = read_publisher(case["publisher"])
    assert publisher
    notice = Notice(Source("", "", 0, ""), Header(publisher=case["publisher"]), case["text"])
    resolved = FullNames(notice, publisher).resolved(found)
    rows = [[o.mention, o.canonical, o.role] for o in resolved]
    assert [row for row in rows if row[0] in [e[0] for e in case["expected"]]] == case["expected"]
    for body in resolved:
        assert case["text"][body.span.start:body.span.end] == body.mention


@pytest.mark.parametrize("case", CASES["levels"], ids=lambda c: c["text"][:12])
def test_court_levels(case: dict[str, Any]) -> None:
    found = find_levels(*whole(case["text"]), read_publisher(case["publisher"]))
    assert [level.level for level in found] == case["expected"]


@pytest.mark.parametrize("case", CASES["statuses"], ids=lambda c: c["text"][:12])
def test_statuses(case: dict[str, Any]) -> None:
    context, span = whole(case["text"])
    assert find_status(context, span, find_documents(context, span))[0] == case["expected"]
