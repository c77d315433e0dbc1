"""What a notice claims about itself, checked against what it lists and against its other claims.

A check `differs` only where the text contradicts the claim. Where a notice does not list what it
counts, or lists something else (paragraphs of measures, and not the measures of its plan), the
outcome is `cannot-tell`, with the number that was found where there is one.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from kg.model import Claim, Document, Notice

# A total and its parts; the last part is what is left, and 其余 says that nothing else is.
SUMS = (("issues_total", ("issues_done", "issues_basically_done"), "issues_ongoing"),
        ("measures_total", ("measures_done",), "measures_ongoing"),
        ("measures_started", ("measures_done",), "measures_ongoing"))
RATES = (("issues_done", "issues_total", re.compile("问题|事项")), ("measures_done", "measures_total", re.compile("措施|任务|举措")))
OTHER_RATE = re.compile("线索|信访|举报|案件|资金|款")  # 线索办结率 is of what was handed over, not of the issues
WHOLE_REST = re.compile("其余|剩余|余下|还有|尚有")
DONE = re.compile("完成|到位|办结|销号|已整改")
NOT_DONE = re.compile("未|阶段|正在|推进|基本")


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


def reconcile(notice: Notice) -> tuple[Reconciliation, ...]:
    """Return the checks of every claim of a notice, in the order of its claims, at least one for each."""
    ledger = Ledger(notice)
    return tuple(check for claim in notice.claims for check in ledger.checks(claim))


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

    def checks(self, claim: Claim) -> Iterator[Reconciliation]:
        """Every check of one claim: against the content, then against other claims."""
        found = [*self._content(claim), *self._arithmetic(claim)]
        yield from found or [_check(claim, "content-count", "cannot-tell", None,
                                    "通报没有逐项列出,无从核对", "the notice does not list these, so there is nothing to count")]

    def _topic(self, what: str) -> tuple[Claim, ...]:
        return self._by_topic.get(what, ())

    # ---------------------------------------------------------------- against the content

    def _content(self, claim: Claim) -> list[Reconciliation]:
        by_topic: dict[str, Callable[[Claim], Reconciliation | None]] = {
            "aspects": lambda c: self._listed(c, (self._aspects,), "方面", "aspects"),
            "issues_total": lambda c: self._listed(c, self._issue_counts, "问题", "issues"),
            "suggestions": lambda c: self._listed(c, (len(self.notice.recommendations),), "意见建议", "recommendations"),
            "issues_done": self._done_issues, "measures_total": self._measures, "documents_issued": self._documents,
        }
        check = by_topic[claim.what](claim) if claim.what in by_topic else None
        return [check] if check else []

    @property
    def _aspects(self) -> int:
        """Aspects listed; a single heading divides nothing, so it lists none."""
        count = len(self.notice.aspects)
        return count if count > 1 or any(claim.value == count for claim in self._topic("aspects")) else 0

    @cached_property
    def _issue_counts(self) -> tuple[int, ...]:
        """Issues at the top, and issues without any below them: notices count either."""
        issues = self.notice.issues
        parents = {issue.parent for issue in issues}
        leaves = [i for i in issues if i.parent is not None or i.number not in parents]
        return tuple(dict.fromkeys((sum(i.parent is None for i in issues), len(leaves))))

    def _listed(self, claim: Claim, counts: Sequence[int], zh: str, en: str) -> Reconciliation:
        """A claim on what the notice itself lists under headings."""
        if not any(counts):
            return _check(claim, "content-count", "cannot-tell", None, f"通报没有逐项列出{zh}", f"the notice lists no {en} one by one")
        count = next((count for count in counts if _agree(claim, count)), counts[0])
        told = (f"通报逐项列出{count}个{zh}", f"the notice lists {count} {en}")
        if _agree(claim, count):
            return _check(claim, "content-count", "matches", count, *told)
        if self._is_of_a_part(claim, counts):
            return _check(claim, "content-count", "cannot-tell", count, f"{told[0]};此数所指范围不明", f"{told[1]}; what this number covers is not clear")
        value = _plain(claim.value)
        if min(counts) > claim.value or max(counts) < claim.value and self._lists_all(claim.what):
            return _check(claim, "content-count", "differs", count, f"{told[0]},自述{value}个", f"{told[1]} and claims {value}")
        return _check(claim, "content-count", "cannot-tell", count, f"{told[0]},自述{value}个;未必全部列出",
                      f"{told[1]} and claims {value}; it need not list all of them")

    def _is_of_a_part(self, claim: Claim, counts: Sequence[int]) -> bool:
        """Whether a number is of some part: another claim of its topic is larger, or is the one that agrees."""
        others = [other for other in self._topic(claim.what) if other.value != claim.value]
        return any(other.value > claim.value or any(_agree(other, count) for count in counts) for other in others)

    def _lists_all(self, what: str) -> bool:
        """Whether the list is meant to be whole: it has all the aspects, or all the issues, that are claimed."""
        witness, counts = ("aspects", (self._aspects,)) if what == "issues_total" else ("issues_total", self._issue_counts)
        return any(_agree(claim, count) for claim in self._topic(witness) for count in counts)

    def _done_issues(self, claim: Claim) -> Reconciliation:
        """Issues marked as done, where every issue is listed with its status."""
        statuses = [(issue.status or "").strip().partition("\n")[0] for issue in self.notice.issues if issue.parent is None]
        if not statuses or not all(statuses):
            return _check(claim, "content-count", "cannot-tell", None, "通报没有逐项标明整改状态", "the notice does not give the status of each issue")
        done = sum(bool(DONE.search(s) and not NOT_DONE.search(s)) for s in statuses)
        counts = (done, done + sum("基本" in s for s in statuses))  # 基本完成 may be counted in
        count = next((count for count in counts if _agree(claim, count)), done)
        whole = all(_agree(total, len(statuses)) for total in self._topic("issues_total"))
        told = (f"通报标明{count}个问题整改到位", f"the notice marks {count} issues as rectified")
        if _agree(claim, count) or whole and not self._is_of_a_part(claim, counts):
            return _check(claim, "content-count", "matches" if _agree(claim, count) else "differs", count, *told)
        return _check(claim, "content-count", "cannot-tell", count, f"{told[0]};未必全部列出", f"{told[1]}; it need not list all issues")

    def _measures(self, claim: Claim) -> Reconciliation:
        """Measures of the plan against passages of the notice, which need not stand one for one."""
        count = sum(len(issue.measures) for issue in self.notice.issues)
        if not count:
            return _check(claim, "content-count", "cannot-tell", None, "通报没有逐项列出措施", "the notice lists no measures one by one")
        outcome = "matches" if _agree(claim, count) else "cannot-tell"
        note = ("", "") if outcome == "matches" else (";一段可以写几项措施,无从逐一对应", "; one passage may tell of several measures, so they do not stand one for one")
        return _check(claim, "content-count", outcome, count, f"通报写有{count}段措施{note[0]}", f"the notice has {count} passages of measures{note[1]}")

    def _documents(self, claim: Claim) -> Reconciliation:
        """Documents said to be issued against those that are named; a notice need not name all."""
        made = [d for d in self._named() if d.relation in ("issues", "revises")]
        count, own = _distinct(made), _distinct(d for d in made if d.relation == "issues" and not d.issuer_stated)
        if own > claim.value and not claim.approximate:
            return _check(claim, "content-count", "differs", own, f"通报点名的本单位制发文件有{own}份,多于自述{_plain(claim.value)}份",
                          f"the notice names {own} documents that its body issued, more than the {_plain(claim.value)} claimed")
        outcome = "matches" if _agree(claim, count) else "cannot-tell"
        note = ("", "") if outcome == "matches" else (";通报未必逐一点名", "; it need not name all of them")
        return _check(claim, "content-count", outcome, count, f"通报点名的制发、修订文件有{count}份{note[0]}",
                      f"the notice names {count} documents as issued or revised{note[1]}")

    def _named(self) -> list[Document]:
        issues = self.notice.issues
        return [*self.notice.documents, *(d for i in issues for d in i.documents), *(d for i in issues for m in i.measures for d in m.documents)]

    # ---------------------------------------------------------------- against other claims

    def _arithmetic(self, claim: Claim) -> Iterator[Reconciliation]:
        if claim.what == "completion_rate":
            yield from self._rate(claim)
        if claim.what == "measures_started" and (totals := self._topic("measures_total")):
            yield from self._started(claim, totals)
        if claim.what == "systems_revised_or_made" and claim.quote.startswith("其中"):
            yield from self._part_of(claim, self._topic("documents_issued"))
        for whole, parts, rest in SUMS:
            superseded = whole == "measures_started" and self._topic("measures_total")
            if claim.what == whole and not superseded and claim is self._largest(whole):
                yield from self._sum(claim, parts, rest)

    def _largest(self, what: str) -> Claim:
        """The claim of a total that covers most: a smaller one is of some part of it."""
        return max(self._topic(what), key=lambda claim: claim.value)

    def _is_alone(self, total: Claim, parts: Sequence[Claim]) -> bool:
        """Whether the notice claims one number only for this total, and its parts in the same unit."""
        return all(claim.value == total.value for claim in self._topic(total.what)) and all(part.unit == total.unit for part in parts)

    def _sum(self, total: Claim, parts: Sequence[str], rest: str) -> Iterator[Reconciliation]:
        """Whether what is done and what is left make the total."""
        done, left = [self._topic(part) for part in parts if self._topic(part)], self._topic(rest)
        if not done or not left or any(c.approximate for claims in (*done, left) for c in claims):
            yield from self._excess(total, [c for claims in done for c in claims])
            return
        sums = [combination for chosen in _choices(done) for combination in product(*chosen, left)]
        exact = next((s for s in sums if sum(c.value for c in s) == total.value), None)
        shown = exact or sums[-1]
        zh = en = " + ".join(_plain(c.value) for c in shown) + f" = {_plain(sum(c.value for c in shown))}"
        if exact:
            yield _check(total, "arithmetic", "matches", total.value, zh, en, shown)
            return
        added = sum(c.value for c in shown)
        alone = len({sum(c.value for c in s) for s in product(*done, left)}) == 1 and self._is_alone(total, shown)
        contradicts = alone and (added > total.value or bool(WHOLE_REST.search(left[0].quote)))
        note = (f",自述共{_plain(total.value)}", f", and {_plain(total.value)} are claimed in all") if contradicts else \
            (";可能另有没有说到的部分", "; there may be others that are not spoken of")
        yield _check(total, "arithmetic", "differs" if contradicts else "cannot-tell", added, zh + note[0], en + note[1], shown)

    def _excess(self, total: Claim, parts: Sequence[Claim]) -> Iterator[Reconciliation]:
        """Of a total of which only one part is told: the part cannot be larger."""
        for part in parts:
            if part.value > total.value and not total.approximate and len(parts) == 1 and self._is_alone(total, parts):
                yield _check(total, "arithmetic", "differs", part.value, f"自述已完成{_plain(part.value)},多于总数{_plain(total.value)}",
                             f"{_plain(part.value)} are claimed as done, more than the {_plain(total.value)} in all", (part,))

    def _started(self, claim: Claim, totals: Sequence[Claim]) -> Iterator[Reconciliation]:
        total = next((t for t in totals if t.value == claim.value), totals[0])
        outcome = "matches" if total.value == claim.value else "differs" if claim.value > max(t.value for t in totals) else "cannot-tell"
        yield _check(claim, "arithmetic", outcome, total.value, f"自述措施共{_plain(total.value)}项", f"{_plain(total.value)} measures are claimed in all",
                     (total,))

    def _part_of(self, claim: Claim, wholes: Sequence[Claim]) -> Iterator[Reconciliation]:
        whole = max(wholes, key=lambda w: w.value, default=None)
        if whole and claim.value > whole.value:
            yield _check(claim, "arithmetic", "differs", whole.value, f"自述为文件{_plain(whole.value)}份的一部分,却多于此数",
                         f"claimed as a part of {_plain(whole.value)} documents, and yet more than these", (whole,))

    def _rate(self, claim: Claim) -> Iterator[Reconciliation]:
        """A percentage computed anew from the numbers it is of, where both are claimed."""
        rates = [(d, t, 100 * d.value / t.value) for done, total, words in RATES if words.search(claim.quote) or not _names_base(claim.quote)
                 for d in self._topic(done) for t in self._topic(total) if d.value <= t.value and t.value]
        if not rates or OTHER_RATE.search(claim.quote):
            return
        step = 10.0 ** -_decimals(claim.value)
        done, total, rate = min(rates, key=lambda r: abs(r[2] - claim.value))
        close = abs(rate - claim.value) < step
        observed = claim.value if close else round(rate, _decimals(claim.value))
        outcome = "matches" if close else "differs" if len(rates) == 1 else "cannot-tell"
        shown = f"{_plain(done.value)} / {_plain(total.value)} = {_plain(round(rate, 2))}%"
        yield _check(claim, "arithmetic", outcome, observed, shown, shown, (done, total))


def _check(
    claim: Claim, method: str, outcome: str, observed: float | None, zh: str, en: str, others: tuple[Claim, ...] = (),
) -> Reconciliation:
    return Reconciliation(claim, method, outcome, claim.value, None if observed is None else float(observed), zh, en, others)


def _agree(claim: Claim, count: float) -> bool:
    """Whether a count is the number claimed; 30余 is any from 30 to 39.

    >>> from kg.model import Span
    >>> _agree(Claim("documents_issued", 2500.0, "份", True, "2500余份", Span(0, 6)), 2571)
    True
    """
    if not claim.approximate:
        return count == claim.value
    step = 1.0
    while claim.value and claim.value % (step * 10) == 0:
        step *= 10
    return claim.value <= count < claim.value + step


def _choices(done: Sequence[tuple[Claim, ...]]) -> Iterator[tuple[tuple[Claim, ...], ...]]:
    """Each part alone, then all of them: 基本完成 may be counted among 完成 or beside it."""
    for claims in done:
        yield (claims,)
    if len(done) > 1:
        yield tuple(done)


def _names_base(quote: str) -> bool:
    return any(words.search(quote) for _, _, words in RATES)


def _decimals(value: float) -> int:
    fraction = repr(value).partition(".")[2]
    return 0 if fraction == "0" else len(fraction)


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _distinct(documents: Iterator[Document] | Sequence[Document]) -> int:
    return len({"".join(c for c in unicodedata.normalize("NFKC", d.alias_of or d.title) if c.isalnum()) for d in documents})
