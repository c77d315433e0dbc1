"""Accuracy: how many of the answers made by hand the records of a notice give, and what else they give.

An answer file holds records in the form of `rectify parse --json`, checked by hand, with what else
counts as right; `tests/gold/README.md` explains its keys.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.accuracy.compare import Outcome, compare
from kg.accuracy.pairing import Record

FIELDS = ("header", "claim", "issue", "issue aspect", "issue status", "issue deadline", "measure", "measure status",
          "document", "document relation", "document issuer", "document link", "organization", "organization name",
          "organization role", "court level", "figure", "date")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, of those found and of those wanted."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of those found that is right; 1 where nothing was found and nothing wanted."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """The share of those wanted that was found; 1 where nothing was wanted and nothing found."""
        return self.right / self.wanted if self.wanted else float(not self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)


@dataclass(frozen=True, slots=True)
class Score:
    """What reading one notice came to, or several taken together."""

    tallies: Mapping[str, Tally]
    misses: tuple[Outcome, ...]


def score(answers: Record, records: Record) -> Score:
    """Score the records of one notice against its answers.

    Args:
        answers: the content of an answer file.
        records: what `kg.model.to_json` gives for the notice.

    Returns:
        A tally for each field that the notice has, in the order of `FIELDS`, and all misses.
    """
    outcomes = list(compare(answers, records))
    return Score(_tallies(outcomes), tuple(outcome for outcome in outcomes if not outcome.right))


def _tallies(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    counts = {field: [0, 0, 0] for field in FIELDS}
    for outcome in outcomes:
        for place, counted in enumerate((outcome.right, outcome.found is not None, outcome.wanted is not None)):
            counts[outcome.field][place] += counted
    return {field: Tally(*count) for field, count in counts.items() if any(count)}


def micro_average(scores: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Return the tallies of several notices added up: one issue counts the same in each."""
    total: dict[str, Tally] = {}
    for tallies in scores:
        for field, tally in tallies.items():
            total[field] = total[field] + tally if field in total else tally
    return {field: total[field] for field in FIELDS if field in total}
