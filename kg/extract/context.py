"""The text of one notice in the forms that matching needs, all of one length."""
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from kg.model import Span
from kg.reading.width import fold

TITLE = re.compile(r"《(?:[^《》\n]|《[^《》\n]*》)+》")
QUOTED = re.compile(r"[“\"]([^“”\"\n]{1,120})[”\"]")
SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
SENTENCE_BEGINNING = re.compile(r"[^。;!?\n]*")
MASK = "\ue000"  # a private-use character: no pattern matches it


class Context:
    """The text as read, in one width (`folded`), and with the words of titles hidden (`masked`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)

    @cached_property
    def titles(self) -> list[Span]:
        """Spans of every 《…》, marks included, in text order."""
        return [Span(*m.span()) for m in TITLE.finditer(self.folded)]

    @cached_property
    def masked(self) -> str:
        """`folded` with what stands inside title marks hidden."""
        return TITLE.sub(lambda m: "《" + MASK * (len(m[0]) - 2) + "》", self.folded)

    @cached_property
    def _backwards(self) -> str:
        return self.masked[::-1]

    def back(self, stretch: re.Pattern[str], at: int, lowest: int = 0) -> int:
        """Return where the longest `stretch` that ends at `at` begins, not before `lowest`.

        Args:
            stretch: matched against the text read backwards, so that nothing is tried twice; it
                must match the empty text.
        """
        size = len(self.text)
        return size - stretch.match(self._backwards, size - at, size - lowest).end()  # type: ignore[union-attr]

    @cached_property
    def _title_starts(self) -> list[int]:
        return [t.start for t in self.titles]

    def titles_in(self, span: Span) -> list[Span]:
        """Return the titles that stand whole inside `span`; one that a mark cuts in two is left out."""
        found = self.titles[bisect_left(self._title_starts, span.start):bisect_left(self._title_starts, span.end)]
        return found if not found or found[-1].end <= span.end else found[:-1]

    def in_title(self, at: int) -> bool:
        """Whether the character at `at` stands inside title marks."""
        before = bisect_right(self._title_starts, at) - 1
        return before >= 0 and at < self.titles[before].end

    @cached_property
    def _quotes(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the stretches in “ ”, marks left out."""
        found = [m.span(1) for m in QUOTED.finditer(self.masked)]
        return [start for start, _ in found], [end for _, end in found]

    def is_quoted(self, span: Span, longest: int = 40) -> bool:
        """Whether `span` stands inside quotes that hold at most `longest` characters."""
        starts, ends = self._quotes
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.end <= ends[at] and ends[at] - starts[at] <= longest

    def sentences(self, span: Span) -> list[Span]:
        """Return the sentences of `span`: up to 。 ; ! or the end of a line."""
        return [Span(m.start(), m.end()) for m in SENTENCE.finditer(self.masked, span.start, span.end)]

    def sentence_at(self, at: int, span: Span) -> Span:
        """Return the sentence of `span` that holds the character at `at`."""
        start = self.back(SENTENCE_BEGINNING, at, span.start)
        return Span(start, SENTENCE.match(self.masked, at, span.end).end())  # type: ignore[union-attr]
