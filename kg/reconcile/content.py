"""Claims against what the notice lists: aspects, issues and their statuses, recommendations, measures, documents."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.model import Claim, Document, Issue
from kg.reconcile.ledger import Ledger, Reconciliation, agree, check, plain

DONE = re.compile("完成|完毕|到位|办结|办毕|销号|核销|销账|闭环|清零|已整改")
NOT_DONE = re.compile("未|阶段|正在|推进|基本|序时|延期|中$")
BASICALLY = re.compile("基本")
STAGED = re.compile("阶段")  # a step of its own in some notices, under way in others
GOING_ON = re.compile("长期|持续|坚持|常态")
# 9类问题: groups of issues, which the headings need not follow one for one.
GROUPS = ("类",)

# What the statuses of a topic say, in both languages.
MARKED = {
    "issues_done": ("整改到位", "as rectified"), "issues_basically_done": ("基本完成", "as basically rectified"),
    "issues_ongoing": ("尚在整改或者长期坚持", "as still under way or going on"),
}


def content(ledger: Ledger, claim: Claim) -> list[Reconciliation]:
    """Return the check of a claim against what the notice lists, none where it counts something else."""
    by_topic: dict[str, Callable[[], Reconciliation]] = {
        "aspects": lambda: _listed(ledger, claim, (ledger.aspects,), ("方面", "aspects")),
        "issues_total": lambda: _listed(ledger, claim, ledger.issue_counts, ("问题", "issues")),
        "suggestions": lambda: _listed(ledger, claim, (len(ledger.notice.recommendations),), ("意见建议", "recommendations")),
        "measures_total": lambda: _measures(ledger, claim), "documents_issued": lambda: _documents(ledger, claim),
        **{topic: lambda: _marked(ledger, claim) for topic in MARKED},
    }
    return [by_topic[claim.what]()] if claim.what in by_topic else []


# ---------------------------------------------------------------- what stands under headings


def _listed(ledger: Ledger, claim: Claim, counts: Sequence[int], names: tuple[str, str]) -> Reconciliation:
    """A claim on what the notice itself lists under headings."""
    zh, en = names
    if not any(counts):
        return check(claim, "content-count", "cannot-tell", None, f"通报没有逐项列出{zh}", f"the notice lists no {en} one by one")
    count = next((count for count in counts if agree(claim, count)), counts[0])
    told = (f"通报逐项列出{count}个{zh}", f"the notice lists {count} {en}")
    if agree(claim, count):
        return check(claim, "content-count", "matches", count, *told)
    if ledger.is_of_a_part(claim, counts):
        return check(claim, "content-count", "cannot-tell", count, f"{told[0]};此数所指范围不明", f"{told[1]}; what this number covers is not clear")
    value = f"{plain(claim.value)}{claim.unit}"
    if claim.unit in GROUPS:
        return check(claim, "content-count", "cannot-tell", count, f"{told[0]},自述{value};一个标题未必是一类",
                     f"{told[1]} and claims {plain(claim.value)} groups; a heading need not be a group")
    if min(counts) > claim.value or max(counts) < claim.value and _lists_all(ledger, claim.what):
        return check(claim, "content-count", "differs", count, f"{told[0]},自述{value}", f"{told[1]} and claims {plain(claim.value)}")
    return check(claim, "content-count", "cannot-tell", count, f"{told[0]},自述{value};未必全部列出",
                 f"{told[1]} and claims {plain(claim.value)}; it need not list all of them")


def _lists_all(ledger: Ledger, what: str) -> bool:
    """Whether the list is meant to be whole: it has all the aspects, or all the issues, that are claimed."""
    witness, counts = ("aspects", (ledger.aspects,)) if what == "issues_total" else ("issues_total", ledger.issue_counts)
    return any(agree(claim, count) for claim in ledger.topic(witness) for count in counts)


# ---------------------------------------------------------------- statuses of issues


def _marked(ledger: Ledger, claim: Claim) -> Reconciliation:
    """Issues done, basically done or under way, where every issue is listed with its status.

    Notices draw the lines differently: 基本完成 may be counted as done, apart, or as under way,
    取得阶段性成效 apart, as basically done or as under way, and 已完成并长期坚持 as done or as going on.
    A claim differs only where it is beyond every reading.
    """
    statuses = _statuses(ledger.notice.issues)
    if not statuses:
        return check(claim, "content-count", "cannot-tell", None, "通报没有逐项标明整改状态", "the notice does not give the status of each issue")
    counts = _readings(statuses)[claim.what]
    count = next((count for count in counts if agree(claim, count)), counts[0])
    zh, en = MARKED[claim.what]
    told = (f"通报标明{count}个问题{zh}", f"the notice marks {count} issues {en}")
    if agree(claim, count):
        return check(claim, "content-count", "matches", count, *told)
    totals = ledger.topic("issues_total")
    is_whole = bool(totals) and all(agree(total, len(statuses)) for total in totals)
    if is_whole and not min(counts) <= claim.value <= max(counts) and not ledger.is_of_a_part(claim, counts):
        return check(claim, "content-count", "differs", count, f"{told[0]},自述{plain(claim.value)}{claim.unit}", f"{told[1]} and claims {plain(claim.value)}")
    return check(claim, "content-count", "cannot-tell", count, f"{told[0]};未必全部列出", f"{told[1]}; it need not list all issues")


def _statuses(issues: Sequence[Issue]) -> list[str]:
    """The statuses of the issues at the top as printed, none where one of them has none, or one that says nothing known."""
    printed = [(issue.status or "").strip().partition("\n")[0] for issue in issues if issue.parent is None]
    return printed if all(any(words.search(status) for words in (DONE, NOT_DONE, GOING_ON)) for status in printed) else []


def _readings(statuses: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """How many issues each topic may count, the plainest reading first.

    >>> _readings(["已完成", "已完成并长期坚持", "基本完成", "正在推进"])["issues_ongoing"]
    (1, 2, 2, 3)
    """
    done = [status for status in statuses if DONE.search(status) and not NOT_DONE.search(status)]
    basically = sum(bool(BASICALLY.search(status)) for status in statuses)
    under_way = len(statuses) - len(done) - basically
    goes_on = sum(bool(GOING_ON.search(status)) for status in done)
    staged = sum(bool(STAGED.search(status)) for status in statuses)
    ongoing = (under_way, under_way + basically, under_way + goes_on, under_way + basically + goes_on)
    return {
        "issues_done": (len(done), len(done) + basically), "issues_basically_done": (basically, *([basically + staged] if staged else [])),
        "issues_ongoing": (*ongoing, *(count - staged for count in ongoing if staged)),
    }


# ---------------------------------------------------------------- measures and documents


def _measures(ledger: Ledger, claim: Claim) -> Reconciliation:
    """Measures of the plan against passages of the notice, which need not stand one for one."""
    count = sum(len(issue.measures) for issue in ledger.notice.issues)
    if not count:
        return check(claim, "content-count", "cannot-tell", None, "通报没有逐项列出措施", "the notice lists no measures one by one")
    outcome = "matches" if agree(claim, count) else "cannot-tell"
    note = ("", "") if outcome == "matches" else (";一段可以写几项措施,无从逐一对应", "; one passage may tell of several measures, so they do not stand one for one")
    return check(claim, "content-count", outcome, count, f"通报写有{count}段措施{note[0]}", f"the notice has {count} passages of measures{note[1]}")


def _documents(ledger: Ledger, claim: Claim) -> Reconciliation:
    """Documents said to be issued against those that are named; a notice need not name all."""
    made = [d for d in _named(ledger) if d.relation in ("issues", "revises")]
    count, own = _distinct(made), _distinct(d for d in made if d.relation == "issues" and not d.issuer_stated)
    if own > claim.value and not claim.approximate:
        return check(claim, "content-count", "differs", own, f"通报点名的本单位制发文件有{own}份,多于自述{plain(claim.value)}份",
                     f"the notice names {own} documents that its body issued, more than the {plain(claim.value)} claimed")
    outcome = "matches" if agree(claim, count) else "cannot-tell"
    note = ("", "") if outcome == "matches" else (";通报未必逐一点名", "; it need not name all of them")
    return check(claim, "content-count", outcome, count, f"通报点名的制发、修订文件有{count}份{note[0]}",
                 f"the notice names {count} documents as issued or revised{note[1]}")


def _named(ledger: Ledger) -> list[Document]:
    issues = ledger.notice.issues
    return [*ledger.notice.documents, *(d for i in issues for d in i.documents), *(d for i in issues for m in i.measures for d in m.documents)]


def _distinct(documents: Iterable[Document]) -> int:
    return len({"".join(c for c in unicodedata.normalize("NFKC", d.alias_of or d.title) if c.isalnum()) for d in documents})
