"""How far a measure has come: done, ongoing, planned or recurring, and the words that say so."""
from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.context import Context
from kg.lexicon import load
from kg.model import Document, Span

MADE = ("issues", "revises")
RHYTHM = re.compile("[每期按]|常态|坚持")  # one of these is in every word for a rhythm


def find_status(context: Context, span: Span, documents: Sequence[Document]) -> tuple[str, Span | None]:
    """Return (status, the words that say so); done without words where nothing else is said.

    A document that is drafted and then issued is done. A measure that made a document, or names an
    act done once, is not recurring though it also names a rhythm.
    """
    text = context.masked[span.start:span.end]
    status, match = _found(text, any(d.relation in MADE for d in documents))
    return status, Span(span.start + match.start(), span.start + match.end()) if match else None


def _found(text: str, made: bool) -> tuple[str, re.Match[str] | None]:
    planned, ongoing = _search("planned", text), _search("ongoing", text)
    if planned and not (ongoing and ongoing.start() < planned.start()):
        return "ongoing" if _search("begun", text[:planned.start()]) else "planned", planned
    if ongoing:
        return "ongoing", ongoing
    drafted = _search("drafted", text)
    if drafted and not _search("issued", text[drafted.end():]):
        return "ongoing", drafted
    if not made and RHYTHM.search(text) and (recurring := _search("recurring", text)) and not _search("once", text):
        return "recurring", recurring
    return "done", _search("done", text)


def _search(name: str, text: str) -> re.Match[str] | None:
    return load("statuses").scanner(name).search(text, 0, len(text))
