"""What a notice claims about itself against what it shows."""
from __future__ import annotations

from dataclasses import dataclass

from kg.model import Claim, Notice


@dataclass(frozen=True, slots=True)
class Reconciliation:
    claim: Claim
    method: str
    outcome: str
    claimed: float
    observed: float | None
    explanation_zh: str
    explanation_en: str


def reconcile(notice: Notice) -> tuple[Reconciliation, ...]:
    return ()
