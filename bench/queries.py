"""Measure how the prepared questions grow with the graph: each on two corpora of invented notices, a hundred
thousand and a million quads, on the embedded store; rdflib beside.

    python bench/queries.py [NAME …] [--quads 100000,1000000] [--rdflib 100000] [--rounds 3]

Parameters are filled in as a user would: a document that is there, a number, a level, two dates. A time is
that of a whole `ask`, its process included, with the limit of rows that a user has by default; the least of the
rounds counts. How many times as long the larger takes is told without the time of an empty query, which does not
grow. These are aims, not tests: nothing fails here.
"""
from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from bench import clock  # noqa: E402
from invented import invented_notices  # noqa: E402
from kg.errors import QueryError  # noqa: E402
from kg.model import Notice  # noqa: E402
from kg.store import Graph, Question, Rows, open_graph, questions  # noqa: E402

PARAMETERS = {
    "impact": {"document": "审限管理办法"}, "issue": {"issue": "7"}, "binding": {"level": "基层"},
    "documents-for-level": {"level": "中级"}, "changes": {"from": "2021-03", "to": "2022"},
}
GROWTH, SECONDS = 12.0, 1.0  # aims: ten times the quads take at most that many times as long, and no longer than that
SHARED = 1.02  # of what notices hold together, they hold some in common
PATIENCE = 60.0  # seconds for rdflib


@dataclass(frozen=True)
class Corpus:
    """A graph of so many notices and quads."""

    graph: Graph
    notices: int
    quads: int


@dataclass(frozen=True)
class Timing:
    """How many rows came, and in how many seconds."""

    rows: int
    seconds: float
    truncated: bool


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how the prepared questions grow with the graph.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="questions, default all")
    parser.add_argument("--quads", default="100000,1000000", help="sizes of the two corpora, default 100000,1000000")
    parser.add_argument("--rdflib", type=int, default=100_000, metavar="QUADS", help="size for rdflib, 0 for none, default 100000")
    parser.add_argument("--rounds", type=int, default=3, help="timings of each question, default 3")
    options = parser.parse_args()
    asked = [q for q in questions() if not options.names or q.name in options.names]
    small, large = (int(n) for n in options.quads.split(","))
    with tempfile.TemporaryDirectory() as folder:
        corpora = [made(Path(folder) / str(size), size) for size in (small, large)]
        beside = made(Path(folder) / "rdflib", options.rdflib) if options.rdflib else None
        for corpus in filter(None, (*corpora, beside)):
            print(f"{corpus.notices} notices, {corpus.quads:,} quads")
        table(asked, corpora, beside, options.rounds)


def table(asked: Sequence[Question], corpora: Sequence[Corpus], beside: Corpus | None, rounds: int) -> None:
    """A line for each question."""
    one, ten = corpora
    rdflib = f"rdflib {beside.quads:,}" if beside else ""
    print(f"\n{'question':28} {'rows':>7} {'ms':>7}   {'rows':>7} {'ms':>7} {'x time':>7}   {rdflib}")
    beyond = []
    empty = [least_seconds(lambda: corpus.graph.query("ASK {}"), rounds) for corpus in corpora]
    for question in asked:
        times = [timed(question, corpus.graph, None, rounds) for corpus in corpora]
        growth = (times[1].seconds - empty[1]) / max(times[0].seconds - empty[0], 0.001)
        cells = "   ".join(f"{t.rows:6}{'+' if t.truncated else ' '} {t.seconds * 1e3:7.0f}" for t in times)
        theirs = ask_rdflib(question, beside.graph) if beside else ""
        print(f"{question.name:28} {cells} {growth:7.1f}   {theirs}", flush=True)
        if growth > GROWTH or times[1].seconds > SECONDS:
            beyond.append(question.name)
    print(f"\n{one.quads:,} and {ten.quads:,} quads; aim: at most {GROWTH:g} x the time, and under {SECONDS:g} s; +: cut off at the limit of rows")
    print(f"beyond it: {', '.join(beyond) or 'none'}")


def timed(question: Question, graph: Graph, engine: str | None, rounds: int) -> Timing:
    """Ask `rounds` times."""
    answers: list[Rows] = []
    seconds = least_seconds(lambda: answers.append(
        graph.ask(question.name, PARAMETERS.get(question.name), engine=engine, limit_seconds=PATIENCE)), rounds)
    return Timing(len(answers[0].rows), seconds, answers[0].truncated)


def least_seconds(task: Callable[[], object], rounds: int) -> float:
    """The least counts: what else runs on the machine only adds."""
    return min(clock(task) for _ in range(rounds))


def ask_rdflib(question: Question, graph: Graph) -> str:
    """Milliseconds of rdflib, once."""
    try:
        return f"{timed(question, graph, 'rdflib', 1).seconds * 1e3:7.0f} ms"
    except QueryError:
        return f"over {PATIENCE:g} s"


# ---------------------------------------------------------------- corpora


def made(folder: Path, quads: int) -> Corpus:
    """Build invented notices until they hold so many quads, and put them into a store on disk as `rectify load` does."""
    from kg.pipeline import load, read_text
    from kg.rdf import graph_turtle, notice_graph, turtle
    from kg.reconcile import reconcile
    written, number = 0, 0
    for number, text in zip(count(), invented_notices()):
        if written >= quads * SHARED:
            break
        notice = put_right(read_text(text), number)
        graph = notice_graph(notice, reconcile(notice))
        place = folder / "out" / f"{number:06}"
        place.mkdir(parents=True)
        (place / "graph.ttl").write_bytes(graph_turtle(graph))
        (place / "evidence.ttl").write_bytes(turtle(graph.evidence))
        written += len(graph.facts) + len(graph.evidence) + len(graph.inferred)
    held = load(folder / "out", folder / "store")
    graph_of_all = open_graph(folder / "store")
    if quads <= 200_000:
        graph_of_all.query("ASK {}", engine="rdflib")  # read for rdflib, once
    return Corpus(graph_of_all, number, held)


def put_right(notice: Notice, number: int) -> Notice:
    """In every other notice a user has corrected the title of an issue."""
    if number % 2:
        return notice
    first, *others = notice.issues
    return replace(notice, issues=(replace(first, corrected=("title",)), *others))


if __name__ == "__main__":
    main()
