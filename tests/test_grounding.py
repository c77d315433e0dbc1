"""Quotes against the text beside the graph: whole, moved, changed, missing."""
from __future__ import annotations

from pathlib import Path

import pytest

from kg.check.grounding import check_build, check_evidence
from kg.errors import GraphError
from kg.rdf import notice_graph
from small_notice import TEXT, at, small_notice
from test_store import write_build

EVIDENCE = notice_graph(small_notice()).evidence
HASH = "the text is not the one that was read: its hash differs"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = write_build(tmp_path / "notice")
    (folder / "source.txt").write_bytes(TEXT.encode("utf-8"))
    return folder


def test_a_build_is_grounded(build: Path) -> None:
    assert check_build(build) == ()


def test_one_character_more_moves_everything_behind_it() -> None:
    """42 quotes; only the seven before the place keep their offsets."""
    place = at("印发《巡察整改方案》").start
    found = check_evidence(EVIDENCE, TEXT[:place] + "新" + TEXT[place:])
    assert [fault.cause for fault in found if fault.start is None] == [HASH]
    moved = [fault for fault in found if fault.cause == "the text has other words at its offsets"]
    kept = [span for span in (at("中共澜江市中级人民法院党组关于巡察整改进展情况的通报"), at("市委第二巡察组"), at("4月20日"), at("2个方面"), at("3个问题"),
                              at("已整改完成2个"), at("其余1个正在推进"))]
    assert len(moved) == 42 - len(kept) and not {(fault.start, fault.end) for fault in moved} & set(map(tuple, kept))


def test_one_changed_word_is_found_by_its_quotes() -> None:
    found = check_evidence(EVIDENCE, TEXT.replace("评查3次", "评查8次"))
    assert {(fault.start, fault.end, fault.cause) for fault in found if fault.start is not None} == {
        (*at("评查3次"), "the text has other words at its offsets"),
        (*at("二是根据省高级人民法院即将出台的《案件评查规定》,研究修订《案件评查办法》,由审判管理办公室牵头,会同市检察院开展评查3次。"),
         "the text has other words at its offsets")}
    assert [fault.cause for fault in found if fault.start is None] == [HASH]


def test_a_text_that_was_cut() -> None:
    causes = {fault.cause for fault in check_evidence(EVIDENCE, TEXT[:at("建议:加强监督。").start])}
    span = at("建议:加强监督。")
    assert causes == {HASH, f"its offsets {span.start}-{span.end} are not in the text"}


def test_no_evidence_is_no_ground() -> None:
    assert [fault.cause for fault in check_evidence((), TEXT)] == ["there is no evidence at all"]
    halved = [t for t in EVIDENCE if not t.predicate.value.endswith("#endOffset")]
    assert {fault.cause for fault in check_evidence(halved, TEXT)} == {"it has no offsets"}


def test_a_build_without_its_text(build: Path) -> None:
    (build / "source.txt").write_bytes("通报".encode("gb18030"))
    with pytest.raises(GraphError, match="missing or no UTF-8"):
        check_build(build)
    (build / "source.txt").unlink()
    with pytest.raises(GraphError, match="missing or no UTF-8"):
        check_build(build)
