"""The steps in reading order: file → text → records → graph → the files of a build."""
from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg import __version__
from kg.corrections import Corrections, correct, corrections_beside, is_corrections
from kg.errors import (BinaryInputError, EmptyInputError, InputError, NotANoticeError, OutputError, RectifyError,
                       UnsupportedFormatError)
from kg.extract.notice import extract_notice
from kg.lexicon import HERE as LEXICON
from kg.lexicon.overlay import Overlay, current, using
from kg.model import Notice, Warning, to_json
from kg.notebook import NoticeRead
from kg.reading import Reading, read_bytes, read_file
from kg.replace import fill_folder, replace_file, replace_folder
from kg.resolve import resolve

if TYPE_CHECKING:
    import networkx

    from kg.network.open import OpenGraph
    from kg.rdf import NoticeGraph
    from kg.reconcile import Reconciliation

Input: TypeAlias = str | Path | Reading
Words: TypeAlias = str | Path | Overlay | None
"""A user's own lexicon: its folder, or the same read already (`kg.lexicon.own.read_own`)."""

LIBRARIES = ("lxml", "networkx", "pyoxigraph", "pypdfium2", "pyvis")  # those that shape the files of a build
# What a folder may hold beside notices; one that the user names must be a notice.
FOREIGN = (NotANoticeError, BinaryInputError, UnsupportedFormatError)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each kind the graph of a notice holds; documents and bodies each counted once."""

    aspects: int
    issues: int
    measures: int
    documents: int
    bodies: int


@dataclass(frozen=True, slots=True)
class Built:
    """One notice that was built: its id, its folder, what was found, what the reader should know.

    `lines` gives the line of the file, counted from 1, that each of `warnings` speaks of.
    """

    id: str
    file: str
    folder: Path
    counts: Counts
    warnings: tuple[Warning, ...]
    lines: tuple[int, ...]

    @property
    def page(self) -> Path:
        """The page to open."""
        return self.folder / "explorer.html"


@dataclass(frozen=True, slots=True)
class Unbuilt:
    """An input that nothing came of. `foreign`: it stood in a folder and is no notice."""

    file: str
    error: RectifyError
    foreign: bool


def read(item: Input, lexicon: Words = None) -> NoticeRead:
    """Return the records of the notice in a file, with the corrections beside it, or of a text already read.

    They show themselves in a notebook, and give `.tables` (pandas), `.rows`, `.graph` (NetworkX) and `.query(sparql)`.

    Args:
        lexicon: words and patterns of your own that hold for this notice, on top of those that ship.

    Raises:
        InputError: the file cannot be read, or holds no notice.
        LexiconError: an entry of your lexicon cannot be used.
        CorrectionsError: an entry of the corrections beside the file is wrong.
    """
    with using(_overlay(lexicon)):
        return NoticeRead.of(correct(read_uncorrected(item), _corrections(item)))


def _corrections(item: Input) -> Corrections:
    return Corrections() if isinstance(item, Reading) else corrections_beside(Path(item))


def read_uncorrected(item: Input, lexicon: Words = None) -> Notice:
    """Return the records of a notice as `read` does, without the corrections beside it.

    Raises:
        InputError: the file cannot be read, or holds no notice.
        LexiconError: an entry of your lexicon cannot be used.
    """
    with using(_overlay(lexicon)), _named(_file(item)):
        return resolve(extract_notice(item if isinstance(item, Reading) else read_file(Path(item))))


def read_text(text: str, name: str = "<text>", lexicon: Words = None) -> NoticeRead:
    """Return the records of a notice given as text; `name` stands for the file in messages.

    Raises:
        InputError: the text is no notice.
    """
    return read(read_bytes(text.encode("utf-8"), name), lexicon)


def records_json(notice: Notice) -> bytes:
    """Return the records of a notice as a JSON document in UTF-8."""
    return _json(to_json(notice))


def open(path: str | Path) -> OpenGraph:
    """Open a graph for questions: a folder of builds, one build, an RDF file, a store on disk, or an endpoint's URL.

    Returns:
        A graph with `.query(sparql)`, `.ask(name)`, `.rdf` (rdflib) and `.graph` (NetworkX).

    Raises:
        GraphError: there is nothing at `path`, or it is no graph of a notice.
    """
    from kg.network.open import open_network
    return open_network(path)


def load(graph: str | Path, store: str | Path) -> int:
    """Put a graph into a store on disk, which answers without reading the files again.

    Args:
        graph: a folder of builds, one build, or an RDF file.
        store: a folder; made when it is not there. An earlier store is replaced whole.

    Returns:
        How many quads the store holds.

    Raises:
        GraphError: there is nothing at `graph`, or it is no graph of a notice.
        OutputError: the store cannot be written, or `store` is a folder of something else.
    """
    from kg.store.load import write_store
    from kg.store.sources import is_store
    target = Path(store)
    if target.is_dir() and any(target.iterdir()) and not is_store(target):
        raise OutputError("is a folder of something else: name a new one for the store", file=str(store))
    return fill_folder(target, lambda folder: write_store(Path(graph), folder))


def write_export(content: bytes | Mapping[str, bytes], out: str | Path) -> None:
    """Write what `kg.export.whole` gives: a file, or several into a folder, whose other files stay.

    Raises:
        OutputError: it cannot be written.
    """
    if isinstance(content, bytes):
        replace_file(Path(out), content)
        return
    try:
        Path(out).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror}", file=str(out)) from error
    for name, data in content.items():
        replace_file(Path(out) / name, data)


def examples() -> list[Path]:
    """Return the invented notices that come with the package, in order of name."""
    import sysconfig
    checkout, installed = Path(__file__).parent.parent, Path(sysconfig.get_path("data")) / "share" / "rectify"
    return next((found for place in (checkout, installed) if (found := sorted(place.glob("examples/court_*.txt")))), [])


def write_page(build: str | Path, page_file: str | Path) -> None:
    """Write the page of one build anew, or of several together, from their graphs and texts.

    Args:
        build: a build folder, or a folder of them.

    Raises:
        GraphError: there is no build, or one cannot be read.
        OutputError: the page cannot be written.
    """
    from kg.check.grounding import text_of
    from kg.network.joined import joined
    from kg.store.load import builds_in
    from viz.explorer import page
    folders = builds_in(Path(build))
    network, text = joined((open(folder).graph, text_of(folder)) for folder in folders)
    titles = [data["label"] for _, data in network.nodes(data=True) if data["type"] == "Notice"]
    title = f"{len(folders)} 份通报 · {len(folders)} notices" if len(folders) > 1 else titles[0] if titles else folders[0].name
    replace_file(Path(page_file), page(network, text, title))


def _overlay(lexicon: Words) -> Overlay:
    """The lexicon given, else the one that holds already."""
    if lexicon is None or isinstance(lexicon, Overlay):
        return lexicon or current()
    from kg.lexicon.own import read_own
    return read_own(lexicon)


def _file(item: Input) -> str:
    return item.source.file if isinstance(item, Reading) else str(item)


@contextmanager
def _named(file: str) -> Iterator[None]:
    """Let an error name the file as the user did: a record keeps no more than its last part."""
    try:
        yield
    except OutputError:
        raise
    except RectifyError as error:
        error.file = file
        raise


def build(inputs: Iterable[Input], out: str | Path, progress: Callable[[Built | Unbuilt], None] | None = None,
          *, lexicon: Words = None) -> list[Built]:
    """Build every notice into a folder of its own below `out`.

    Args:
        inputs: files, folders of files, or texts already read.
        out: made when it is not there. An earlier build of the same notice is replaced whole.
        progress: called after each input with what came of it.
        lexicon: words and patterns of your own, on top of those that ship.

    Returns:
        What was built, in order of the inputs.

    Raises:
        InputError: the first input that failed; all others were built before it is raised.
        LexiconError: an entry of your lexicon cannot be used; nothing is built.
        OutputError: `out` cannot be written; the rest is not tried.
    """
    outcomes = []
    for outcome in build_each(inputs, out, lexicon=lexicon):
        if progress:
            progress(outcome)
        outcomes.append(outcome)
    for outcome in outcomes:
        if isinstance(outcome, Unbuilt) and not outcome.foreign:
            raise outcome.error
    return [outcome for outcome in outcomes if isinstance(outcome, Built)]


@dataclass(frozen=True, slots=True)
class _Run:
    """What the notices built in one run share: where they go, the lexicon, the ids taken so far."""

    out: Path
    own: Overlay
    taken: dict[str, str]


def build_each(inputs: Iterable[Input], out: str | Path, *, lexicon: Words = None) -> Iterator[Built | Unbuilt]:
    """Build one notice at a time, as `build` does, and yield what came of each input.

    Raises:
        LexiconError: an entry of your lexicon cannot be used.
        OutputError: `out` cannot be written.
    """
    run = _Run(Path(out), _overlay(lexicon), {})
    for item in inputs:
        if not isinstance(item, Reading) and Path(item).is_dir():
            yield from _build_folder(Path(item), run)
        else:
            yield _build_input(item, run)


def _build_folder(folder: Path, run: _Run) -> Iterator[Built | Unbuilt]:
    found = False
    for path in _files(folder, run.out):
        outcome = _build_input(path, run)
        if isinstance(outcome, Unbuilt) and isinstance(outcome.error, FOREIGN):
            yield Unbuilt(outcome.file, outcome.error, foreign=True)
        else:
            found = True
            yield outcome
    if not found:
        yield Unbuilt(str(folder), EmptyInputError("no notice in this folder", file=str(folder)), foreign=False)


def _files(folder: Path, out: Path) -> Iterator[Path]:
    """Every file below a folder, in order of name, but nothing hidden and nothing that is a build."""
    try:
        paths = sorted(folder.iterdir())
    except PermissionError:
        yield folder  # which then fails as a file that cannot be read does
        return
    for path in paths:
        if path.name.startswith(".") or is_corrections(path) or path.resolve() == out.resolve() or (path / "manifest.json").exists():
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, out)
        elif path.is_file():
            yield path


def _build_input(item: Input, run: _Run) -> Built | Unbuilt:
    try:
        with using(run.own):
            notice, corrections = read_uncorrected(item), _corrections(item)
            return _build_notice(correct(notice, corrections), corrections, _file(item), run)
    except OutputError:
        raise
    except RectifyError as error:
        return Unbuilt(_file(item), error, foreign=False)


def _build_notice(notice: Notice, corrections: Corrections, file: str, run: _Run) -> Built:
    from kg.network.view import view  # loads NetworkX, which reading alone does not need
    from kg.rdf import notice_graph
    from kg.reconcile import reconcile
    reconciliations = reconcile(notice)
    graph = notice_graph(notice, reconciliations)
    if other := run.taken.get(graph.id):
        raise InputError(f"not built: its id {graph.id} is that of {other}, built in this run", file=file)
    network = view(graph.facts, graph.evidence, graph.inferred)
    replace_folder(run.out / graph.id, _files_of(notice, reconciliations, graph, network, corrections))
    run.taken[graph.id] = file
    return Built(graph.id, file, run.out / graph.id, _counts(notice, network), notice.warnings,
                 tuple(notice.text.count("\n", 0, warning.span.start) + 1 for warning in notice.warnings))


def _files_of(notice: Notice, reconciliations: tuple[Reconciliation, ...], graph: NoticeGraph,
              network: networkx.MultiDiGraph, corrections: Corrections) -> dict[str, bytes]:
    from kg.export.chains import chains, to_csv
    from kg.export.report import report
    from kg.rdf import graph_turtle, turtle
    from viz.explorer import page
    files = {
        "graph.ttl": graph_turtle(graph),
        "evidence.ttl": turtle(graph.evidence),
        "records.json": records_json(notice),
        "source.txt": notice.text.encode("utf-8"),
        "chains.csv": to_csv(chains(network)),
        "explorer.html": page(network, notice.text, notice.header.title or graph.id),
        "report.md": report(notice, reconciliations).encode("utf-8"),
    }
    return files | {"manifest.json": _json(_manifest(notice, graph.id, files, corrections))}


def _counts(notice: Notice, network: networkx.MultiDiGraph) -> Counts:
    from kg.network.schema import DOCUMENTS, ORGANIZATIONS
    kinds = Counter(kind for _, kind in network.nodes(data="type"))
    return Counts(len(notice.aspects), len(notice.issues), sum(len(issue.measures) for issue in notice.issues),
                  sum(kinds[kind] for kind in DOCUMENTS), sum(kinds[kind] for kind in ORGANIZATIONS))


def _manifest(notice: Notice, notice_id: str, files: Mapping[str, bytes], corrections: Corrections) -> dict[str, object]:
    """What a build was made from and by, and the hash of each file: no time, no place."""
    from importlib.metadata import version
    return {
        "notice": notice_id,
        "input": to_json(notice.source),
        "lexicon": _lexicon_hash(),
        **({"own_lexicon": current().digest} if current().digest else {}),
        **({"corrections": dict(corrections.files)} if corrections.files else {}),
        "versions": {"rectify": __version__} | {name: version(name) for name in LIBRARIES},
        "outputs": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


def _lexicon_hash() -> str:
    """One hash of all word lists and patterns: a build with another lexicon is another build."""
    total = hashlib.sha256()
    for path in sorted(LEXICON.glob("*.toml")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _json(record: object) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
