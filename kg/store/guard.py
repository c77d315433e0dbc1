"""What a query from outside may not do: write, call another service, or read a file."""
from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocab import PREFIXES

# The words that SPARQL reserves for it. They stand in a query only as keywords, once strings,
# IRIs, comments, variables and prefixed names are out of the way.
FORBIDDEN = {
    "SERVICE": "calls another service", "FROM": "reads another graph", "LOAD": "reads another graph",
    **dict.fromkeys(("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"), "changes the graph"),
}
TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' r"|'''(?:[^'\\]|\\.|'(?!''))*'''" r'|"(?:[^"\\\n\r]|\\.)*"' r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>' r"|#[^\n\r]*" r"|[?$@]\w+" r"|(?:[^\W\d_][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*"
    r"|(?P<word>[^\W\d]+)", re.DOTALL)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
PLACE = re.compile(r"error at (\d+):(\d+): ?(?:expected )?(?P<expected>.*)", re.DOTALL)
EXPECTED_SHOWN = 6
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
PROLOGUE = ("PREFIX", "BASE")


def refuse_unsafe(sparql: str) -> None:
    """Let a query pass that only reads the graph it is put to.

    Raises:
        QueryError: it is malformed, or says one of the words in `FORBIDDEN`.
    """
    # An engine may replace \\u0053 by S before it reads the query, so both readings must be safe.
    for text in dict.fromkeys((sparql, _unescaped(sparql))):
        for token in TOKEN.finditer(text):
            if (word := (token["word"] or "").upper()) in FORBIDDEN:
                line, column = _place(text, token.start())
                raise QueryError(f"{word} is refused: it {FORBIDDEN[word]}, and a query may only read this one", line=line, column=column)
    _refuse_malformed(sparql)


def _unescaped(sparql: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else ""
    return ESCAPE.sub(character, sparql)


def _refuse_malformed(sparql: str) -> None:
    """Have the query parsed before any data are near it."""
    if not sparql.strip():
        raise QueryError("the query is empty")
    _refuse_other_forms(sparql)
    try:
        ox.Store().query(sparql, prefixes=PREFIXES)
    except (SyntaxError, ValueError, UnicodeError, RecursionError) as error:
        raise _malformed(sparql, str(error)) from error


def _refuse_other_forms(sparql: str) -> None:
    """The first word after PREFIX and BASE; of others the parser tells a place that helps no one."""
    for token in TOKEN.finditer(sparql):
        word = (token["word"] or "").upper()
        if word in FORMS:
            return
        if word and word not in PROLOGUE:
            line, column = _place(sparql, token.start())
            raise QueryError(f"the query is malformed: it begins with none of {', '.join(FORMS)}", line=line, column=column,
                             excerpt=sparql.split("\n")[line - 1].strip())


def _malformed(sparql: str, message: str) -> QueryError:
    match = PLACE.match(message)
    if not match:
        return QueryError(f"the query is malformed: {' '.join(message.split())}")
    line, column = int(match[1]), int(match[2])
    lines = sparql.split("\n")
    excerpt = lines[line - 1].strip() if line <= len(lines) else None
    return QueryError(f"the query is malformed{_reason(match['expected'])}", line=line, column=column, excerpt=excerpt)


def _reason(expected: str) -> str:
    """What the parser says it waited for, without its character classes."""
    for told in ("Prefix not found", "The SELECT contains a variable that is unbound"):
        if told in expected:
            return f": {told[0].lower()}{told[1:]}"
    known = re.findall(r'"[^"]{1,3}"|\b[A-Z]{2,}(?: [A-Z]{2,})*\b', re.sub(r"\[[^\]]*\]", "", expected.removeprefix("one of ")))
    return f": here may stand {', '.join(known[:EXPECTED_SHOWN])}{' …' if len(known) > EXPECTED_SHOWN else ''}" if known else ""


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
