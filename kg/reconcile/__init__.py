"""What a notice claims about itself, checked against what it lists and against its other claims.

A check `differs` only where the text contradicts the claim. Where a notice does not list what it
counts, or lists something else (paragraphs of measures, and not the measures of its plan), the
outcome is `cannot-tell`, with the number that was found where there is one.
"""
from __future__ import annotations

from kg.model import Claim, Notice
from kg.reconcile.arithmetic import arithmetic
from kg.reconcile.content import content
from kg.reconcile.ledger import Ledger, Reconciliation, check

__all__ = ["Reconciliation", "reconcile"]

# What a claim of some topics would need that the notice does not give; of all others that it lists them.
MISSING = {
    "completion_rate": ("通报没有说出这一比例由哪两个数得来", "the notice does not give the two numbers that this share is of"),
    "measures_done": ("通报没有逐项标明措施的进展", "the notice does not give the progress of each measure"),
    "measures_ongoing": ("通报没有逐项标明措施的进展", "the notice does not give the progress of each measure"),
}
UNLISTED = ("通报没有逐项列出,无从核对", "the notice does not list these, so there is nothing to count")


def reconcile(notice: Notice) -> tuple[Reconciliation, ...]:
    """Return the checks of every claim of a notice, in the order of its claims, at least one for each."""
    ledger = Ledger(notice)
    return tuple(check for claim in notice.claims for check in _checks(ledger, claim))


def _checks(ledger: Ledger, claim: Claim) -> list[Reconciliation]:
    """Every check of one claim: against the content, then against other claims."""
    found = [*content(ledger, claim), *arithmetic(ledger, claim)]
    return found or [check(claim, "content-count", "cannot-tell", None, *MISSING.get(claim.what, UNLISTED))]
