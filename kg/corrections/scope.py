"""Which records a correction means."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from kg.corrections.file import Entry
from kg.model import Document, Issue, Measure, Notice, Organization
from kg.reading.width import fold

Item = TypeVar("Item", Document, Organization)


class Unfit(Exception):
    """A correction finds nothing to change: what it speaks of is not there, or is other than it says."""


def plain(text: str | None) -> str:
    """Return a name or title as names are compared: in one width, without spaces and title marks.

    >>> plain("《财务管理办法（试行）》")
    '财务管理办法(试行)'
    """
    return fold(text or "").replace(" ", "").strip("《》")


def issues_meant(notice: Notice, entry: Entry) -> list[Issue]:
    """Return the issues that an entry speaks of: that of its number, else those whose title holds its words; all without.

    Raises:
        Unfit: there is none, or there are several of the number.
    """
    wanted = entry.get("issue")
    if wanted is None:
        return list(notice.issues)
    if found := [issue for issue in notice.issues if plain(issue.number) == plain(wanted)]:
        if len(found) > 1:
            raise Unfit(f"{len(found)} issues are numbered {wanted}: give words of the title")
        return found
    if found := [issue for issue in notice.issues if plain(wanted) in plain(issue.title)]:
        return found
    raise Unfit(f"there is no issue {wanted}")


def holds_quote(measure: Measure, entry: Entry) -> bool:
    """Whether a measure holds the words by which an entry names it."""
    quote = entry.get("quote")
    return quote is None or plain(quote) in plain(measure.text)


def change_issues(notice: Notice, meant: Iterable[Issue], change: Callable[[Issue], Issue | None]) -> Notice:
    """Return `notice` with `change` made to the issues meant; None leaves one out."""
    ids = {id(issue) for issue in meant}
    changed = [change(issue) if id(issue) in ids else issue for issue in notice.issues]
    return replace(notice, issues=tuple(issue for issue in changed if issue is not None))


def change_bodies(notice: Notice, entry: Entry, change: Callable[[Organization], Organization | None]) -> Notice:
    """Return `notice` with `change` made to every mention of a body that the entry can mean."""
    def in_measure(measure: Measure) -> Measure:
        return replace(measure, organizations=_kept(measure.organizations, change)) if holds_quote(measure, entry) else measure

    def in_issue(issue: Issue) -> Issue:
        own = issue.organizations if entry.get("quote") else _kept(issue.organizations, change)
        return replace(issue, organizations=own, measures=tuple(map(in_measure, issue.measures)))
    return change_issues(notice, issues_meant(notice, entry), in_issue)


def change_documents(notice: Notice, entry: Entry, change: Callable[[Document], Document | None]) -> Notice:
    """Return `notice` with `change` made to every mention of a document that the entry can mean."""
    def in_measure(measure: Measure) -> Measure:
        return replace(measure, documents=_kept(measure.documents, change)) if holds_quote(measure, entry) else measure

    def in_issue(issue: Issue) -> Issue:
        own = issue.documents if entry.get("quote") else _kept(issue.documents, change)
        return replace(issue, documents=own, measures=tuple(map(in_measure, issue.measures)))
    changed = change_issues(notice, issues_meant(notice, entry), in_issue)
    if entry.get("issue") or entry.get("quote"):
        return changed
    return replace(changed, documents=_kept(changed.documents, change))


def _kept(items: tuple[Item, ...], change: Callable[[Item], Item | None]) -> tuple[Item, ...]:
    return tuple(item for item in map(change, items) if item is not None)
