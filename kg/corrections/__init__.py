"""Corrections by the user: a file beside the notice says what was read wrong, and is applied at every build.

What is corrected stays apart: its record carries `rule` "corrected", or names the field in `corrected`, and the
graph gives it the basis *corrected*. A correction that no longer fits changes nothing and is reported.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.corrections.changes import correct_body, correct_document
from kg.corrections.file import Corrections, Entry, corrections_beside, is_corrections
from kg.corrections.parts import correct_issue, correct_measure
from kg.corrections.scope import Unfit
from kg.model import Notice, Span, Warning

__all__ = ["Corrections", "correct", "corrections_beside", "is_corrections"]

APPLY: Mapping[str, Callable[[Notice, Entry], Notice]] = {
    "body": correct_body, "document": correct_document, "measure": correct_measure, "issue": correct_issue}


def correct(notice: Notice, corrections: Corrections) -> Notice:
    """Return `notice` with the corrections made, one after the other.

    Returns:
        The corrected records. A correction that finds nothing to change is a warning `correction_unused` that
        names its file and line.
    """
    unused = []
    for entry in corrections.entries:
        try:
            notice = APPLY[entry.section.name](notice, entry)
        except Unfit as cause:
            unused.append(Warning("correction_unused", f"{entry.place}: {entry} is not used: {cause}", Span(0, 0)))
    return replace(notice, warnings=notice.warnings + tuple(unused)) if unused else notice
