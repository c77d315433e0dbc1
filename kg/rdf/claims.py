"""The numbers that a notice states about itself, and how each holds against its content."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyoxigraph as ox

from kg.model import Claim, Notice
from kg.rdf.writer import Writer, chinese, decimal
from kg.reconcile import Reconciliation
from kg.vocab import C, R, concepts

OUTCOMES = {"matches": "相符", "differs": "不符", "cannot-tell": "无法核对"}


def write_claims(out: Writer, node: ox.NamedNode, notice: Notice, checks: Sequence[Reconciliation]) -> None:
    """Write each claim of the notice at `node`, with the checks of it."""
    seen: Counter[str] = Counter()
    for claim in notice.claims:
        name = claim.what.replace("_", "-")
        seen[name] += 1
        at = ox.NamedNode(f"{node.value}/claim/{name}" + (f"-{seen[name]}" if seen[name] > 1 else ""))
        out.add(node, R.makesClaim, at)
        _write_claim(out, at, claim)
        for number, check in enumerate((c for c in checks if c.claim == claim), 1):
            _write_check(out, at, ox.NamedNode(f"{at.value}/check/{number}"), check)


def _write_claim(out: Writer, at: ox.NamedNode, claim: Claim) -> None:
    name = "topic-" + claim.what.replace("_", "-")
    topic = C[name] if name in C else None
    label = concepts()[topic].words[0] if topic else claim.what
    out.node(at, R.Claim, f"{label}:{'约' if claim.approximate else ''}{decimal(claim.value).value}{claim.unit}")
    out.concept(at, R.claimTopic, topic)
    out.add(at, R.claimedValue, decimal(claim.value))
    out.add(at, R.unit, ox.Literal(claim.unit) if claim.unit else None)
    out.add(at, R.isApproximate, ox.Literal(True) if claim.approximate else None)
    out.found(at, claim.span, rule=f"claim_{claim.what}")


def _write_check(out: Writer, claim: ox.NamedNode, at: ox.NamedNode, check: Reconciliation) -> None:
    out.add(claim, R.hasReconciliation, at)
    out.node(at, R.Reconciliation, OUTCOMES[check.outcome] + ":" + check.explanation_zh)
    out.concept(at, R.outcome, C["outcome-" + check.outcome])
    out.concept(at, R.reconciliationMethod, C["method-" + check.method])
    out.add(at, R.observedValue, None if check.observed is None else decimal(check.observed))
    out.add(at, R.explanation, chinese(check.explanation_zh))
    out.add(at, R.explanation, ox.Literal(check.explanation_en, language="en"))
    out.found(at, check.claim.span, *(other.span for other in check.others), rule=f"check_{check.method.replace('-', '_')}", basis="inferred")
