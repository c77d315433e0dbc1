"""Accuracy against answers checked by hand: floors per notice and field, which only rise.

The scorer and the answers of the real notice stand beside the checkout; those of the invented
notices are in tests/gold.
"""
from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.model import to_json
from kg.pipeline import read

GOLD = Path(__file__).parent / "gold"
FLOORS: dict[str, dict[str, float]] = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))
SHARED = ("seed", "court_intermediate", "bureau_guanyu")
OWN = sorted(path.stem for path in GOLD.glob("*.txt"))


@pytest.fixture(scope="session")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", shared / "evaluate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(scorer: ModuleType, notice: Path, answers: Path) -> dict[str, float]:
    gold: dict[str, Any] = json.loads(answers.read_text(encoding="utf-8"))
    return {field: f1 for field, _, _, f1, _ in scorer.score_notice(gold, to_json(read(notice))).rows()}


def below(name: str, found: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The fields that fall below their floor, with both numbers."""
    return {field: (round(found[field], 3), floor) for field, floor in FLOORS[name].items() if found[field] < floor - 1e-9}


def test_every_notice_has_floors() -> None:
    assert len(OWN) >= 12
    assert set(FLOORS) == {*SHARED, *OWN}
    assert all(len(floors) >= 5 for name, floors in FLOORS.items() if name != "totals_only")


@pytest.mark.parametrize("name", SHARED)
def test_accuracy_on_the_notices_beside_the_checkout(scorer: ModuleType, shared: Path, name: str) -> None:
    assert below(name, scores(scorer, shared / "notices" / f"{name}.txt", shared / "gold" / f"{name}.json")) == {}


@pytest.mark.parametrize("name", OWN)
def test_accuracy_on_invented_notices(scorer: ModuleType, name: str) -> None:
    assert below(name, scores(scorer, GOLD / f"{name}.txt", GOLD / f"{name}.json")) == {}


def test_the_issue_part_is_understood(seed_notice: Path) -> None:
    notice = read(seed_notice)
    part = notice.issues[-1].span.end - notice.issues[0].span.start
    unclaimed = sum(w.span.end - w.span.start for w in notice.warnings if w.code == "unclaimed")
    assert unclaimed <= 0.02 * part
