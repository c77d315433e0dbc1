"""The corrections made, one after the other."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kg.corrections.changes import correct_body, correct_document
from kg.corrections.file import Entry
from kg.corrections.parts import correct_issue, correct_measure
from kg.corrections.scope import Unfit
from kg.model import Notice, Span, Warning

BY_SECTION: Mapping[str, Callable[[Notice, Entry], Notice]] = {
    "body": correct_body, "document": correct_document, "measure": correct_measure, "issue": correct_issue}


def apply(notice: Notice, entries: Iterable[Entry]) -> Notice:
    """Return `notice` with each entry applied; one that finds nothing to change becomes a warning."""
    unused = []
    for entry in entries:
        try:
            notice = BY_SECTION[entry.section.name](notice, entry)
        except Unfit as cause:
            unused.append(Warning("correction_unused", f"{entry.place}: {entry} is not used: {cause}", Span(0, 0)))
    return replace(notice, warnings=notice.warnings + tuple(unused))
