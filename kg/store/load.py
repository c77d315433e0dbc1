"""Files → a store of named graphs: a build folder, a folder of builds, or one RDF file, each checked."""
from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.parts import EVIDENCE, FACTS, INFERRED, once_each
from kg.vocab import INFERRED_MARK, NAMESPACE

GRAPH_FILE, EVIDENCE_FILE = "graph.ttl", "evidence.ttl"
SUFFIXES = ("ttl", "nt", "nq", "trig", "rdf", "xml", "owl", "jsonld", "json", "n3")
DATASETS = (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.JSON_LD)  # that can name graphs
PLACE = re.compile(r" ?at line (\d+)(?: between columns (\d+) and (?:line \d+ column )?\d+| column (\d+)| and line \d+)?:? ?")
DIRECT, DEPENDS = ox.NamedNode(NAMESPACE + "directlyDependsOn"), ox.NamedNode(NAMESPACE + "dependsOn")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of RDF from a file, and the graph that its triples belong to. `start`: where in the file it begins."""

    data: bytes
    form: ox.RdfFormat
    file: Path
    graph: ox.NamedNode
    start: int = 0


def read_store(path: Path) -> ox.Store:
    """Read a build folder, a folder of build folders, or an RDF file into memory.

    Raises:
        GraphError: there is nothing at `path`, or it is no RDF, empty, or no graph of this ontology.
    """
    store = ox.Store()
    files = rdf_files(path)
    for piece in chain.from_iterable(map(_pieces, files)):
        with _told(piece):
            if piece.form in DATASETS:
                store.bulk_extend(_quads(piece))
            else:
                store.load(input=piece.data, format=piece.form, to_graph=piece.graph)  # no Python object a triple
    _join(store, len(files))
    _refuse_foreign(store, path)
    return store


def write_store(path: Path, folder: Path) -> int:
    """Read what `read_store` reads into a new store on disk, with no more than one file in memory.

    Returns:
        How many quads it holds.

    Raises:
        GraphError: as `read_store`.
        OSError: the folder cannot be written.
    """
    store, files = ox.Store(str(folder)), rdf_files(path)
    store.bulk_extend(quad for file in files for piece in _pieces(file) for quad in _told_quads(piece))
    _join(store, len(files))
    _refuse_foreign(store, path)
    store.optimize()
    store.flush()
    return len(store)


def _join(store: ox.Store, files: int) -> None:
    """Make one graph of several notices: dependencies from one to another, and each triple in one named graph only."""
    if files > 1:
        from kg.inference import closure_across  # 7 ms that one build alone can do without
        across = closure_across(chain(store.quads_for_pattern(None, DIRECT, None), store.quads_for_pattern(None, DEPENDS, None)))
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, INFERRED) for t in across)
    once_each(store)


# ---------------------------------------------------------------- files


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


def rdf_files(path: Path) -> list[Path]:
    """Return the files that hold the graph at `path`, in order of name.

    Raises:
        GraphError: there are none.
    """
    try:
        if not path.exists():
            raise GraphError("no such file or folder", file=str(path))
        if not path.is_dir():
            return [path]
        return [folder / GRAPH_FILE for folder in builds_in(path)]
    except OSError as error:
        raise GraphError(f"cannot be read: {error.strerror}", file=str(path)) from error


def _pieces(file: Path) -> Iterator[Piece]:
    """The pieces of a file: of a graph.ttl also the evidence beside it. One without evidence still has its facts."""
    form = _form(file)
    facts, mark, inferred = _bytes(file).partition(INFERRED_MARK)
    yield Piece(facts, form, file, FACTS)
    if mark:
        yield Piece(inferred, form, file, INFERRED, len(facts) + len(mark))
    proof = file.with_name(EVIDENCE_FILE)
    if file.name == GRAPH_FILE and proof.exists():
        yield Piece(_bytes(proof), form, proof, EVIDENCE)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise GraphError(f"cannot be read: {error.strerror}", file=str(file)) from error


def _form(file: Path) -> ox.RdfFormat:
    suffix = file.suffix.lower().lstrip(".")
    form = ox.RdfFormat.from_extension("rdf" if suffix == "owl" else suffix) if suffix in SUFFIXES else None
    if form is None:
        raise GraphError(f"is no RDF file: its name ends in none of .{', .'.join(SUFFIXES)}", file=str(file))
    return form


def _quads(piece: Piece) -> Iterator[ox.Quad]:
    """The quads of a piece; those of a graph of another name are facts."""
    for q in ox.parse(piece.data, format=piece.form):
        graph = q.graph_name if q.graph_name in (EVIDENCE, INFERRED) else piece.graph
        yield ox.Quad(q.subject, q.predicate, q.object, graph)


def _told_quads(piece: Piece) -> Iterator[ox.Quad]:
    with _told(piece):
        yield from _quads(piece)


@contextmanager
def _told(piece: Piece) -> Iterator[None]:
    """Turn what the parser says into one line that names the place."""
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise _malformed(str(error), piece) from error


def _malformed(message: str, piece: Piece) -> GraphError:
    place = PLACE.search(message)
    cause = re.sub(r" \(line \d+\)$|^Parser error", "", PLACE.sub("", message)).strip(" :")
    line = int(place[1]) + _bytes(piece.file)[:piece.start].count(b"\n") if place else None
    return GraphError(f"is not valid {piece.form.name}: {cause}", file=str(piece.file), line=line,
                      column=int(place[2] or place[3]) if place and (place[2] or place[3]) else None)


def _refuse_foreign(store: ox.Store, path: Path) -> None:
    if not len(store):
        raise GraphError("holds no triples", file=str(path))
    if not any(q.predicate.value.startswith(NAMESPACE) for q in store):
        raise GraphError("is RDF, but no graph of a rectification notice", file=str(path))
