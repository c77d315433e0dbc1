"""A query as text for another engine: its prefixes declared, its parameters written into it."""
from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import QueryError
from kg.store.guard import ESCAPE, FORMS, TOKEN
from kg.store.parts import QUERY_PREFIXES

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def form_of(sparql: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE.

    >>> form_of("PREFIX ask: <http://a/> select * {}")
    'SELECT'
    """
    words = ((token["word"] or "").upper() for token in TOKEN.finditer(sparql))
    return next((word for word in words if word in FORMS), "")


def with_prefixes(sparql: str) -> str:
    """Declare the prefixes that a query uses without declaring them, in front, so that lines keep their number."""
    tokens = list(TOKEN.finditer(sparql))
    used = {token["prefix"] for token in tokens if token["prefix"]}
    declared = {name["prefix"] for word, name in zip(tokens, tokens[1:]) if (word["word"] or "").upper() == "PREFIX"}
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in QUERY_PREFIXES.items() if name in used - declared) + sparql


def with_parameters(sparql: str, values: Mapping[str, str]) -> str:
    """Write values into a query in place of variables; where one is selected, it stays a column.

    >>> with_parameters('SELECT $w ?x WHERE { ?x <a:b> ?y FILTER(?y = $w) }', {"w": 'a"b'})
    'SELECT ("a\\\\"b" AS ?w) ?x WHERE { ?x <a:b> ?y FILTER(?y = "a\\\\"b") }'

    Raises:
        QueryError: a variable is not in the query, or a value cannot be written so that every server reads the same.
    """
    used: set[str] = set()
    parts, end, selecting, depth = [], 0, False, 0
    for token in TOKEN.finditer(sparql):
        word, mark, name = (token["word"] or "").upper(), token["mark"], (token["variable"] or "")[1:]
        selecting = word == "SELECT" or selecting and word != "WHERE" and mark != "{"
        depth += (mark == "(") - (mark == ")")
        if name in values:
            used.add(name)
            literal = _literal(values[name])
            parts += [sparql[end:token.start()], f"({literal} AS ?{name})" if selecting and not depth else literal]
            end = token.end()
    if missing := [name for name in values if name not in used]:
        raise QueryError(f"the query has no variable {missing[0]}")
    return "".join([*parts, sparql[end:]])


def _literal(value: str) -> str:
    if ESCAPE.search(value) or re.search("[\x00\ud800-\udfff]", value):
        raise QueryError("a value with a backslash and u in it, or with a character that is none, cannot be sent to an endpoint")
    return '"' + "".join(ESCAPES.get(c, c) for c in value) + '"'
