"""The command line: each verb turns its flags into one call, and prints what comes back.

Exit codes: 0 clean, 1 findings, 2 unusable input or usage.
"""
from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg.errors import InputError, RectifyError

if TYPE_CHECKING:
    from kg.pipeline import Built, Counts, Input, Unbuilt
    from kg.store import Rows

CLEAN, FINDINGS, UNUSABLE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
WARNINGS_SHOWN = 5  # of one notice; all of them are in its report.md
# New objects between two looks for garbage in circles. A build makes half a million objects that live to its
# end: with Python's 700 it takes a tenth longer (measured 2026-11, Python 3.11).
GARBAGE = 100_000
EXCERPT = 76  # characters of a faulty line
PAGES_SHOWN = 10  # of one run
KINDS_OF_FINDING = {"ungrounded": "无出处 ungrounded", "contradiction": "自相矛盾 contradiction", "violation": "违例 violation",
                    "warning": "提醒 warning", "info": "提示 info"}
WIDEST = 10_000  # columns of a table that goes into a file or another program


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure a user can cause is one line."""
    _speak_any_script()
    gc.set_threshold(GARBAGE)
    try:
        status = cli.main(arguments, prog_name="rectify", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else CLEAN
    except RectifyError as error:
        _tell_error(error)
    except click.exceptions.NoArgsIsHelpError as error:
        _tell(error.format_message())
    except click.ClickException as error:
        _tell_usage(error)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the latter is click's answer to a reader that went away
        _drop_output()
        return PIPE_CLOSED
    except OSError as error:
        if error.filename is not None:
            raise
        _drop_output()
        _tell(f"error: standard output: {error.strerror}")
    return UNUSABLE


def _drop_output() -> None:
    """Let go of what standard output did not take: else Python tries again at its end, and complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_any_script() -> None:
    """A terminal that cannot show a character gets an escape in its place, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _tell_error(error: RectifyError) -> None:
    _tell(f"error: {_one_line(str(error))}")
    if error.excerpt:
        _tell("\n".join(f"  {line}" for line in _marked(error.excerpt, error.column)))


def _marked(excerpt: str, column: int | None) -> tuple[str, str]:
    """Up to `EXCERPT` characters around a column, and a line that marks it."""
    start = max(0, (column or 1) - 1 - EXCERPT // 2)
    shown = _one_line(excerpt)[start:start + EXCERPT]
    if column is None:
        return shown, "^" * _width(shown)
    return shown, " " * _width(shown[:column - 1 - start]) + "^"


def _tell_usage(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    where = f" (see: {context.command_path} --help)" if context else ""
    _tell(f"error: {_one_line(error.format_message())}{where}")


def _one_line(text: str) -> str:
    """`text` with line ends and control characters shown as spaces: a name can hold any."""
    return "".join(c if c.isprintable() else " " for c in text)


def _width(text: str) -> int:
    """Columns that a terminal takes for `text`: two for each Chinese character."""
    from unicodedata import east_asian_width
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


class Verbs(click.Group):
    """The verbs in the order in which a newcomer meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(kg.__version__, prog_name="rectify")
def cli() -> None:
    """From a rectification notice to its knowledge graph.

    把巡视／巡察整改进展情况通报变成知识图谱。

    \b
    rectify build notice.txt     graph, report, chains and page into out/
    rectify query --list         the prepared questions 预设问题
    """


LEXICON = click.option("--lexicon", metavar="DIR", help="Folder of words and patterns of your own. 自定义词表文件夹")


