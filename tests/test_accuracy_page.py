"""docs/accuracy.md is what the program makes of tests/gold today.

`UPDATE_DOCS=1 pytest tests/test_accuracy_page.py` writes `tests/gold/real.json` (the scores of the notice
beside the checkout; reasons given earlier are kept) and the page anew; `make accuracy` writes the page alone.
"""
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from kg.accuracy import FIELDS, Score, score
from kg.accuracy.answers import load_answers
from kg.accuracy.compare import Outcome, Place
from kg.accuracy.formats import told
from kg.accuracy.page import Reason, accuracy_page, read_reasons
from kg.errors import InputError
from kg.model import to_json
from kg.pipeline import read

GOLD, PAGE = ROOT / "tests" / "gold", ROOT / "docs" / "accuracy.md"
UPDATE = bool(os.environ.get("UPDATE_DOCS"))
HEADING = re.compile(r"^### (.+)$", re.MULTILINE)


def without_words(result: Score, reasons: list[dict[str, str]]) -> dict[str, Any]:
    """A score of the real notice: numbers, and of each miss only its place, its field and why."""
    known = Counter[tuple[str, ...]]()
    misses = []
    for miss in result.misses:
        key = (miss.place.number, miss.field, told(miss)[0])
        same = [reason["reason"] for reason in reasons if (reason["issue"], reason["field"], reason["miss"]) == key]
        misses.append({"issue": key[0], "field": key[1], "miss": key[2], "reason": same[known[key]] if known[key] < len(same) else ""})
        known[key] += 1
    return {"scores": {field: [t.right, t.found, t.wanted] for field, t in result.tallies.items()}, "misses": misses}


def as_json(real: dict[str, Any]) -> str:
    """One line for each field and each miss, so that a change shows which."""
    scores = ",\n".join(f"  {json.dumps(field)}: {json.dumps(count)}" for field, count in real["scores"].items())
    misses = ",\n".join(f"  {json.dumps(miss, ensure_ascii=False)}" for miss in real["misses"])
    return f'{{\n "scores": {{\n{scores}\n }},\n "misses": [\n{misses}\n ]\n}}\n'


def test_the_scores_of_the_real_notice_are_those_of_today(shared: Path, seed_notice: Path) -> None:
    path = GOLD / "real.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    today = without_words(score(load_answers(shared / "gold" / "seed.json"), to_json(read(seed_notice))), kept["misses"])
    assert len(today["scores"]) >= 15
    if UPDATE:
        path.write_text(as_json(today), encoding="utf-8")
    else:
        assert kept == today, "run: make docs"


def test_no_words_of_the_real_notice_are_told(shared: Path) -> None:
    gold = load_answers(shared / "gold" / "seed.json")
    told_of_it = (GOLD / "real.json").read_text(encoding="utf-8")
    parts = [part for issue in gold["issues"] for part in (issue, *issue["measures"])]
    words = {w for p in parts for w in (p.get("title"), p.get("heading"), *(d["title"] for d in p.get("documents", ())),
                                        *(n for o in p.get("organizations", ()) for n in (o["mention"], o["canonical"]))) if w}
    assert len(words) > 150
    assert {word for word in words if word in told_of_it} == set()


def test_the_page_is_that_of_today() -> None:
    today = accuracy_page(GOLD)
    if UPDATE:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(today, encoding="utf-8")
    else:
        assert PAGE.read_text(encoding="utf-8") == today, "run: make accuracy"


def test_the_command_writes_the_same_page_on_every_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "gold").symlink_to(GOLD)
    pages = []
    for seed in ("1", "2"):
        subprocess.run([sys.executable, "-m", "kg.accuracy"], cwd=tmp_path, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)})
        pages.append((tmp_path / "docs" / "accuracy.md").read_bytes())
    assert pages[0] == pages[1] == accuracy_page(GOLD).encode("utf-8")


def test_the_command_says_that_it_needs_a_checkout(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "kg.accuracy"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True)
    assert (done.returncode, done.stderr[:30]) == (1, "error: tests/gold: no answer f")


def test_every_notice_is_on_the_page_with_each_of_its_misses() -> None:
    page = accuracy_page(GOLD)
    sections = dict(zip(HEADING.findall(page), HEADING.split(page)[2::2], strict=True))
    assert {path.stem for path in GOLD.glob("*.txt")} | {"The real notice"} == set(sections)
    result = score(load_answers(GOLD / "audit_report.json"), to_json(read(GOLD / "audit_report.txt")))
    rows = [line for line in sections["audit_report"].splitlines() if line.startswith("| ")][2:]
    assert len(rows) == len(result.misses)
    assert [row.split(" | ")[1] for row in rows] == [miss.field for miss in result.misses]


def test_every_held_out_notice_has_its_first_score() -> None:
    first = json.loads((GOLD / "first_scores.json").read_text(encoding="utf-8"))
    held_out = re.findall(r"^\| heldout \| (\w+) \|", (GOLD / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(held_out) >= 6
    assert set(first) == set(held_out)
    for entry in first.values():
        assert re.fullmatch("[0-9a-f]{40}", entry["commit"])
        assert set(entry["scores"]) <= set(FIELDS)
        assert all(right <= min(found, wanted) for right, found, wanted in entry["scores"].values())


def test_the_first_score_stands_beside_todays(tmp_path: Path) -> None:
    for path in GOLD.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    first = {"totals_only": {"commit": "a" * 40, "scores": {"header": [1, 1, 3]}}}
    (tmp_path / "first_scores.json").write_text(json.dumps(first), encoding="utf-8")
    section = accuracy_page(tmp_path).partition("## Held out")[2].partition("\n## ")[0]
    table = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    at = next(i for i, name in enumerate(table[0]) if name.replace("\\", "") == "totals_only")
    (header,) = [row for row in table if row[0] == "header"]
    assert header[at].startswith("0.500 → ")
    (commit,) = [row for row in table if row[0] == "commit"]
    assert (commit[at], commit[at - 1]) == ("aaaaaaa", "–")


@pytest.mark.parametrize(("list_", "cause"), [
    ("| open | audit_report | |\n", "does not say whether totals_only is open or held out"),
    ("| open | totals_only | |\n| heldout | totals_only | |\n", "names totals_only more than once"),
])
def test_a_notice_in_no_group_or_in_two_is_named(tmp_path: Path, list_: str, cause: str) -> None:
    for name in ("totals_only.txt", "totals_only.json", "first_scores.json", "real.json", "reasons.toml"):
        (tmp_path / name).write_bytes((GOLD / name).read_bytes())
    (tmp_path / "README.md").write_text(list_, encoding="utf-8")
    with pytest.raises(InputError, match=f"README.md: {cause}"):
        accuracy_page(tmp_path)


def test_a_reason_is_given_by_field_notice_and_words() -> None:
    miss = Outcome("date", Place("1", "学习"), "2024-01/", None, False)
    assert Reason("why", "date", (), ()).fits("a", miss)
    assert Reason("why", "date", ("a",), ("2024",)).fits("a", miss)
    assert not Reason("why", "date", ("b",), ()).fits("a", miss)
    assert not Reason("why", "date", (), ("2023",)).fits("a", miss)
    assert not Reason("why", "figure", (), ()).fits("a", miss)


def test_reasons_name_fields_and_notices_that_there_are() -> None:
    reasons = read_reasons(GOLD / "reasons.toml")
    assert len(reasons) >= 5
    assert {reason.field for reason in reasons} <= set(FIELDS)
    assert {name for reason in reasons for name in reason.notices} <= {path.stem for path in GOLD.glob("*.txt")}
