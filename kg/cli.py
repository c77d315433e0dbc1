"""The command line: each verb turns its flags into one call, and prints what comes back.

Exit codes: 0 clean, 1 findings, 2 unusable input or usage.
"""
from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

import kg
from kg.errors import RectifyError

if TYPE_CHECKING:
    from kg.pipeline import Built, Counts, Input, Unbuilt

CLEAN, FINDINGS, UNUSABLE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
WARNINGS_SHOWN = 5  # of one notice; all of them are in its report.md
PAGES_SHOWN = 10  # of one run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure a user can cause is one line."""
    _speak_any_script()
    try:
        status = cli.main(arguments, prog_name="rectify", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else CLEAN
    except RectifyError as error:
        _tell_error(error)
    except click.ClickException as error:
        _tell_usage(error)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        return PIPE_CLOSED
    return UNUSABLE


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
        excerpt = _one_line(error.excerpt)[:80]
        _tell(f"  {excerpt}\n  {'^' * _width(excerpt)}")


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


@cli.command(short_help="Graph, chains, report and page of a notice. 生成图谱")
@click.argument("notice", metavar="NOTICE...", nargs=-1, required=True)
@click.option("--out", default="out", show_default=True, metavar="DIR", help="One folder a notice goes here. 输出文件夹")
def build(notice: tuple[str, ...], out: str) -> int:
    """Build graph, chains, report and page of each NOTICE: a file, several, a folder, or - (standard input).

    生成通报的知识图谱、依赖链、核对报告和可视化网页。

    \b
    rectify build notice.txt
    rectify build 通报/ --out 图谱/
    cat notice.txt | rectify build -
    """
    from kg.pipeline import build_each
    tally = Tally()
    with _progress(show=len(notice) > 1 or os.path.isdir(notice[0])) as advance:
        for outcome in build_each(_inputs(notice), out):
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
def parse(notice: str, as_json: bool) -> None:
    """Print the records of one NOTICE (a file, or - for standard input) without building a graph.

    只抽取记录，不生成图谱。

    \b
    rectify parse notice.txt --json > records.json
    """
    from kg.pipeline import records_json
    (item,) = _inputs([notice])
    _write(records_json(kg.read(item)))


def _write(data: bytes) -> None:
    """Data goes out in UTF-8, whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
