"""Accuracy against answers checked by hand: floors per notice and field, which only rise.

The answers of the real notice stand beside the checkout; those of the invented notices are in tests/gold.
"""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.accuracy import score
from kg.accuracy.answers import load_answers
from kg.model import to_json
from kg.pipeline import read

GOLD = Path(__file__).parent / "gold"
FLOORS: dict[str, dict[str, float]] = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))
SHARED = ("seed", "court_intermediate", "bureau_guanyu")
OWN = sorted(path.stem for path in GOLD.glob("*.txt"))


def scores(notice: Path, answers: Path) -> dict[str, float]:
    return {field: tally.f1 for field, tally in score(load_answers(answers), to_json(read(notice))).tallies.items()}


def below(name: str, found: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The fields that fall below their floor, with both numbers."""
    reached = {field: (round(found.get(field, 0.0), 3), floor) for field, floor in FLOORS[name].items()}
    return {field: pair for field, pair in reached.items() if found.get(field, 0.0) < pair[1] - 1e-9}


def test_every_notice_has_floors() -> None:
    assert len(OWN) >= 12
    assert set(FLOORS) == {*SHARED, *OWN}
    assert all(len(floors) >= 5 for name, floors in FLOORS.items() if name not in ("totals_only", "audit_county"))  # no issue is found


@pytest.mark.parametrize("name", SHARED)
def test_accuracy_on_the_notices_beside_the_checkout(shared: Path, name: str) -> None:
    assert below(name, scores(shared / "notices" / f"{name}.txt", shared / "gold" / f"{name}.json")) == {}


@pytest.mark.parametrize("name", OWN)
def test_accuracy_on_invented_notices(name: str) -> None:
    assert below(name, scores(GOLD / f"{name}.txt", GOLD / f"{name}.json")) == {}


def test_the_issue_part_is_understood(seed_notice: Path) -> None:
    notice = read(seed_notice)
    part = notice.issues[-1].span.end - notice.issues[0].span.start
    unclaimed = sum(w.span.end - w.span.start for w in notice.warnings if w.code == "unclaimed")
    assert unclaimed <= 0.02 * part
