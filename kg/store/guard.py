"""What a query from outside may not do: write, call another service, or read a file."""
from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.parts import QUERY_PREFIXES

# The words that SPARQL reserves for it. They stand in a query only as keywords, once strings,
# IRIs, comments, variables and prefixed names are out of the way.
FORBIDDEN = {
    "SERVICE": "calls another service", "FROM": "reads another graph", "LOAD": "reads another graph",
    **dict.fromkeys(("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"), "changes the graph"),
}
# A parser that wants no space between words takes `SERVICESILENT` and `trueSERVICE` for two words, and `FROM:x` for
# FROM and the name `:x`. (Oxigraph 0.5 does both and rdflib 7.6 the latter, and they fetch what it names.)
SURROGATE = re.compile("[\ud800-\udfff]")  # half of a character outside the first plane, alone
GLUED = re.compile("|".join(FORBIDDEN))
GLUED_PREFIX = re.compile("(SERVICE|FROM)(?:SILENT|NAMED)?$")  # the others stand in updates only, and no prefix follows
# Functions of Virtuoso that read files and pages on its side.
SERVER_FUNCTIONS = re.compile(r"<(?:bif:|sql:|http://www\.openlinksw\.com/schemas/(?:bif|sql)#)", re.IGNORECASE)
TOKEN = re.compile(
    r'(?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""' r"|'''(?:[^'\\]|\\.|'(?!''))*'''" r'|"(?:[^"\\\n\r]|\\.)*"' r"|'(?:[^'\\\n\r]|\\.)*')"
    r'|(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)' r"|#[^\n\r]*" r"|(?P<variable>[?$]\w+)|@\w+"
    r"|(?P<prefix>[^\W\d_][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*" r"|(?P<word>[^\W\d]+)|(?P<mark>[][{}()\\])", re.DOTALL)
# An IRI with escapes in it; nothing that a parser ends elsewhere.
ESCAPED_IRI = re.compile(r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>')
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
PLACE = re.compile(r"error at (\d+):(\d+): ?(?:expected )?(?P<expected>.*)", re.DOTALL)
EXPECTED_SHOWN = 6
STEP = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
DEEPEST = 100  # brackets within brackets; a parser that follows them down dies at some thousands
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
PROLOGUE = ("PREFIX", "BASE")


def refuse_unsafe(sparql: str) -> None:
    """Let a query pass that only reads the graph it is put to. It is not parsed here: see `refuse_malformed`.

    Raises:
        QueryError: it says one of the words in `FORBIDDEN`, begins as no query does, hides a word in escapes, holds
            a character that is none, or nests brackets too deeply.
    """
    if not sparql.strip():
        raise QueryError("the query is empty")
    if stray := SURROGATE.search(sparql):
        raise _refused("here is half a character", sparql, stray.start())
    # An engine may replace \\u0053 by S before it reads the query, or after, so both readings must be safe.
    for text in dict.fromkeys((sparql, _unescaped(sparql))):
        for token in TOKEN.finditer(text):
            if word := _forbidden(token):
                raise _refused(f"{word} is refused: it {FORBIDDEN[word]}, and a query may only read this one", text, token.start())
            if token["iri"] and SERVER_FUNCTIONS.match(token["iri"]):
                raise _refused(f"{token['iri']} is refused: it names a function of the server", text, token.start())
    _refuse_other_forms(sparql)
    _refuse_escapes(sparql)
    _refuse_depth(sparql)


def _forbidden(token: re.Match[str]) -> str | None:
    """The forbidden word that a token is, or that a parser may find in it."""
    if token["prefix"]:
        glued = GLUED_PREFIX.search(token["prefix"].upper())
        return glued[1] if glued else None
    found = GLUED.search((token["word"] or "").upper())
    return found[0] if found else None


def _unescaped(sparql: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else ""
    return ESCAPE.sub(character, sparql)


def _refuse_escapes(sparql: str) -> None:
    """Outside of strings and IRIs no one needs them: what they spell could be any word."""
    text = ESCAPED_IRI.sub(lambda match: " " * len(match[0]), sparql)
    for token in TOKEN.finditer(text):
        if token["mark"] == "\\" and ESCAPE.match(text, token.start()):
            raise _refused("an escape is refused here: outside of quotes write the character itself", text, token.start())


def _refuse_depth(sparql: str) -> None:
    depth = 0
    for token in TOKEN.finditer(sparql):
        depth += STEP.get(token["mark"], 0)
        if depth > DEEPEST:
            raise _refused(f"more than {DEEPEST} brackets within brackets are refused", sparql, token.start())


def _refused(cause: str, text: str, at: int) -> QueryError:
    line, column = _place(text, at)
    return QueryError(cause, line=line, column=column)


def refuse_malformed(sparql: str) -> None:
    """Have the query parsed. An engine may begin to work on it, so do it where it can be stopped.

    Raises:
        QueryError: it is malformed; with the place.
    """
    try:
        ox.Store().query(sparql, prefixes=QUERY_PREFIXES)
    except (SyntaxError, ValueError, UnicodeError, RecursionError) as error:
        raise malformed(sparql, str(error)) from error


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


def malformed(sparql: str, message: str) -> QueryError:
    """Return the error that tells what the parser says, in one line with the place."""
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
