"""The command line: what goes where, and help in two languages."""
from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from conftest import ROOT
from kg.cli import cli, main
from kg.errors import InputError

EXAMPLE = ROOT / "examples" / "court_intermediate.txt"


def verbs(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its words, also those below a word of their own: `lexicon test`."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from verbs(command, (*above, name))
        else:
            yield (*above, name), command


@pytest.mark.parametrize(("words", "command"), list(verbs(cli)), ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_every_verb_explains_itself_in_two_languages_with_an_example(
        words: tuple[str, ...], command: click.Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--help"]) == 0
    text = capsys.readouterr().out
    assert re.search("[\u4e00-\u9fff]{4}", text)
    assert re.search(f"^  .*rectify {' '.join(words)}\\b", text, re.MULTILINE), "an example"
    assert re.search("[\u4e00-\u9fff]", command.short_help or "")
    for option in command.params:
        assert not isinstance(option, click.Option) or re.search("[\u4e00-\u9fff]", option.help or ""), option.name


def test_the_summary_goes_to_standard_output_and_names_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(EXAMPLE), "--out", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"4 个方面 aspects, 13 个问题 issues, \d+ 条措施 measures, \d+ 份文件 documents, \d+ 个机构 bodies",
                        lines[0])
    page = Path(lines[1].removeprefix("打开 open: "))
    assert page.name == "explorer.html" and page.is_file()
    assert len(lines) == 2


def test_build_graph_is_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = subprocess.run([sys.executable, ROOT / "build_graph.py", EXAMPLE, "--out", tmp_path / "a"], cwd=tmp_path,
                         capture_output=True, encoding="utf-8", check=True)
    main(["build", str(EXAMPLE), "--out", str(tmp_path / "b")])
    assert run.stdout == capsys.readouterr().out.replace(str(tmp_path / "b"), str(tmp_path / "a"))


def test_the_bundled_examples_need_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                           capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--example"]) == 0
    assert "2 份通报 notices" in capsys.readouterr().out
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_standard_input_is_a_notice(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "kg.cli", "parse", "-"], input=EXAMPLE.read_bytes(), cwd=ROOT,
                         capture_output=True, check=True)
    records = json.loads(run.stdout)
    assert records["source"]["file"] == "<stdin>"
    assert len(records["issues"]) == 13
    subprocess.run([sys.executable, "-m", "kg.cli", "build", "-", "--out", tmp_path], input=EXAMPLE.read_bytes(), cwd=ROOT,
                   capture_output=True, check=True)
    assert len(list(tmp_path.iterdir())) == 1


def test_parse_loads_no_graph_library() -> None:
    code = "import sys; from kg.cli import main; main(['parse', sys.argv[1]]); sys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code, EXAMPLE], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert not set(run.stderr.split()) & {"networkx", "rdflib", "pyoxigraph", "pyvis", "rich"}


@pytest.mark.parametrize(("column", "mark"), [(None, "^^^^^^^^^^"), (1, "^"), (3, "   ^"), (7, "          ^")])
def test_an_error_shows_place_and_text(column: int | None, mark: str, monkeypatch: pytest.MonkeyPatch,
                                       capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object) -> None:
        raise InputError("two issues have one number", file="a.txt", line=7, column=column, excerpt="3．又一个3")
    monkeypatch.setattr("kg.pipeline.read", fail)
    assert main(["parse", "a.txt"]) == 2
    place = f"a.txt:7:{column}" if column else "a.txt:7"
    assert capsys.readouterr().err == f"error: {place}: two issues have one number\n  3．又一个3\n  {mark}\n"


def test_the_mark_stands_under_the_column_of_a_long_line(monkeypatch: pytest.MonkeyPatch,
                                                         capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object) -> None:
        raise InputError("wrong", file="a.txt", line=1, column=501, excerpt="." * 500 + "X" + "." * 500)
    monkeypatch.setattr("kg.pipeline.read", fail)
    main(["parse", "a.txt"])
    _, shown, mark = capsys.readouterr().err.splitlines()
    assert len(shown) < 90
    assert shown.index("X") == mark.index("^")


def test_a_terminal_that_cannot_show_chinese_gets_no_traceback(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "kg.cli", "build", EXAMPLE, "--out", tmp_path], cwd=ROOT,
                         env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True)
    assert run.returncode == 0
    assert b"aspects" in run.stdout


def test_an_interrupt_ends_it_at_once_and_clean() -> None:
    code = "import sys, kg.pipeline; from kg.cli import main; print('ready', flush=True); sys.exit(main(['parse', '-']))"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, preexec_fn=heed_interrupts) as run:
        assert run.stdout and run.stdout.readline() == b"ready\n"
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate()
    assert run.returncode == 130
    assert errors.strip() == b""


def heed_interrupts() -> None:
    """What runs in the background of a shell ignores them, and so would its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("words", [[], ["lexicon"]])
def test_without_a_verb_the_help_is_shown(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, errors = capsys.readouterr()
    assert out == ""
    assert errors.startswith("Usage: rectify") and "\nCommands:\n" in errors


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("rectify, version 0.")
