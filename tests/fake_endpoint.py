"""A server that stands for a SPARQL endpoint: it answers what a test tells it to, and keeps what it was asked."""
from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

JSON = "application/sparql-results+json"


class Asked(NamedTuple):
    """A request. `fields` are those of the address and of the form."""

    method: str
    path: str
    fields: dict[str, list[str]]
    headers: dict[str, str]


class Answer(NamedTuple):
    """What to answer. `seconds`: after how long; `cut`: leave the last bytes out."""

    content: bytes
    media: str = JSON
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    cut: int = 0


def results(columns: list[str], *rows: dict[str, dict[str, str]]) -> Answer:
    """The answer to a SELECT."""
    return Answer(json.dumps({"head": {"vars": columns}, "results": {"bindings": rows}}).encode())


def true() -> Answer:
    """The answer to an ASK."""
    return Answer(b'{"head": {}, "boolean": true}')


class FakeEndpoint:
    """Answers ASK with true, and anything else as `answer` says."""

    def __init__(self, answer: Callable[[Asked], Answer] | None = None) -> None:
        self.asked: list[Asked] = []
        self.answer = answer or (lambda asked: results(["x"]))
        self._stop = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/sparql"

    def __enter__(self) -> FakeEndpoint:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._take(parse_qs(urlsplit(self.path).query))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._take(parse_qs(urlsplit(self.path).query) | parse_qs(body))

            def _take(self, fields: dict[str, list[str]]) -> None:
                asked = Asked(self.command, self.path, fields, dict(self.headers))
                fake.asked.append(asked)
                is_ask = fields.get("query", [""])[0].startswith("ASK") and asked.path.startswith("/sparql")
                self._give(true() if is_ask else fake.answer(asked))

            def _give(self, answer: Answer) -> None:
                fake._stop.wait(answer.seconds)
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.media)
                self.send_header("Content-Length", str(len(answer.content)))
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.content[:len(answer.content) - answer.cut])

            def log_message(self, *_: Any) -> None:
                pass
        return Handler
