"""The prepared questions: one file each in `kg/queries`, with the question in both languages on top.

    # zh: 哪些……?
    # en: Which …?
    # param: words 办法 words in the title of a document

A parameter is a variable of the query, written `$words`, that it selects; its column is not shown.
"""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import QueryError

FOLDER = Path(__file__).parent.parent / "queries"
LINE = re.compile(r"^# (?P<kind>zh|en|param): (?P<text>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes, as text. An empty default means any."""

    name: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """A prepared question."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def questions() -> tuple[Question, ...]:
    """Return the prepared questions, by name."""
    return tuple(_question(path) for path in sorted(FOLDER.glob("*.rq")))


def find_question(name: str) -> Question:
    """Return the question called `name`.

    Raises:
        QueryError: there is none; the message names those that are close.
    """
    known = {question.name: question for question in questions()}
    if name in known:
        return known[name]
    from difflib import get_close_matches  # 15 ms, and only for a name that is wrong
    close = get_close_matches(name, known, 3)
    raise QueryError(f"no prepared question is called {name}" + (f": did you mean {' or '.join(close)}?" if close else ""))


def with_defaults(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return a value for every parameter of a question.

    Raises:
        QueryError: a parameter is given that it has not.
    """
    defaults = {parameter.name: parameter.default for parameter in question.parameters}
    for name in given:
        if name not in defaults:
            takes = f"takes {', '.join(defaults)}" if defaults else "takes none"
            raise QueryError(f"{question.name} has no parameter {name}: it {takes}")
    return defaults | dict(given)


def _question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    lines = [(m["kind"], m["text"].strip()) for m in LINE.finditer(text)]
    by_kind = dict(lines)
    return Question(path.stem, by_kind["zh"], by_kind["en"], tuple(_parameter(t) for kind, t in lines if kind == "param"), text)


def _parameter(text: str) -> Parameter:
    """`name default description`; `""` stands for an empty default."""
    name, default, description = text.split(" ", 2)
    return Parameter(name, "" if default == '""' else default, description)
