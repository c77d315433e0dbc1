"""How far a measure has come: done, ongoing, planned or recurring, and the words that say so."""
from __future__ import annotations

from collections.abc import Sequence

from kg.extract.context import Context
from kg.lexicon import load
from kg.model import Document, Span

MADE = ("issues", "revises")


def find_status(context: Context, span: Span, documents: Sequence[Document]) -> tuple[str, Span | None]:
    """Return (status, the words that say so); done without words where nothing else is said.

    A measure that made a document, or names an act done once, is not recurring though it also
    names a rhythm.
    """
    lexicon = load("statuses")
    for status in ("planned", "ongoing"):
        if match := lexicon.scanner(status).search(context.masked, span.start, span.end):
            begun = status == "planned" and lexicon.scanner("begun").search(context.masked, span.start, match.start())
            return "ongoing" if begun else status, Span(*match.span())
    if not any(d.relation in MADE for d in documents):
        recurring = lexicon.scanner("recurring").search(context.masked, span.start, span.end)
        if recurring and not lexicon.scanner("once").search(context.masked, span.start, span.end):
            return "recurring", Span(*recurring.span())
    done = lexicon.scanner("done").search(context.masked, span.start, span.end)
    return "done", Span(*done.span()) if done else None
