"""The claims of a notice by what they count, and one check of a claim."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import Claim, Notice


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One check of a claim.

    `method`: content-count or arithmetic. `outcome`: matches, differs, cannot-tell. `observed` is
    the number that was found, None where there is none to compare. `others` are the claims that the
    number was made of.
    """

    claim: Claim
    method: str
    outcome: str
    claimed: float
    observed: float | None
    explanation_zh: str
    explanation_en: str
    others: tuple[Claim, ...] = ()


def check(
    claim: Claim, method: str, outcome: str, observed: float | None, zh: str, en: str, others: tuple[Claim, ...] = (),
) -> Reconciliation:
    """Return one check of a claim."""
    return Reconciliation(claim, method, outcome, claim.value, None if observed is None else float(observed), zh, en, others)


@dataclass(frozen=True)
class Ledger:
    """The claims of one notice beside its content."""

    notice: Notice

    @cached_property
    def _by_topic(self) -> Mapping[str, tuple[Claim, ...]]:
        topics: dict[str, list[Claim]] = {}
        for claim in self.notice.claims:
            topics.setdefault(claim.what, []).append(claim)
        return {topic: tuple(claims) for topic, claims in topics.items()}

    def topic(self, what: str) -> tuple[Claim, ...]:
        """Return the claims that count one thing."""
        return self._by_topic.get(what, ())

    @property
    def aspects(self) -> int:
        """Aspects listed; a single heading divides nothing, so it lists none."""
        count = len(self.notice.aspects)
        return count if count > 1 or any(claim.value == count for claim in self.topic("aspects")) else 0

    @cached_property
    def issue_counts(self) -> tuple[int, ...]:
        """Issues at the top, and issues without any below them: notices count either."""
        issues = self.notice.issues
        parents = {issue.parent for issue in issues}
        leaves = [i for i in issues if i.parent is not None or i.number not in parents]
        return tuple(dict.fromkeys((sum(i.parent is None for i in issues), len(leaves))))

    def is_of_a_part(self, claim: Claim, counts: Sequence[int]) -> bool:
        """Whether a number is of some part: another claim of its topic is larger, or is the one that agrees."""
        others = [other for other in self.topic(claim.what) if other.value != claim.value]
        return any(other.value > claim.value or any(agree(other, count) for count in counts) for other in others)

    def largest(self, what: str) -> Claim:
        """Return the claim of a total that covers most: a smaller one is of some part of it."""
        return max(self.topic(what), key=lambda claim: claim.value)


def agree(claim: Claim, count: float) -> bool:
    """Whether a count is the number claimed; 30余 is any from 30 to 39.

    >>> from kg.model import Span
    >>> agree(Claim("documents_issued", 2500.0, "份", True, "2500余份", Span(0, 6)), 2571)
    True
    """
    if not claim.approximate:
        return count == claim.value
    step = 1.0
    while claim.value and claim.value % (step * 10) == 0:
        step *= 10
    return claim.value <= count < claim.value + step


def plain(value: float) -> str:
    """Return a number as a reader writes it.

    >>> plain(83.0), plain(96.8)
    ('83', '96.8')
    """
    return str(int(value)) if float(value).is_integer() else str(value)
