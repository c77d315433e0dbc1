"""The client of an endpoint against a server that answers in every wrong way."""
from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator

import pytest

from fake_endpoint import Answer, Asked, FakeEndpoint, results
from kg.errors import GraphError, QueryError, RectifyError
from kg.store import Graph, open_graph
from kg.store.rewrite import with_parameters, with_prefixes
from kg.store.transport import LONGEST_URL, Address

QUERY = "SELECT ?x ?y { ?x rdfs:label ?y }"
Start = Callable[..., tuple[Graph, FakeEndpoint]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers that answer as told, and opens them."""
    running: list[FakeEndpoint] = []

    def started(answer: Answer | Callable[[Asked], Answer]) -> tuple[Graph, FakeEndpoint]:
        server = FakeEndpoint(answer if callable(answer) else lambda asked: answer).__enter__()
        running.append(server)
        return open_graph(server.url), server

    yield started
    for server in running:
        server.__exit__()


# ---------------------------------------------------------------- answers


def test_rows_of_every_kind(start: Start) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    graph, _ = start(results(["x", "y"],
                             {"x": {"type": "uri", "value": "http://a/甲"}, "y": {"type": "literal", "value": "乙", "xml:lang": "zh"}},
                             {"x": {"type": "typed-literal", "value": "3", "datatype": xsd + "integer"}},
                             {"x": {"type": "literal", "value": "2.50", "datatype": xsd + "decimal"}, "y": {"type": "bnode", "value": "nodeID://17"}},
                             {"x": {"type": "literal", "value": "1", "datatype": xsd + "boolean"}, "y": {"type": "bnode", "value": "nodeID://17"}}))
    answer = graph.query(QUERY)
    assert answer.columns == ("x", "y") and not answer.truncated
    assert answer.rows == (("http://a/甲", "乙"), (3, None), (2.5, "_:b0"), (True, "_:b0"))


def test_rows_beyond_the_limit_are_cut(start: Start) -> None:
    graph, _ = start(results(["x"], *({"x": {"type": "literal", "value": str(n)}} for n in range(5))))
    answer = graph.query(QUERY, limit_rows=2)
    assert answer.rows == (("0",), ("1",)) and answer.truncated


@pytest.mark.parametrize(("media", "content"), [
    ("text/turtle", b"<http://a/s> <http://a/p> 'o' ."), ("application/n-triples", b'<http://a/s> <http://a/p> "o" .\n'),
    ("text/plain", b'<http://a/s> <http://a/p> "o" .\n'), ("text/turtle; charset=utf-8", b"<http://a/s> <http://a/p> 'o', 'o' ."),
    ("application/rdf+xml", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/">'
                            b'<rdf:Description rdf:about="http://a/s"><a:p>o</a:p></rdf:Description></rdf:RDF>')])
def test_a_graph_in_the_form_that_the_server_likes(start: Start, media: str, content: bytes) -> None:
    graph, _ = start(Answer(content, media))
    assert graph.query("CONSTRUCT WHERE { ?s ?p ?o }").rows == (("http://a/s", "http://a/p", "o"),)


def test_an_answer_that_is_less_than_the_server_holds_is_not_taken_for_all(start: Start) -> None:
    graph, _ = start(lambda asked: results(["n"], {"n": {"type": "literal", "value": "2", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}})
                     if "COUNT" in asked.fields["query"][0] else Answer(b"<http://a/s> <http://a/p> 'o' .", "text/turtle"))
    with pytest.raises(GraphError, match="gives 1 of 2 triples: it limits the size of its answers"):
        graph.parts.facts


# ---------------------------------------------------------------- requests


def test_what_is_sent(start: Start) -> None:
    graph, server = start(results(["x", "y"]))
    graph.query(QUERY)
    asked = server.asked[-1]
    assert asked.method == "GET" and asked.headers["Accept"] == "application/sparql-results+json"
    assert asked.fields["query"] == ["PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + QUERY]
    graphs = [f"https://w3id.org/rectify/id/graph/{name}" for name in ("facts", "evidence", "inferred")]
    assert asked.fields["default-graph-uri"] == asked.fields["named-graph-uri"] == graphs
    assert "Authorization" not in asked.headers


def test_a_long_query_is_posted(start: Start) -> None:
    graph, server = start(results(["x", "y"]))
    query = QUERY.replace("}", f"FILTER(?y != '{'长' * LONGEST_URL}') }}")
    graph.query(query)
    asked = server.asked[-1]
    assert asked.method == "POST" and asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.fields["query"][0].endswith(query) and len(asked.fields["default-graph-uri"]) == 3


def test_an_endpoint_without_our_named_graphs_is_asked_as_it_is(start: Start) -> None:
    no = Answer(b'{"head": {}, "boolean": false}')
    with FakeEndpoint(lambda asked: no if "GRAPH" in asked.fields["query"][0] else Answer(b'{"head": {}, "boolean": true}')) as server:
        url = server.url.replace("/sparql", "/query?tenant=1")
        graph = open_graph(url)
        assert [asked.fields["tenant"] for asked in server.asked] == [["1"], ["1"]]
        assert graph.query("ASK { ?s ?p ?o }").rows == ((True,),)
        assert "default-graph-uri" not in server.asked[-1].fields
        assert graph.parts.evidence == ()
    with FakeEndpoint(lambda asked: no) as server:
        with pytest.raises(GraphError, match="is an endpoint, but holds no rectification notice"):
            open_graph(server.url.replace("/sparql", "/query"))
        graph = open_graph(server.url + "?default-graph-uri=http://a/")
        assert len(server.asked) == 3, "one that names its graphs keeps them"
        graph.query("ASK {}")
        assert server.asked[-1].fields["default-graph-uri"] == ["http://a/"]


def test_nothing_goes_through_a_proxy_to_this_machine(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.delenv("no_proxy", raising=False)
    graph, _ = start(results(["x", "y"]))
    assert graph.query(QUERY).rows == ()


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize(("answer", "kind", "words"), [
    (Answer(b"<html>hello</html>", "text/html"), GraphError, "is no SPARQL endpoint: the answer is text/html, and no result of a query"),
    (Answer(b"{}", "application/json"), GraphError, "is no SPARQL endpoint: the answer is JSON of another kind"),
    (Answer(b"[1]", "application/json"), GraphError, "is no SPARQL endpoint: the answer is JSON"),
    (Answer(b'{"head": {"vars": ["x"]}, "results": {"bindings": [1]}}'), GraphError, "JSON of another kind"),
    (Answer(b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri"}}]}}'), GraphError, "JSON of another kind"),
    (Answer(b'{"head":'), GraphError, "the answer is no JSON"),
    (Answer(b"[" * 100_000), GraphError, "the answer is no JSON"),
    (Answer(b"\xff\xfe"), GraphError, "the answer is no JSON"),
    (Answer(b'{"head": {"vars": []}}', cut=5), GraphError, "the endpoint broke off"),
    (Answer(b"", status=401), GraphError, "wants a name and a password (401)"),
    (Answer(b"", status=403), GraphError, "forbids it (403)"),
    (Answer(b"", status=404), GraphError, "is no endpoint: there is no such page (404)"),
    (Answer(b"line 3:\nno such \x1b[31mfunction", "text/plain", 400), QueryError,
     "the endpoint did not take the query (400): line 3: no such [31mfunction"),
    (Answer("忙".encode() * 1000, "text/plain", 503), QueryError, "the endpoint failed (503): " + "忙" * 100),
    (Answer(b"", status=500), QueryError, "the endpoint failed (500): Internal Server Error"),
    (Answer(b"", status=302, headers=(("Location", "http://127.0.0.1:9/sparql"),)), GraphError,
     "sends to another address: give that one, if you trust it: http://127.0.0.1:9/sparql"),
    (Answer(b"", status=302, headers=(("Location", "//elsewhere.example/sparql"),)), GraphError, "sends to another address"),
    (Answer(b"", status=301, headers=(("Location", "file:///etc/passwd"),)), QueryError, "Redirection to url 'file:///etc/passwd' is not allowed"),
    (Answer(b"", status=307, headers=(("Location", "ftp://a/b"),)), GraphError, "sends to another address"),
    (Answer(b"", status=302), RectifyError, "302"),
])
def test_a_wrong_answer_gets_one_line_that_names_the_endpoint(start: Start, answer: Answer, kind: type[RectifyError], words: str) -> None:
    graph, server = start(answer)
    with pytest.raises(kind) as error:
        graph.query(QUERY)
    assert words in str(error.value) and str(error.value).startswith(server.url + ": ") and str(error.value).isprintable()
    assert len(str(error.value)) < 400


def test_a_graph_that_is_none(start: Start) -> None:
    graph, _ = start(Answer(b"<http://a/s> <http://a/p>", "text/turtle"))
    with pytest.raises(GraphError, match="the answer is no Turtle"):
        graph.query("CONSTRUCT WHERE { ?s ?p ?o }")
    graph, _ = start(Answer(b"<http://a/s> <http://a/p> 'o' .\n<http://a/s>", "text/turtle", cut=12))
    with pytest.raises(GraphError, match="the endpoint broke off"):
        graph.query("CONSTRUCT WHERE { ?s ?p ?o }")
    graph, _ = start(results(["x"]))
    with pytest.raises(GraphError, match=r"the answer is application/sparql-results\+json"):
        graph.query("CONSTRUCT WHERE { ?s ?p ?o }")


def test_an_answer_without_end_is_not_read_to_the_end(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.transport.MAX_BYTES", 1024)
    graph, _ = start(Answer(b" " * 2000))
    with pytest.raises(QueryError, match="the answer is larger than"):
        graph.query(QUERY)


def test_a_server_that_does_not_answer_is_not_waited_for(start: Start) -> None:
    graph, _ = start(Answer(b"{}", seconds=30))
    before = time.monotonic()
    with pytest.raises(QueryError, match="ran longer than 0.5 s"):
        graph.query(QUERY, limit_seconds=0.5)
    assert time.monotonic() - before < 10


def test_a_redirect_on_the_same_host_is_followed(start: Start) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.path.startswith("/moved"):
            return results(["x", "y"], {"x": {"type": "literal", "value": "arrived"}})
        return Answer(b"", status=308, headers=(("Location", "/moved?" + asked.path.partition("?")[2]),))
    graph, server = start(answer)
    assert graph.query(QUERY).rows == (("arrived", None),)
    assert server.asked[-1].fields["query"][0].endswith(QUERY)


def test_a_redirect_that_turns_in_circles(start: Start) -> None:
    graph, _ = start(Answer(b"", status=302, headers=(("Location", "/moved?query=x"),)))
    with pytest.raises(RectifyError, match="302"):
        graph.query(QUERY)


@pytest.mark.parametrize(("url", "words"), [
    ("http://127.0.0.1:9/sparql", "http://127.0.0.1:9/sparql: cannot be reached: Connection refused"),
    ("ftp://a/b", "ftp://a/b: is no address of an endpoint: use http:// or https://"),
    ("file:///etc/passwd", "file:///etc/passwd: is no address of an endpoint"),
    ("http://", "is no address of an endpoint"), ("http:///sparql", "is no address of an endpoint"), ("http://a:99999/", "is no address of an endpoint"),
    ("http://a b/", "it holds a space"), ("http://a/\r\nX: y", "it holds a space"),
    ("http://name:secret@example.org/", "http://example.org/: would send the password in the open: use https://"),
])
def test_an_address_that_is_none(url: str, words: str) -> None:
    with pytest.raises(GraphError) as error:
        open_graph(url)
    assert words in str(error.value) and "secret" not in str(error.value)


# ---------------------------------------------------------------- credentials


def test_a_password_goes_to_the_endpoint_and_nowhere_else() -> None:
    with FakeEndpoint() as other, FakeEndpoint() as server:
        server.answer = lambda asked: Answer(b"", status=302, headers=(("Location", other.url),))
        url = server.url.replace("://", "://na%20me:se%40cret@")
        graph = open_graph(url)
        with pytest.raises(GraphError) as error:
            graph.query(QUERY)
        assert server.asked[-1].headers["Authorization"] == "Basic " + base64.b64encode(b"na me:se@cret").decode()
        assert "cret" not in server.asked[-1].path and other.asked == []
        server.answer = lambda asked: Answer(b"", status=500)
        with pytest.raises(QueryError) as failed:
            graph.query(QUERY)
        for told in (str(error.value), str(failed.value)):
            assert told.startswith(server.url) and "cret" not in told


def test_an_address_is_shown_without_its_password() -> None:
    address = Address.of("https://u:p@a.example:8443/q?x=1#y")
    assert (address.url, address.shown) == ("https://a.example:8443/q?x=1", "https://a.example:8443/q?x=1#y")
    assert Address.of("http://[::1]:80/").url == "http://[::1]:80/"


# ---------------------------------------------------------------- the query as text


@pytest.mark.parametrize(("query", "values", "written"), [
    ("SELECT $a ?b { ?b ?c $a }", {"a": "甲"}, 'SELECT ("甲" AS ?a) ?b { ?b ?c "甲" }'),
    ("SELECT (STRLEN($a) AS ?n) WHERE { FILTER(?x = ?a) }", {"a": "x"}, 'SELECT (STRLEN("x") AS ?n) WHERE { FILTER(?x = "x") }'),
    ("SELECT ?ab { ?ab ?b '?a $a' # $a\n }", {"ab": "x"}, "SELECT (\"x\" AS ?ab) { \"x\" ?b '?a $a' # $a\n }"),
    ("SELECT * { { SELECT $a { ?s ?p $a } } }", {"a": 'q"\\\n\t\r'}, 'SELECT * { { SELECT ("q\\"\\\\\\n\\t\\r" AS ?a) { ?s ?p "q\\"\\\\\\n\\t\\r" } } }'),
])
def test_values_are_written_into_a_query(query: str, values: dict[str, str], written: str) -> None:
    assert with_parameters(query, values) == written


@pytest.mark.parametrize("value", ["\\u0022 } #", "\\U00000022", "\x00", "\ud800"])
def test_a_value_that_servers_read_differently_is_not_sent(start: Start, value: str) -> None:
    graph, server = start(results(["x"]))
    before = len(server.asked)
    with pytest.raises(QueryError, match="cannot be sent to an endpoint"):
        graph.query("SELECT ?x { ?x ?y $v }", parameters={"v": value})
    with pytest.raises(QueryError, match="the query has no variable w"):
        graph.query("SELECT ?x { ?x ?y $v }", parameters={"w": "x"})
    assert len(server.asked) == before


def test_only_prefixes_that_a_query_lacks_are_declared() -> None:
    assert with_prefixes("PREFIX rdfs: <http://a/> SELECT * { ?s rdfs:x rc:y }") == (
        "PREFIX rc: <https://w3id.org/rectify/concept/> PREFIX rdfs: <http://a/> SELECT * { ?s rdfs:x rc:y }")
    assert with_prefixes("SELECT * { ?s ?p 'rc:y' }") == "SELECT * { ?s ?p 'rc:y' }"


def test_what_is_sent_is_what_json_can_hold(start: Start) -> None:
    graph, server = start(results(["x"]))
    graph.query("SELECT ?x { ?x ?y '😀<>&\"' }")
    assert json.dumps(server.asked[-1].fields["query"][0]).endswith('\'\\ud83d\\ude00<>&\\"\' }"')
