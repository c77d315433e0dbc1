"""Queries that try to read a file, to call out, or to run for ever, in every way that SPARQL has, through each engine.

A server listens for whoever calls; a file holds a secret in every form that an engine may read. Neither may
happen: not because the guard sees it, and, with the guard taken away, not because the system lets no one.
"""
from __future__ import annotations

import os
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest

from fake_endpoint import Asked, FakeEndpoint
from kg.errors import QueryError, RectifyError
from kg.store import Graph, open_graph
from kg.store.load import write_store
from kg.store.parts import FACTS
from kg.store.sources import NOTICE, TYPE
from small_notice import KEY
from test_store import ISSUES, write_build

HOLDERS = ["memory", "disk", "rdflib", "endpoint"]
SECRET = "the-secret-of-this-file"
asked: list[Asked] = []  # what reached the endpoint


@dataclass
class Trap:
    """A port that counts who calls, and a file that must not be read."""

    url: str
    file: str
    calls: list[bytes] = field(default_factory=list)


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    secret = tmp_path_factory.mktemp("secret") / "secret.ttl"
    secret.write_text(f"<http://a/s> <http://a/p> '{SECRET}' .")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Trap(f"http://127.0.0.1:{listener.getsockname()[1]}/x", secret.as_uri())
        threading.Thread(target=_answer, args=(listener, found), daemon=True).start()
        yield found
        listener.shutdown(socket.SHUT_RDWR)


def _answer(listener: socket.socket, trap: Trap) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        with caller:
            trap.calls.append(caller.recv(1000))
            caller.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_build(tmp_path_factory.mktemp("out") / KEY)


@pytest.fixture(scope="module")
def graphs(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Graph, str | None]]]:
    """Each way to hold a graph, with the engine to ask for."""
    store = tmp_path_factory.mktemp("disk") / "store"
    write_store(build, store)
    memory = open_graph(build)
    memory.query("ASK {}", engine="rdflib")
    with FakeEndpoint() as server:
        asked.clear()
        server.asked = asked
        yield {"memory": (memory, None), "rdflib": (memory, "rdflib"), "disk": (open_graph(store), None),
               "endpoint": (open_graph(server.url), None)}


