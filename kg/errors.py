"""The error tree: every failure that a user can cause, named by its cause.

The command line prints one line for a `RectifyError` and ends with exit code 2.
"""
from __future__ import annotations


class RectifyError(Exception):
    """Base of all errors of this package.

    Args:
        cause: one sentence saying what is wrong.
        file: the file concerned, as the user named it.
        line: line in that file, counted from 1.
        column: column in that line, counted from 1.
        excerpt: the text of that line, for a caret under the column (under all of it without one).
    """

    def __init__(
        self,
        cause: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        excerpt: str | None = None,
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.file = file
        self.line = line
        self.column = column
        self.excerpt = excerpt

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.cause}" if place else self.cause


class InputError(RectifyError):
    """An input cannot be used."""


class EmptyInputError(InputError):
    """A file holds no text, or a folder no notice."""


class BinaryInputError(InputError):
    """A file is not text (an image, an archive, a program)."""


class EncodingError(InputError):
    """The bytes are not valid in any encoding that is tried."""


class NotANoticeError(InputError):
    """The text is not a rectification notice."""


class TooLargeError(InputError):
    """A file is larger than the limit."""


class BrokenFileError(InputError):
    """A document is damaged: cut off, or not made as its format says."""


class EncryptedFileError(InputError):
    """A document is locked with a password."""


class UnsupportedFormatError(InputError):
    """The kind of file cannot be read."""


class LexiconError(RectifyError):
    """An entry of the lexicon is wrong."""


class CorrectionsError(RectifyError):
    """An entry of a corrections file is wrong."""


class OutlineError(RectifyError):
    """The headings of a notice contradict each other."""


class OutputError(RectifyError):
    """An output cannot be written."""


class GraphError(RectifyError):
    """A graph cannot be opened or is not of this ontology."""


class QueryError(RectifyError):
    """A query is unknown, malformed, forbidden, or ran into a limit."""


class NodeNotFoundError(RectifyError):
    """No node of the graph answers to the name given."""
