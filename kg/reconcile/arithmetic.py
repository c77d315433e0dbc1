"""Claims against each other: parts and totals, what was begun, percentages computed anew."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from kg.model import Claim
from kg.reconcile.ledger import Ledger, Reconciliation, check, plain

# A total and its parts; the last part is what is left, and 其余 says that nothing else is.
SUMS = (("issues_total", ("issues_done", "issues_basically_done"), "issues_ongoing"),
        ("measures_total", ("measures_done",), "measures_ongoing"),
        ("measures_started", ("measures_done",), "measures_ongoing"))
# What a percentage is of: done, the total, what is left, and the words that say so.
RATES = (("issues_done", "issues_total", ("issues_basically_done", "issues_ongoing"), re.compile("问题|事项")),
         ("measures_done", "measures_total", ("measures_ongoing",), re.compile("措施|任务|举措")))
OTHER_RATE = re.compile("线索|信访|举报|案件|资金|款")  # 线索办结率 is of what was handed over, not of the issues
WHOLE_REST = re.compile("其余|剩余|余下|还有|尚有")


def arithmetic(ledger: Ledger, claim: Claim) -> Iterator[Reconciliation]:
    """Return the checks of a claim against other claims of the notice."""
    if claim.what == "completion_rate":
        yield from _rate(ledger, claim)
    if claim.what == "measures_started" and (totals := ledger.topic("measures_total")):
        yield _started(claim, totals)
    if claim.what == "systems_revised_or_made" and claim.quote.startswith("其中"):
        yield from _part_of(claim, ledger.topic("documents_issued"))
    for whole, parts, rest in SUMS:
        superseded = whole == "measures_started" and ledger.topic("measures_total")
        if claim.what == whole and not superseded and claim is ledger.largest(whole):
            yield from _sum(ledger, claim, parts, rest)


# ---------------------------------------------------------------- parts and totals


def _sum(ledger: Ledger, total: Claim, parts: Sequence[str], rest: str) -> Iterator[Reconciliation]:
    """Whether what is done and what is left make the total."""
    done, left = [claims for claims in map(ledger.topic, parts) if claims], ledger.topic(rest)
    if not done or not left or any(c.approximate for claims in (*done, left) for c in claims):
        yield from _excess(ledger, total, [c for claims in done for c in claims])
        return
    sums = [combination for chosen in _choices(done) for combination in product(*chosen, left)]
    if exact := next((s for s in sums if sum(c.value for c in s) == total.value), None):
        yield check(total, "arithmetic", "matches", total.value, _told(exact), _told(exact), exact)
    elif alike := [s for s in sums if all(c.unit == total.unit for c in s)]:  # 20项 are no part of 9类
        alone = len({sum(c.value for c in s) for s in product(*done, left)}) == 1 and _is_alone(ledger, total)
        yield _unequal(total, alike[-1], is_whole=alone and bool(WHOLE_REST.search(left[0].quote)), is_alone=alone)


def _unequal(total: Claim, parts: tuple[Claim, ...], *, is_whole: bool, is_alone: bool) -> Reconciliation:
    """Parts that do not make the total: more than it, or said to be all of it, they contradict it."""
    added = sum(c.value for c in parts)
    contradicts = is_whole or is_alone and added > total.value
    zh, en = (f",自述共{plain(total.value)}", f", and {plain(total.value)} are claimed in all") if contradicts else \
        (";可能另有没有说到的部分", "; there may be others that are not spoken of")
    return check(total, "arithmetic", "differs" if contradicts else "cannot-tell", added, _told(parts) + zh, _told(parts) + en, parts)


def _told(parts: Sequence[Claim]) -> str:
    return " + ".join(plain(c.value) for c in parts) + f" = {plain(sum(c.value for c in parts))}"


def _choices(done: Sequence[tuple[Claim, ...]]) -> Iterator[tuple[tuple[Claim, ...], ...]]:
    """Each part alone, then all of them: 基本完成 may be counted among 完成 or beside it."""
    for claims in done:
        yield (claims,)
    if len(done) > 1:
        yield tuple(done)


def _is_alone(ledger: Ledger, total: Claim) -> bool:
    """Whether the notice claims one number only for this total."""
    return all(claim.value == total.value for claim in ledger.topic(total.what))


def _excess(ledger: Ledger, total: Claim, parts: Sequence[Claim]) -> Iterator[Reconciliation]:
    """Of a total of which only one part is told: the part cannot be larger."""
    for part in parts:
        if part.value > total.value and part.unit == total.unit and not total.approximate and len(parts) == 1 and _is_alone(ledger, total):
            yield check(total, "arithmetic", "differs", part.value, f"自述已完成{plain(part.value)},多于总数{plain(total.value)}",
                        f"{plain(part.value)} are claimed as done, more than the {plain(total.value)} in all", (part,))


def _started(claim: Claim, totals: Sequence[Claim]) -> Reconciliation:
    total = next((t for t in totals if t.value == claim.value), totals[0])
    outcome = "matches" if total.value == claim.value else "differs" if claim.value > max(t.value for t in totals) else "cannot-tell"
    return check(claim, "arithmetic", outcome, total.value, f"自述措施共{plain(total.value)}项", f"{plain(total.value)} measures are claimed in all",
                 (total,))


def _part_of(claim: Claim, wholes: Sequence[Claim]) -> Iterator[Reconciliation]:
    whole = max(wholes, key=lambda w: w.value, default=None)
    if whole and claim.value > whole.value:
        yield check(claim, "arithmetic", "differs", whole.value, f"自述为文件{plain(whole.value)}份的一部分,却多于此数",
                    f"claimed as a part of {plain(whole.value)} documents, and yet more than these", (whole,))


# ---------------------------------------------------------------- percentages


def _rate(ledger: Ledger, claim: Claim) -> Iterator[Reconciliation]:
    """A percentage computed anew: from the two numbers it is of, else from what is done and what is left."""
    ratios = [] if OTHER_RATE.search(claim.quote) else list(_ratios(ledger, claim))
    decimals = _decimals(claim.value)
    close = [ratio for ratio in ratios if abs(_percent(ratio) - claim.value) < 10.0 ** -decimals]
    alike = [(done, total) for done, total in ratios if len({c.unit for c in (done, *total)}) == 1]
    if not close and not alike:
        return
    nearest = min(close or alike, key=lambda ratio: abs(_percent(ratio) - claim.value))
    percent, (done, total) = _percent(nearest), nearest
    outcome = "matches" if close else "differs" if len(ratios) == 1 and len(total) == 1 else "cannot-tell"
    base = plain(total[0].value) if len(total) == 1 else f"({' + '.join(plain(c.value) for c in total)})"
    shown = f"{plain(done.value)} / {base} = {plain(round(percent, 2))}%"
    used = (done, *(c for c in total if c is not done))
    yield check(claim, "arithmetic", outcome, claim.value if close else round(percent, decimals), shown, shown, used)


def _ratios(ledger: Ledger, claim: Claim) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """What is done, and what makes up the whole: its total, or all its parts where no total is claimed."""
    for done, total, rest, words in RATES:
        if not words.search(claim.quote) and any(other.search(claim.quote) for *_, other in RATES):
            continue
        totals: list[tuple[Claim, ...]] = [(whole,) for whole in ledger.topic(total)]
        left = [claims for claims in map(ledger.topic, rest) if claims]
        for part in ledger.topic(done):
            parts = [(part, *others) for others in product(*left)] if left else []
            yield from ((part, whole) for whole in totals or parts if part.value <= sum(c.value for c in whole) > 0)


def _percent(ratio: tuple[Claim, tuple[Claim, ...]]) -> float:
    done, total = ratio
    return 100 * done.value / sum(c.value for c in total)


def _decimals(value: float) -> int:
    fraction = repr(value).partition(".")[2]
    return 0 if fraction == "0" else len(fraction)
