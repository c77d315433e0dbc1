"""What a correction does to issues and measures: called, split, merged, dropped, or given another status."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.corrections.changes import Tally
from kg.corrections.file import Entry
from kg.corrections.scope import Unfit, change_issues, holds_quote, issues_meant, plain
from kg.extract.context import Context
from kg.extract.levels import LEVELS
from kg.extract.statuses import find_status
from kg.lexicon import load
from kg.model import CourtLevel, Issue, Measure, Notice, Organization, Span
from kg.reading.width import fold

MARK_ENDS = " ,，:：、.．"
ISSUE_FIELDS = {"new_title": "title", "status": "status", "deadline": "deadline"}


# ---------------------------------------------------------------- measures


def correct_measure(notice: Notice, entry: Entry) -> Notice:
    """Return `notice` with one measure split, merged with the one before it, dropped, or of another status."""
    found = [(issue, at) for issue in issues_meant(notice, entry) for at, measure in enumerate(issue.measures)
             if holds_quote(measure, entry)]
    if len(found) != 1:
        raise Unfit(f"{len(found) or 'no'} measures hold these words" + (": give more of them" if found else ""))
    issue, at = found[0]
    measures = _changed(notice, entry, issue.measures, at)
    return change_issues(notice, [issue], lambda one: replace(one, measures=tuple(measures)))


def _changed(notice: Notice, entry: Entry, measures: Sequence[Measure], at: int) -> list[Measure]:
    before, measure, after = list(measures[:at]), measures[at], measures[at + 1:]
    if entry.get("drop"):
        return [*before, *after]
    if entry.get("merge"):
        if not before:
            raise Unfit("it is the first of its issue: there is none before it")
        measure = _joined(notice, before.pop(), measure)
    pieces = _split(notice, measure, entry.values["split"]) if entry.get("split") else [measure]
    if status := entry.get("status"):
        pieces = [_with_status(entry, pieces[0], status), *pieces[1:]]
    return [*before, *pieces, *after]


def _with_status(entry: Entry, measure: Measure, status: str) -> Measure:
    tally = Tally(entry)
    if tally.fits({"status": status}, measure):
        return replace(measure, status=status, status_span=None, corrected=(*measure.corrected, "status"))
    tally.check("measure")
    return measure


def _joined(notice: Notice, first: Measure, second: Measure) -> Measure:
    """Two measures as one, with what each holds. What is taken by default is taken once."""
    span = Span(first.span.start, second.span.end)
    bodies = (*first.organizations, *(body for body in second.organizations if body.mention is not None))
    both = (*first.court_levels, *second.court_levels)
    levels = {level.level: level for level in sorted(both, key=lambda level: level.cue is not None)}
    told = next((measure for measure in (first, second) if measure.status != "done"), first)
    whole = replace(
        first, span=span, status=told.status, status_span=told.status_span, documents=first.documents + second.documents,
        document_links=first.document_links + second.document_links,
        organizations=bodies, court_levels=tuple(sorted(levels.values(), key=lambda level: LEVELS.index(level.level))), figures=first.figures + second.figures,
        dates=first.dates + second.dates)
    return _piece(notice, whole, span, first.marker, first.heading)


def _split(notice: Notice, measure: Measure, words: str) -> list[Measure]:
    """The measure up to `words`, and from there on."""
    at = fold(notice.text).find(fold(words), measure.span.start + 1, measure.span.end)
    if at < 0:
        raise Unfit(f"the words {words} are not in this measure")
    heading = measure.heading if measure.heading and notice.text.find(measure.heading, measure.span.start, at) >= 0 else None
    return [_piece(notice, measure, Span(measure.span.start, at), measure.marker, heading),
            _piece(notice, measure, Span(at, measure.span.end), _mark(notice.text, at, measure.span.end), None)]


def _piece(notice: Notice, measure: Measure, span: Span, marker: str, heading: str | None) -> Measure:
    """What a measure holds in a stretch of the text; what is taken by default holds for each stretch."""
    while span.end > span.start and notice.text[span.end - 1] in " \n\r\u3000":
        span = Span(span.start, span.end - 1)
    documents = tuple(d for d in measure.documents if d.span.within(span))
    cue = measure.status_span
    if cue is None or not cue.within(span):
        status, cue = find_status(Context(notice.text), span, documents)
    else:
        status = measure.status
    return Measure(
        marker, heading, notice.text[span.start:span.end], span, status, cue, documents,
        tuple(link for link in measure.document_links if link.span.within(span)),
        tuple(_body_in(body, span) for body in measure.organizations if body.mention is None or body.span.within(span)),
        tuple(_level_in(level, span) for level in measure.court_levels if level.cue is None or level.span.within(span)),
        tuple(f for f in measure.figures if f.span.within(span)), tuple(d for d in measure.dates if d.span.within(span)),
        tuple(dict.fromkeys((*measure.corrected, "span"))))


def _body_in(body: Organization, span: Span) -> Organization:
    return replace(body, span=span) if body.mention is None else body


def _level_in(level: CourtLevel, span: Span) -> CourtLevel:
    return replace(level, span=span) if level.cue is None else level


def _mark(text: str, start: int, end: int) -> str:
    match = load("outline").regex("mark").match(fold(text[start:end]))
    return text[start:start + match.end()].strip(MARK_ENDS) if match else ""


# ---------------------------------------------------------------- issues


def correct_issue(notice: Notice, entry: Entry) -> Notice:
    """Return `notice` with one issue called otherwise, under another aspect, of another status, or dropped."""
    meant = issues_meant(notice, entry)
    if len(meant) > 1:
        raise Unfit(f"{len(meant)} issues hold these words in their title: give more of them")
    if entry.get("drop"):
        return _without(notice, meant[0])
    values: dict[str, Any] = {name: entry.values[key] for key, name in ISSUE_FIELDS.items() if key in entry.values}
    if aspect := entry.get("aspect"):
        values["aspect"] = _aspect(notice, aspect)
    tally = Tally(entry)

    def change(issue: Issue) -> Issue:
        if not tally.fits(values, issue):
            return issue
        return replace(issue, corrected=(*issue.corrected, *values), **values)
    changed = change_issues(notice, meant, change)
    tally.check("issue")
    return changed


def _aspect(notice: Notice, wanted: str) -> str:
    """The title of the aspect that a number or words of its title mean."""
    found = [aspect.title for aspect in notice.aspects if plain(wanted) == plain(aspect.number)] \
        or [aspect.title for aspect in notice.aspects if plain(wanted) in plain(aspect.title)]
    if len(found) != 1:
        raise Unfit(f"{len(found) or 'no'} aspects are called {wanted}")
    return found[0]


def _without(notice: Notice, dropped: Issue) -> Notice:
    """The issues below it come to stand where it stood."""
    below = [issue for issue in notice.issues if issue.parent == dropped.number and issue.span.within(dropped.span)]
    changed = change_issues(notice, below, lambda issue: replace(issue, parent=dropped.parent, aspect=issue.aspect or dropped.aspect))
    return change_issues(changed, [dropped], lambda _: None)