ATTACKS = {
    # calling out
    "service": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "service silent": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "in small letters": "select * { service silent <URL> { ?s ?p ?o } }",
    "in both": "SELECT * { SeRvIcE <URL> { ?s ?p ?o } }",
    "by variable": "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "by a bound variable": "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "in two subqueries": "SELECT * { { SELECT * { { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } } } } }",
    "in OPTIONAL": "SELECT * { ?a ?b ?c OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "in UNION": "SELECT * { { ?a ?b ?c } UNION { SERVICE <URL> { ?s ?p ?o } } }",
    "in MINUS": "SELECT * { ?a ?b ?c MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "in FILTER EXISTS": "SELECT * { ?a ?b ?c FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "in FILTER NOT EXISTS": "SELECT * { ?a ?b ?c FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "in EXISTS in BIND": "SELECT * { BIND(EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) }",
    "in EXISTS in ORDER BY": "SELECT * { ?a ?b ?c } ORDER BY (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "in EXISTS in HAVING": "SELECT ?a { ?a ?b ?c } GROUP BY ?a HAVING(EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "in EXISTS in IF in SELECT": "SELECT (IF(EXISTS { SERVICE <URL> { ?s ?p ?o } }, 1, 2) AS ?x) {}",
    "in GRAPH": "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "in ASK": "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "in CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "in DESCRIBE": "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "service in service": "SELECT * { SERVICE <URL> { SERVICE <URL> { ?s ?p ?o } } }",
    # hiding the word
    "behind a comment": "SELECT * { # a comment\nSERVICE <URL> { ?s ?p ?o } }",
    "behind a comment of a Mac": "SELECT * { # a comment\rSERVICE <URL> { ?s ?p ?o } }",
    "with a comment between": "SELECT * { SERVICE # <http://a/>\n<URL> { ?s ?p ?o } }",
    "behind a string with a hash": "SELECT * { ?s ?p '#' . SERVICE <URL> { ?s ?p ?o } }",
    "behind an IRI with a hash": "SELECT * { ?s <http://a/#b> ?o . SERVICE <URL> { ?s ?p ?o } }",
    "behind an open quote in a comment": "SELECT * { # '\nSERVICE <URL> { ?s ?p ?o } #'\n }",
    "between quotes in IRIs": "SELECT * { ?s <http://a/'> ?o . SERVICE <URL> { ?s <http://a/'> ?o } }",
    "between quotes in long strings": "SELECT * { ?s ?p '''a'b''', 'c' . SERVICE <URL> { ?s ?p \"\"\"'''\"\"\" } }",
    "between < and >": "SELECT * { FILTER(?a<?b)SERVICE<URL>{ ?s ?p ?o FILTER(?c>?d) } }",
    "after an escaped quote": "SELECT * { ?s ?p 'a\\\\' . SERVICE <URL> { ?s ?p ?o } #' \n }",
    "as an escape": "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "as a long escape": "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
    "all escapes": "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <URL> { ?s ?p ?o } }",
    "behind an escaped end of a string": "SELECT * { ?s ?p \"a\\u0022 . SERVICE <URL> { ?s ?p ?o } #\" \n }",
    "in a string that an escape ends late": "SELECT * { ?s ?p 'a\\u005C' . \\u0053ERVICE <URL> { ?s ?p ?o } #' \n }",
    "in a comment that an escape ends": "SELECT * { # \\u000A SERVICE <URL> { ?s ?p ?o }\n }",
    "without spaces": "SELECT*{SERVICE<URL>{?s ?p ?o}}",
    "two words as one": "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "behind true": "SELECT * { ?s ?p trueSERVICE<URL>{ ?s ?p ?o } }",
    "behind a number": "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
    "behind a decimal": "SELECT * { ?s ?p 1.0e1SERVICE<URL>{ ?s ?p ?o } }",
    "as a prefix": "PREFIX : <URL/> SELECT * { SERVICE:b{ ?s ?p ?o } }",
    "as a declared prefix": "PREFIX : <URL/> PREFIX service: <http://a/> SELECT * { SERVICE:b{ ?s ?p ?o } }",
    "two words as a prefix": "PREFIX : <URL/> SELECT * { SERVICESILENT:b{ ?s ?p ?o } }",
    "behind true as a prefix": "PREFIX : <URL/> SELECT * { ?s ?p trueSERVICE:b{ ?s ?p ?o } }",
    "a prefixed name": "PREFIX x: <URL/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "by the base": "BASE <URL/> SELECT * { SERVICE <y> { ?s ?p ?o } }",
    # reading a file or a page
    "from FILE": "SELECT * FROM <FILE> { ?s ?p ?o }", "from URL": "SELECT * FROM <URL> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?s ?p ?o } }",
    "from and from named": "SELECT * FROM <http://a/> FROM NAMED <FILE> { GRAPH <FILE> { ?s ?p ?o } }",
    "from without spaces": "SELECT*FROM<FILE>{?s ?p ?o}",
    "from as a prefix": "PREFIX : <DIR> SELECT * FROM:secret.ttl { ?s ?p ?o }",
    "from named as a prefix": "PREFIX : <DIR> SELECT * FROMNAMED:secret.ttl { GRAPH ?g { ?s ?p ?o } }",
    "from of ask": "ASK FROM <FILE> { ?s ?p ?o }", "from glued to ask": "ASKFROM<FILE>{ ?s ?p ?o }",
    "from of construct": "CONSTRUCT { ?s ?p ?o } FROM <FILE> WHERE { ?s ?p ?o }",
    "from of describe": "DESCRIBE <http://a/s> FROM <FILE>",
    "from by an escape": "SELECT * FR\\u004FM <FILE> { ?s ?p ?o }",
    "from of a relative file": "BASE <FILE> SELECT * FROM <> { ?s ?p ?o }",
    "from behind a comment": "SELECT * #\nFROM <FILE> { ?s ?p ?o }",
    "dataset of Virtuoso": "DEFINE input:default-graph-uri <FILE> SELECT * { ?s ?p ?o }",
    "fetching of Virtuoso": "DEFINE get:soft 'replace' SELECT * FROM <URL> { ?s ?p ?o }",
    "function of Virtuoso": "SELECT (<bif:http_get>('URL') AS ?x) {}",
    "file function of Virtuoso": "PREFIX bif: <bif:> SELECT (bif:file_to_string('FILE') AS ?x) {}",
    "function of Virtuoso by its long name": "SELECT (<http://www.openlinksw.com/schemas/bif#http_get>('URL') AS ?x) {}",
    # updates
    "load a file": "LOAD <FILE>", "load a page": "LOAD <URL>", "load silently": "LOAD SILENT <FILE> INTO GRAPH <http://a/>",
    "load by a prefix": "PREFIX : <DIR> LOAD :secret.ttl", "load glued": "PREFIX : <DIR> LOAD:secret.ttl",
    "load by an escape": "LO\\u0041D <FILE>",
    "chain": "INSERT DATA { <a:b> <a:c> <a:d> } ; LOAD <FILE>", "query and then an update": "SELECT * { ?s ?p ?o } ; LOAD <FILE>",
    "query in the shape of a chain": "ASK {} ; DROP ALL",
    "insert where": "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }", "insert using": "INSERT { ?s ?p ?o } USING <FILE> WHERE { ?s ?p ?o }",
    "delete where": "DELETE WHERE { ?s ?p ?o }", "clear": "CLEAR ALL", "create": "CREATE GRAPH <a:b>", "with": "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
}


def filled(attack: str, trap: Trap) -> str:
    return attack.replace("DIR", trap.file.rpartition("/")[0] + "/").replace("FILE", trap.file).replace("URL", trap.url)


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_before_any_engine_sees_it(graphs: dict[str, tuple[Graph, str | None]], trap: Trap, holder: str,
                                                        attack: str) -> None:
    graph, engine = graphs[holder]
    trap.calls.clear()
    asked.clear()
    with pytest.raises(QueryError, match="refused|the query is malformed") as error:
        graph.query(filled(ATTACKS[attack], trap), engine=engine)
    assert "\n" not in str(error.value) and SECRET not in str(error.value)
    assert (trap.calls, asked) == ([], [])


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("query", [
    "SELECT * { GRAPH <FILE> { ?s ?p ?o } }", "SELECT * { GRAPH <URL> { ?s ?p ?o } }", "DESCRIBE <FILE>", "DESCRIBE <URL>",
    "ASK { GRAPH <FILE> { <http://a/s> <http://a/p> ?o } }", "SELECT * { <FILE> <URL> ?o }",
    "SELECT (<URL>(1) AS ?x) {}", "SELECT (STR(IRI('FILE')) AS ?x) { GRAPH ?g { <http://a/s> ?p ?o } }",
])
def test_an_iri_is_a_name_and_never_fetched(graphs: dict[str, tuple[Graph, str | None]], trap: Trap, holder: str, query: str) -> None:
    graph, engine = graphs[holder]
    trap.calls.clear()
    try:
        answer = graph.query(filled(query, trap), engine=engine)
    except RectifyError as error:
        assert SECRET not in str(error)
    else:
        assert SECRET not in str(answer)
    assert trap.calls == []


@pytest.mark.parametrize("holder", ["memory", "disk", "rdflib"])
@pytest.mark.parametrize("attack", ["service", "service silent", "in FILTER EXISTS", "by a bound variable", "from URL", "from FILE", "from named"])
def test_without_the_guard_the_system_refuses(graphs: dict[str, tuple[Graph, str | None]], trap: Trap, holder: str, attack: str,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    graph, engine = graphs[holder]
    monkeypatch.setattr("kg.store.refuse_unsafe", lambda sparql: None)
    monkeypatch.setattr("kg.store.engines.refuse_malformed", lambda sparql: None)
    trap.calls.clear()
    try:
        answer = graph.query(filled(ATTACKS[attack], trap), engine=engine)
    except QueryError as error:
        assert SECRET not in str(error)
    else:
        assert SECRET not in str(answer)
    assert trap.calls == []


def test_the_trap_works(trap: Trap) -> None:
    """Else the tests above prove nothing: outside of a query an engine does call and does read."""
    trap.calls.clear()
    with pytest.raises(OSError, match="404"):
        list(ox.Store().query(filled(ATTACKS["service"], trap)))  # type: ignore[arg-type]
    assert len(trap.calls) == 1
    import rdflib
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own calls to itself
        assert SECRET in str(list(rdflib.Dataset(default_union=True).query(filled(ATTACKS["from FILE"], trap))))


# ---------------------------------------------------------------- size


QUADS = 1_000_000
CROSS_JOIN = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A store of a million quads, and one more that says that it is ours."""
    folder = tmp_path_factory.mktemp("large") / "store"
    values = ",".join(map(str, range(1000)))
    lines = "".join(f"<http://a/{n}> <http://a/p{n % 7}> {values} .\n" for n in range(QUADS // 1000))
    store = ox.Store(str(folder))
    store.bulk_load(input=lines.encode(), format=ox.RdfFormat.TURTLE, to_graph=FACTS)
    store.add(ox.Quad(ox.NamedNode("http://a/0"), TYPE, NOTICE, FACTS))
    assert len(store) == QUADS + 1
    store.flush()
    del store
    return open_graph(folder)


@pytest.mark.parametrize("query", [
    CROSS_JOIN, CROSS_JOIN.replace("(COUNT(*) AS ?n)", "*") + " ORDER BY ?c", CROSS_JOIN.replace("(COUNT(*) AS ?n)", "DISTINCT *"),
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o FILTER(?a = 1) }",
    "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(100)))} }}" for i in range(6)) + " }",
])
def test_a_query_without_end_ends_at_its_limit_and_leaves_the_store_usable(large: Graph, query: str) -> None:
    before = time.monotonic()
    with pytest.raises(QueryError, match="the query (ran longer than 1 s|needed too much memory.*) and was ended"):
        large.query(query, limit_seconds=1)
    assert time.monotonic() - before < 20  # a busy machine takes its time to end a process
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no process of it is left
    assert large.query("SELECT (COUNT(*) AS ?n) { ?s a rectify:Notice }").rows == ((1,),)


MANY = 10_000
MEGABYTE = 1_000_000
HEAVY = {
    "braces": "SELECT * " + "{" * MANY + "?s ?p ?o" + "}" * MANY, "braces left open": "SELECT * " + "{" * MANY,
    "parentheses": "SELECT * { ?s ?p ?o FILTER(" + "(" * MANY + "true" + ")" * MANY + ") }",
    "square brackets": "SELECT * { " + "[ <a:b> " * MANY + "1" + " ]" * MANY + " }", "lists": "SELECT * { ?s ?p " + "( " * MANY + "1" + " )" * MANY + " }",
    "subqueries": "SELECT * { " + "{ SELECT * { " * MANY + "?s ?p ?o" + " } }" * MANY + " }",
    "OPTIONAL in OPTIONAL": "SELECT * { " + "OPTIONAL { " * MANY + "?s ?p ?o" + " }" * MANY + " }",
    "EXISTS in EXISTS": "SELECT * { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o " * MANY + " }" * MANY + " }",
    "IF in IF": "SELECT (" + "IF(true," * MANY + "1" + ",0)" * MANY + " AS ?x) {}", "paths": "SELECT * { ?s " + "^(" * MANY + "<a:b>" + ")" * MANY + " ?o }",
    "quoted triples": "SELECT * { " + "<< " * MANY + "<a:a> <a:b> <a:c>" + " >> <a:b> <a:c>" * MANY + " }",
    "exclamation marks": "SELECT * { ?s ?p ?o FILTER(" + "!" * MANY + "true) }",
    "a long sum": "SELECT (" + "+".join("1" * MANY) + " AS ?x) {}", "a long UNION": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * MANY) + " }",
    "many OPTIONAL": "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * MANY + " }",
    "many triples": "SELECT * { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(MANY)) + " }",
    "a bomb of GROUP_CONCAT": "SELECT (GROUP_CONCAT(?c) AS ?y) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "GROUP_CONCAT of GROUP_CONCAT": "SELECT (GROUP_CONCAT(?y) AS ?z) { ?s ?p ?o { SELECT (GROUP_CONCAT(?c) AS ?y) { ?a ?b ?c . ?d ?e ?f } } }",
    "CONCAT doubled": "SELECT ?v60 { BIND('a' AS ?v0)" + "".join(f" BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(60)) + " }",
    "REPLACE doubled": "SELECT (" + "REPLACE(" * 40 + "'a'" + ", '.', '$0$0$0$0')" * 40 + " AS ?x) {}",
    "a regular expression that goes back": "SELECT * { ?s ?p ?o FILTER REGEX('" + "a" * 40 + "', '(a+)+$b') }",
    "a regular expression that is large": "SELECT * { ?s ?p ?o FILTER REGEX('a', '((a{1,900}){1,900}){1,900}') }",
    "a number of a million digits": "SELECT ('1e999999'^^<http://www.w3.org/2001/XMLSchema#decimal> AS ?x) {}",
    "a megabyte in quotes": "SELECT * { ?s ?p '" + "a" * MEGABYTE + "' }", "a megabyte after a quote": "SELECT * { ?s ?p '" + "a" * MEGABYTE,
    "a megabyte in an IRI": "SELECT * { ?s ?p <http://a/" + "a" * MEGABYTE + "> }", "a megabyte of <": "SELECT * { ?s ?p " + "<" * MEGABYTE,
    "a megabyte of quotes": "SELECT * { ?s ?p " + '"' * MEGABYTE, "a megabyte of long quotes": "SELECT * { ?s ?p " + '"""a' * (MEGABYTE // 4),
    "a megabyte of backslashes": "SELECT * { ?s ?p '" + "\\" * MEGABYTE, "a megabyte of escapes": "SELECT * { ?s ?p '" + "\\u0061" * (MEGABYTE // 6) + "' }",
    "a megabyte of a name": "SELECT * { ?" + "a" * MEGABYTE + " ?p ?o }", "a megabyte of a word": "SELECT * { " + "SERVIC" * (MEGABYTE // 6) + " }",
    "a megabyte of a comment": "SELECT * { ?s ?p ?o } #" + "a" * MEGABYTE, "a megabyte of lines": "SELECT * {" + "\n" * MEGABYTE + " ?s ?p ?o }",
    "a megabyte of colons": "SELECT * { ?s " + ":" * MEGABYTE + " ?o }", "a megabyte of values": "SELECT * { VALUES ?x { " + "1 " * (MEGABYTE // 2) + "} }",
    "NUL in quotes": "SELECT * { ?s ?p '\0' }", "NUL outside": "SELECT * {\0 ?s ?p ?o }", "NUL in an IRI": "SELECT * { ?s ?p <a:\0> }",
    "half a character": "SELECT * { ?s ?p '\ud800' }", "half a character as an escape": "SELECT * { ?s ?p '\\uD800' }",
    "an escape beyond the last": "SELECT * { ?s ?p '\\UFFFFFFFF' }", "an escape that breaks off": "SELECT * { ?s ?p '\\u00' }",
    "marks of direction": "\u202eSELECT * { ?s ?p ?o }", "LIMIT beyond all numbers": "SELECT * { ?s ?p ?o } LIMIT " + "9" * 30,
}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("query", HEAVY)
def test_a_heavy_query_gives_rows_or_one_line_and_ends(graphs: dict[str, tuple[Graph, str | None]], holder: str, query: str) -> None:
    """Whatever an engine makes of it: it lives in a process of its own, and the store is usable afterwards."""
    graph, engine = graphs[holder]
    before = time.monotonic()
    try:
        answer = graph.query(HEAVY[query], engine=engine, limit_rows=100, limit_seconds=1)
    except RectifyError as error:
        told = str(error)
        assert len(told) < 600 and told.isprintable() and "0x" not in told  # no address of an object
    else:
        assert len(answer.rows) <= 100
    assert time.monotonic() - before < 20  # a busy machine takes its time to end a process
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    if holder != "endpoint":
        assert len(graph.query(ISSUES, engine=engine).rows) == 3


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize(("query", "cause"), [
    ("braces", "1:110: more than 100 brackets within brackets are refused"), ("square brackets", "more than 100 brackets within brackets are refused"),
    ("exclamation marks", "the query needed too much memory, or is too long for the engine, and was ended"),
    ("half a character", "1:19: here is half a character"),
])
def test_what_is_wrong_with_a_heavy_query_is_said(graphs: dict[str, tuple[Graph, str | None]], holder: str, query: str, cause: str) -> None:
    graph, engine = graphs[holder]
    with pytest.raises(QueryError, match=cause):
        graph.query(HEAVY[query], engine=engine)


def test_an_answer_that_no_one_can_read_is_refused(graphs: dict[str, tuple[Graph, str | None]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.limits.MAX_ANSWER", 2 * 1024 ** 2)
    graph, _ = graphs["memory"]
    doubled = "SELECT ?v22 { BIND('a' AS ?v0)" + "".join(f" BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(22)) + " }"
    with pytest.raises(QueryError, match="the answer is larger than 2 MB"):
        graph.query(doubled)
    assert len(graph.query(ISSUES).rows) == 3


def test_the_guard_is_no_obstacle(graphs: dict[str, tuple[Graph, str | None]]) -> None:
    for holder in ("memory", "disk", "rdflib"):
        graph, engine = graphs[holder]
        assert len(graph.query(ISSUES, engine=engine).rows) == 3