@cli.command(short_help="Graph, chains, report and page of a notice. 生成图谱")
@click.argument("notice", metavar="NOTICE...", nargs=-1)
@click.option("--out", default="out", show_default=True, metavar="DIR", help="One folder a notice goes here. 输出文件夹")
@click.option("--example", is_flag=True, help="Build the invented notices that come with the program. 生成自带示例")
@LEXICON
def build(notice: tuple[str, ...], out: str, example: bool, lexicon: str | None) -> int:
    """Build graph, chains, report and page of each NOTICE: a file, several, a folder, or - (standard input).

    生成通报的知识图谱、依赖链、核对报告和可视化网页。

    \b
    rectify build --example
    rectify build notice.txt
    rectify build 通报/ --out 图谱/
    cat notice.txt | rectify build -
    """
    from kg.pipeline import build_each, examples
    inputs = [*_inputs(notice), *(examples() if example else [])]
    if not inputs:
        raise click.UsageError("give a NOTICE: a file, a folder, or -; or --example to try it out")
    tally = Tally()
    with _progress(show=len(inputs) > 1 or os.path.isdir(str(inputs[0]))) as advance:
        for outcome in build_each(inputs, out, lexicon=lexicon):
            advance(tally.add(outcome))
    return tally.close()


def _inputs(paths: Sequence[str]) -> list[Input]:
    from kg.reading import MAX_BYTES, read_bytes
    return [read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>") if path == "-" else path for path in paths]


@contextmanager
def _progress(show: bool) -> Iterator[Callable[[int], None]]:
    """A line on a terminal that counts the notices built, where there is more than one."""
    if not (show and sys.stderr.isatty()):
        yield lambda built: None
        return
    from rich.console import Console
    with Console(stderr=True).status("…") as status:
        yield lambda built: status.update(f"{built} 份通报 notices")


class Tally:
    """What a run has built so far. Warnings and failures are told as they come, the rest at the end."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.built = self.failed = self.foreign = 0
        self.counts = [0, 0, 0, 0, 0]

    def add(self, outcome: Built | Unbuilt) -> int:
        """Take note of what came of one input, and return how many notices are built."""
        from kg.pipeline import Built
        if isinstance(outcome, Built):
            self._add_built(outcome)
        elif outcome.foreign:
            self.foreign += 1
            _tell(f"skipped: {_one_line(str(outcome.error))}")
        else:
            self.failed += 1
            _tell_error(outcome.error)
        return self.built

    def _add_built(self, built: Built) -> None:
        self.built += 1
        self.counts = [a + b for a, b in zip(self.counts, _five(built.counts), strict=True)]
        if self.built <= PAGES_SHOWN:
            self.pages.append(str(built.page))
        for warning, line in list(zip(built.warnings, built.lines, strict=True))[:WARNINGS_SHOWN]:
            _tell(f"warning: {_one_line(f'{built.file}:{line}: {warning.message}')}")
        if more := len(built.warnings[WARNINGS_SHOWN:]):
            _tell(f"warning: {_one_line(built.file)}: {more} more in {_one_line(str(built.folder / 'report.md'))}")

    def close(self) -> int:
        """Name what was found and the pages to open, and return the exit code."""
        if self.built:
            aspects, issues, measures, documents, bodies = self.counts
            if self.built > 1 or self.failed or self.foreign:
                click.echo(f"{self.built} 份通报 notices, {self.foreign} 份略过 skipped, {self.failed} 份失败 failed")
            click.echo(f"{aspects} 个方面 aspects, {issues} 个问题 issues, {measures} 条措施 measures, "
                       f"{documents} 份文件 documents, {bodies} 个机构 bodies")
            for page in self.pages:
                click.echo(f"打开 open: {page}")
            if self.built > PAGES_SHOWN:
                click.echo(f"… {self.built - PAGES_SHOWN} 个网页 more pages")
        return UNUSABLE if self.failed else CLEAN


def _five(counts: Counts) -> tuple[int, int, int, int, int]:
    return counts.aspects, counts.issues, counts.measures, counts.documents, counts.bodies


@cli.command(short_help="The records alone, as JSON. 只抽取记录")
@click.argument("notice")
@click.option("--json", "as_json", is_flag=True, help="As JSON, which is the only form so far. 以 JSON 输出")
@LEXICON
def parse(notice: str, as_json: bool, lexicon: str | None) -> None:
    """Print the records of one NOTICE (a file, or - for standard input) without building a graph.

    只抽取记录，不生成图谱。

    \b
    rectify parse notice.txt --json > records.json
    """
    from kg.pipeline import records_json
    (item,) = _inputs([notice])
    _write(records_json(kg.read(item, lexicon)))


GRAPH = click.option("--graph", default="out", show_default=True, metavar="PATH",
                     help="Folder of builds, one build, RDF file, store, or URL of an endpoint. 图谱所在")
EXPORT_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml", "gexf", "neo4j", "mermaid", "dot")
CHAIN_FORMATS = ("csv", "json", "graphml", "mermaid", "dot", "ttl")


@cli.command("query", short_help="A prepared question, or any SPARQL. 查询")
@click.argument("name", required=False)
@GRAPH
@click.option("--list", "show_list", is_flag=True, help="Show the prepared questions. 列出预设问题")
@click.option("--sparql", metavar="TEXT", help="A SPARQL query. 查询语句")
@click.option("--file", metavar="F", help="File that holds a SPARQL query, or - for standard input. 查询文件")
@click.option("--param", "parameters", metavar="K=V", multiple=True, help="Value for a prepared question. 参数")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True,
              help="Form of the output. 格式")
def ask(name: str | None, graph: str, show_list: bool, sparql: str | None, file: str | None,
        parameters: tuple[str, ...], form: str) -> None:
    """Ask the prepared question NAME, or any SPARQL query. Queries only read, within limits of time and rows.

    查询图谱：预设问题或任意 SPARQL。

    \b
    rectify query --list
    rectify query NAME --format csv > answer.csv
    rectify query --sparql "SELECT ?title WHERE { ?d a rectify:IssuedDocument ; dcterms:title ?title }"
    """
    if show_list:
        _show_questions()
        return
    if [name, sparql, file].count(None) != 2:
        raise click.UsageError("give a NAME, --sparql or --file, one of them (--list shows the names)")
    given = dict(_pair(parameter) for parameter in parameters)
    from kg.store import open_graph  # and not `kg.open`, which loads NetworkX as well
    opened = open_graph(graph)
    if name:
        _show_rows(opened.ask(name, given), form)
        return
    with _naming(file or "--sparql"):
        _show_rows(opened.query(_text_of(file) if file else sparql or "", parameters=given), form)


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Let the place that an error gives be one in `file`."""
    try:
        yield
    except RectifyError as error:
        error.file = error.file or file
        raise


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise click.UsageError(f"--param {parameter}: write it as name=value")
    return name, value


def _text_of(file: str) -> str:
    from kg.reading.text import decode
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=file) from error
    return decode(data, file)[0]


