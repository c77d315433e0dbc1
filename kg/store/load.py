"""Files → triples: a build folder, a folder of builds, or one RDF file, each checked."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import GraphError
from kg.inference import closure_across
from kg.vocab import INFERRED_MARK, NAMESPACE

DEFAULT = ox.DefaultGraph()
GRAPH_FILE, EVIDENCE_FILE = "graph.ttl", "evidence.ttl"
SUFFIXES = ("ttl", "nt", "nq", "trig", "rdf", "xml", "owl", "jsonld", "json", "n3")
PLACE = re.compile(r" ?at line (\d+)(?: between columns (\d+) and (?:line \d+ column )?\d+| column (\d+)| and line \d+)?:? ?")


Quads: TypeAlias = tuple[ox.Quad, ...]


@dataclass(frozen=True)
class Parts:
    """The parts of a graph, as `kg.rdf` made them; a file that is no build has facts only.

    `quads` are the same three as the engine takes them, all in the default graph: a query needs no
    more, and 14,000 triples made for nothing would cost it 40 ms.
    """

    quads: tuple[Quads, Quads, Quads]

    @cached_property
    def facts(self) -> tuple[ox.Triple, ...]:
        """What the notice says."""
        return _triples(self.quads[0])

    @cached_property
    def evidence(self) -> tuple[ox.Triple, ...]:
        """Where it says so."""
        return _triples(self.quads[1])

    @cached_property
    def inferred(self) -> tuple[ox.Triple, ...]:
        """What follows from the facts."""
        return _triples(self.quads[2])


def _triples(quads: Quads) -> tuple[ox.Triple, ...]:
    return tuple(ox.Triple(q.subject, q.predicate, q.object) for q in quads)


def read_parts(path: Path) -> Parts:
    """Read a build folder, a folder of build folders, or an RDF file.

    Raises:
        GraphError: there is nothing at `path`, or it is no RDF, empty, or no graph of this ontology.
    """
    try:
        if not path.exists():
            raise GraphError("no such file or folder", file=str(path))
        parts = _read_folder(path) if path.is_dir() else Parts((_quads(path.read_bytes(), path), (), ()))
    except OSError as error:
        raise GraphError(f"cannot be read: {error.strerror}", file=str(path)) from error
    _refuse_foreign(parts, path)
    return parts


def builds_in(path: Path) -> list[Path]:
    """Return `path` when it is a build, else the builds in it, in order of name. A hidden folder is none: it is
    being written, or was left by a build that was killed.

    Raises:
        GraphError: there is none.
    """
    if (path / GRAPH_FILE).exists():
        return [path]
    found = [file.parent for file in sorted(path.glob(f"[!.]*/{GRAPH_FILE}"))]
    if not found:
        raise GraphError(f"holds no build: neither it nor a folder in it has a {GRAPH_FILE}", file=str(path))
    return found


def _read_folder(path: Path) -> Parts:
    builds = [_read_build(folder) for folder in builds_in(path)]
    return builds[0] if len(builds) == 1 else _joined(builds)


def _read_build(folder: Path) -> Parts:
    """Read one build folder; one without evidence still has its facts."""
    path = folder / GRAPH_FILE
    facts, _, inferred = path.read_bytes().partition(INFERRED_MARK)
    proof = folder / EVIDENCE_FILE
    return Parts((_quads(facts, path), _quads(proof.read_bytes(), proof) if proof.exists() else (), _quads(inferred, path)))


def _joined(builds: Sequence[Parts]) -> Parts:
    """Several notices as one graph: documents meet, and dependencies run on from one notice to another."""
    facts, evidence, inferred = (_unique(q for build in builds for q in build.quads[part]) for part in range(3))
    across = closure_across((*facts, *inferred))
    return Parts((facts, evidence, (*inferred, *(ox.Quad(t.subject, t.predicate, t.object) for t in across))))


def _unique(quads: Iterable[ox.Quad]) -> Quads:
    return tuple(dict.fromkeys(quads))


def _quads(data: bytes, path: Path) -> Quads:
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in SUFFIXES:
        raise GraphError(f"is no RDF file: its name ends in none of .{', .'.join(SUFFIXES)}", file=str(path))
    form = ox.RdfFormat.from_extension("rdf" if suffix == "owl" else suffix)
    try:
        return tuple(q if q.graph_name == DEFAULT else ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(data, format=form))
    except (SyntaxError, ValueError) as error:
        raise _malformed(str(error), form, path) from error


def _malformed(message: str, form: ox.RdfFormat | None, path: Path) -> GraphError:
    place = PLACE.search(message)
    cause = re.sub(r" \(line \d+\)$|^Parser error", "", PLACE.sub("", message)).strip(" :")
    return GraphError(f"is not valid {form.name if form else 'RDF'}: {cause}", file=str(path), line=int(place[1]) if place else None,
                      column=int(place[2] or place[3]) if place and (place[2] or place[3]) else None)


def _refuse_foreign(parts: Parts, path: Path) -> None:
    if not parts.quads[0]:
        raise GraphError("holds no triples", file=str(path))
    if not any(q.predicate.value.startswith(NAMESPACE) for q in parts.quads[0]):
        raise GraphError("is RDF, but no graph of a rectification notice", file=str(path))
