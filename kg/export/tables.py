"""Chains as CSV for a spreadsheet, and as JSON."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from kg.export.records import AT_DOCUMENT, AT_ISSUE, AT_LIMIT, AT_MEASURE, IN_CYCLE, Body, Chain, DocumentStep, Place, titled
from kg.export.spreadsheet import Cell, csv_bytes
from kg.network.schema import labels

HEADER = ("notice 通报", "aspect 方面", "issue_number 问题序号", "issue 问题", "measure_number 措施序号", "measure 措施",
          "measure_status 措施状态", "responsible 责任单位", "court_levels 法院层级", "chain 链条", "ends_at 链条止于",
          "issue_quote 问题原文", "issue_start 问题起", "issue_end 问题止",
          "measure_quote 措施原文", "measure_start 措施起", "measure_end 措施止")
# Repeated for each document of the longest chain, with its place in the chain.
DOCUMENT_HEADER = ("relation_{0} 关系{0}", "depends_{0} 是否依赖{0}", "document_{0} 文件{0}", "issuer_{0} 制发机关{0}",
                   "awaited_{0} 待出台{0}", "quote_{0} 原文{0}", "start_{0} 起{0}", "end_{0} 止{0}")
LEAST_DOCUMENTS = 2  # so that most notices give the same columns

ENDS = {AT_ISSUE: "issue 问题（无措施）", AT_MEASURE: "measure 措施（无文件）", AT_DOCUMENT: "document 文件",
        IN_CYCLE: "cycle 循环依赖", AT_LIMIT: "limit 超出上限，已截断"}


def to_csv(chains: Sequence[Chain]) -> bytes:
    """Return chains as CSV for Excel: UTF-8 with BOM, CRLF, no cell that runs as a formula."""
    documents = max([LEAST_DOCUMENTS, *(len(chain.documents) for chain in chains)])
    header = [*HEADER, *(name.format(place) for place in range(1, documents + 1) for name in DOCUMENT_HEADER)]
    return csv_bytes(header, (_padded(_row(chain), chain, documents) for chain in chains))


def to_json(chains: Sequence[Chain]) -> bytes:
    """Return chains as a JSON list of objects, the fields of `Chain` with all their nodes and places."""
    return (json.dumps([asdict(chain) for chain in chains], ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def in_words(chain: Chain) -> str:
    """Return a chain as one line: the issue, the measure, each document with its relation."""
    parts = [titled("问题", chain.issue), *([titled("措施", chain.measure)] if chain.measure else [])]
    parts.extend(f"{_word(step.relation)}{step.label}" for step in chain.documents)
    return " → ".join(parts)


def _row(chain: Chain) -> list[Cell]:
    issue, measure = chain.issue, chain.measure
    title = f"{chain.parent} › {issue.label}" if chain.parent else issue.label
    return [chain.notice, chain.aspect, issue.number, title,
            measure.number if measure else None, measure.label if measure else None,
            _word(measure.status) if measure else None,
            "；".join(_body(body) for body in chain.responsible), "；".join(chain.levels),
            in_words(chain), ENDS[chain.ends], *_place_cells(issue.place),
            *_place_cells(measure.place if measure else Place())]


def _padded(row: list[Cell], chain: Chain, documents: int) -> list[Cell]:
    """A row with the cells of its documents, as many as the longest chain has."""
    row.extend(cell for step in chain.documents for cell in _document_cells(step))
    row.extend([None] * len(DOCUMENT_HEADER) * (documents - len(chain.documents)))
    return row


def _body(body: Body) -> str:
    """A body that the text does not name says so."""
    if body.basis is None or body.basis == "stated":
        return body.label
    return f"{body.label}（{_word('basis-' + body.basis)}）"


def _document_cells(step: DocumentStep) -> list[Cell]:
    return [_word(step.relation), "yes 是" if step.depends else "no 否", step.label, step.issuer,
            "yes 是" if step.awaited else None, *_place_cells(step.place)]


def _place_cells(place: Place) -> list[Cell]:
    return [place.quote, place.start, place.end]


def _word(name: str | None) -> str | None:
    """The Chinese word of a term; the term itself where the ontology has none."""
    return None if name is None else labels().get(name, (name, name))[0]