def _show_questions() -> None:
    from kg.store import questions
    for question in questions():
        click.echo(question.name + "".join(f" --param {p.name}={p.default or '…'}" for p in question.parameters))
        click.echo(f"    {question.zh}\n    {question.en}")
        for parameter in question.parameters:
            click.echo(f"    {parameter.name}: {parameter.description}")


def _show_rows(rows: Rows, form: str) -> None:
    from kg.export.rows import in_words, to_csv, to_json
    if form != "table":
        _write(to_csv(rows) if form == "csv" else to_json(rows))
    elif rows.rows:
        _show_table(rows.columns, [[_one_line(in_words(cell)) for cell in row] for row in rows.rows])
    if not rows.rows:
        _tell("没有结果 no rows")
    if rows.truncated:
        _tell(f"warning: only the first {len(rows.rows)} rows are shown 结果过多，已截断")


def _show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """On a terminal as wide as it is, elsewhere as wide as the cells."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(width=None if sys.stdout.isatty() else WIDEST, highlight=False).print(table)


@cli.command("load", short_help="The graph into a store on disk, for large ones. 装入数据库")
@click.argument("store")
@GRAPH
def load(store: str, graph: str) -> None:
    """Put a graph (a folder of builds, a build, an RDF file) into STORE, a folder that `--graph` takes from then on.

    装入磁盘数据库：图谱很大时，查询不必每次重读文件。

    \b
    rectify load notices.store
    rectify query aspects --graph notices.store
    """
    from kg.pipeline import load as load_store
    click.echo(f"{load_store(graph, store)} 条数据 quads: {_one_line(store)}")


@cli.command("chains", short_help="Every dependency chain, with its quotes. 依赖链")
@GRAPH
@click.option("--from", "from_", metavar="X", help="Only chains through this issue, measure, document or body. 经过")
@click.option("--to", metavar="Y", help="Only chains that come to this one, and only as far as it. 到达")
@click.option("--format", "form", type=click.Choice(CHAIN_FORMATS), default="csv", show_default=True, help="Form of the output. 格式")
def show_chains(graph: str, from_: str | None, to: str | None, form: str) -> None:
    """Print every chain issue → measure → document → document …, one row each, with the words that say it.

    输出依赖链，每条一行：问题 → 措施 → 文件 → 文件……，附原文及位置。CSV 可直接用 Excel 打开。

    \b
    rectify chains > chains.csv
    rectify chains --from 24 --format mermaid
    """
    from kg.export import chains
    found = chains.chains(kg.open(graph).graph, from_=from_, to=to)
    written = getattr(chains, f"to_{form}")(found)
    _write(written if isinstance(written, bytes) else written.encode("utf-8"))


@cli.command("export", short_help="The whole graph for other programs. 导出图谱")
@click.argument("form", metavar="FORMAT", type=click.Choice(EXPORT_FORMATS))
@GRAPH
@click.option("--out", metavar="PATH", help="File to write, for neo4j a folder; else standard output. 输出位置")
def export(form: str, graph: str, out: str | None) -> None:
    """Write the whole graph as FORMAT: RDF (ttl, nt, jsonld, rdf; nq and trig with facts, evidence and inferred triples
    as named graphs), graph programs (graphml, gexf, neo4j: two CSV files), drawings (mermaid, dot).

    把整个图谱导出为其他程序的格式：RDF、图分析软件、Neo4j、示意图。

    \b
    rectify export jsonld > graph.jsonld
    rectify export neo4j --out neo4j/
    rectify export dot | dot -Tsvg > graph.svg
    """
    from kg.export.whole import export as write
    if form == "neo4j" and not out:
        raise click.UsageError("neo4j is two files: give a folder with --out")
    written = write(kg.open(graph), form)
    if out:
        from kg.pipeline import write_export
        write_export(written, out)
    else:
        assert isinstance(written, bytes)
        _write(written)


@cli.command("impact", short_help="What breaks when a document is withdrawn. 文件变动的影响")
@click.argument("document")
@GRAPH
@click.option("--event", type=click.Choice(["withdrawn", "amended", "replaced"]), default="withdrawn", show_default=True,
              help="What happens to the document. 撤销、修改或替代")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the output. 格式")
def show_impact(document: str, graph: str, event: str, form: str) -> None:
    """Tell what breaks, is weakened or stays when a DOCUMENT is withdrawn, amended or replaced, and why.

    文件撤销、修改或被替代时，哪些问题、措施和文件失去依据、受影响或不受影响，附理由链。

    \b
    rectify impact "《……管理办法》"
    rectify impact "《……管理办法》" --event amended --format json
    """
    from kg.export.consequences import to_json, to_text
    from kg.network.questions import find, impact
    network = kg.open(graph).graph
    found = impact(network, find(network, document), event)
    _write(to_json(found) if form == "json" else to_text(network, found).encode("utf-8"))


@cli.command("check", short_help="Whether the graph stands on its text, and the notice on its counts. 核对")
@GRAPH
@click.option("--grounding", is_flag=True, help="Citations and facts against the text. 逐条回查原文")
@click.option("--claims", is_flag=True, help="The notice's own counts. 核对自述数字")
@click.option("--shapes", is_flag=True, help="The shapes of the graph (SHACL), by severity; takes seconds. 数据约束")
def check(graph: str, **kinds: bool) -> int:
    """Read every citation again in the text, whether every fact reaches one, and hold the notice's own counts
    against its content; with --shapes, the rules of the ontology. Without a choice: grounding and claims.

    逐条回查原文出处，并核对通报自述的数字；--shapes 按本体的约束检查。有发现时退出码为 1，提醒不算。

    \b
    rectify check
    rectify check --shapes --graph out/NOTICE-ID
    """
    from kg.check.builds import USUAL, check_builds
    faults = 0
    for checked in check_builds(graph, [kind for kind, is_chosen in kinds.items() if is_chosen] or USUAL):
        faults += sum(finding.is_fault for finding in checked.findings)
        read = "" if checked.grounded is None else f" 已回查 read again: {checked.grounded}%"
        click.echo(f"{_one_line(checked.build)}: {checked.citations} 处引文 citations, {checked.facts} 项事实 facts{read}, "
                   f"{len(checked.findings)} 项发现 findings")
        for finding in checked.findings:
            click.echo(f"  {KINDS_OF_FINDING[finding.kind]}: {_one_line(finding.what)}")
    return FINDINGS if faults else CLEAN


@cli.command("explore", short_help="The page alone. 可视化网页")
@GRAPH
@click.option("--out", default="explorer.html", show_default=True, metavar="FILE", help="The page to write. 输出文件")
def explore(graph: str, out: str) -> None:
    """Write the interactive page of one build, or of a folder of builds together: one file that opens without any network.

    由已生成的图谱（一份或整个文件夹）写出可视化网页，单个文件，离线可用。

    \b
    rectify explore --graph out/NOTICE-ID --out page.html
    rectify explore --graph out --out all.html
    """
    from kg.pipeline import write_page
    write_page(graph, out)
    click.echo(f"打开 open: {out}")


@cli.command(short_help="Accuracy against answers made by hand. 评测准确率")
@click.argument("files", metavar="GOLD... [NOTICE]...", nargs=-1, required=True)
@click.option("--misses", is_flag=True, help="List each miss: what is missing, what is wrong. 列出每处差错")
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True, help="Form of the output. 格式")
@LEXICON
def evaluate(files: tuple[str, ...], misses: bool, form: str, lexicon: str | None) -> None:
    """Score what is read from notices against answer files: precision, recall and F1 of each field, over all of them.

    GOLD is an answer file (.json) or a folder of them; its notice is the file beside it of the same name, or given.
    用人工核对的答案评测抽取结果：各项的准确率、召回率和 F1。

    \b
    rectify evaluate 答案.json notice.txt --misses
    rectify evaluate tests/gold --format md
    """
    from kg.accuracy import formats
    from kg.accuracy.answers import evaluate as score_all
    scored = score_all([Path(file) for file in files], Path(lexicon) if lexicon else None)
    if form == "json":
        _write(formats.to_json(scored, misses))
    elif form == "md":
        _write(formats.to_markdown(scored, misses).encode("utf-8"))
    else:
        _show_table(formats.COLUMNS, formats.rows(scored))
        if misses:
            click.echo()
            _show_table(formats.MISS_COLUMNS, [[_one_line(cell) for cell in row] for row in formats.miss_rows(scored)])


@cli.group("lexicon", short_help="Words and patterns of your own. 自定义词表")
def own_lexicon() -> None:
    """Teach it a phrasing: a folder of TOML files with words and patterns of your own.

    用自己的词语和句式扩充词表。
    """


@own_lexicon.command("test", short_help="Whether each pattern does what its examples say. 检查词表")
@click.argument("path", required=False)
def check_lexicon(path: str | None) -> int:
    """Check a lexicon file or folder (without PATH: what comes with the program): every pattern must compile,
    match each of its examples and none of its rejects. A line for each finding; exit code 1 when there is one.

    检查词表文件或文件夹：句式能否编译，是否符合所举的正例和反例。

    \b
    rectify lexicon test 词表/
    rectify lexicon test 词表/documents.toml
    """
    from kg.lexicon.own import check
    checked = check(path)
    for finding in checked.findings:
        click.echo(_one_line(str(finding)))
    click.echo(f"{checked.files} 个文件 files, {checked.words} 个词语 words, {checked.patterns} 个句式 patterns, "
               f"{len(checked.findings)} 项发现 findings")
    return FINDINGS if checked.findings else CLEAN


def _write(data: bytes) -> None:
    """Data goes out in UTF-8, whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
