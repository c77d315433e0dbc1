"""What the README says is what happens: every command in it runs, and gives the output printed under it.

An `…` stands for lines left out. `make docs` writes the present output into both files; read the change
before you commit it.
"""
from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT

READMES = ("README.md", "README.zh.md")
NEEDED = ("Makefile", "setup.cfg", "pyproject.toml", "README.md", "build_graph.py", "kg", "viz", "ontology", "examples")
BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SESSION = re.compile(r"^```python\n.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`(rectify [^`]*|make [^`]*|python build_graph\.py[^`]*)`")


@dataclass
class Command:
    """A command of a README, and the lines printed under it."""

    line: str
    shown: list[str]


def commands(text: str) -> Iterator[Command]:
    for block in BLOCK.finditer(text):
        found: list[Command] = []
        for line in block["body"].splitlines():
            if line.startswith("$ "):
                found.append(Command(line[2:], []))
            else:
                found[-1].shown.append(line)
        yield from found


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like a checkout, set up, with a notice in it."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in NEEDED:
        if (ROOT / name).exists():
            (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "notice.txt").write_bytes((ROOT / "examples" / "court_intermediate.txt").read_bytes())
    return folder


def run(line: str, folder: Path) -> list[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    without_make = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
                    and name not in ("NOTICE", "OUT")}
    line = re.sub("^make ", "make -o .venv/run.stamp ", line)  # the set-up would install the sandbox
    done = subprocess.run(line, shell=True, cwd=folder, env={**without_make, "PATH": path}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8")
    assert done.returncode in ((0, 1) if line == "rectify check" else (0,)), done.stdout
    return [line.rstrip() for line in done.stdout.splitlines()]


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines shown are those printed, with `…` for any left out."""
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def renewed(shown: list[str], printed: list[str]) -> list[str]:
    """What is printed now, cut where the README cuts it."""
    return [*printed[:len(shown) - 1], "…"] if shown[-1:] == ["…"] else printed


def as_text(line: str, output: list[str]) -> str:
    return "".join(f"{each}\n" for each in (f"$ {line}", *output))


def test_every_command_gives_what_is_printed_under_it(sandbox: Path) -> None:
    """Of the English one: another test sees to it that the Chinese one shows the same."""
    texts = {readme: (ROOT / readme).read_text(encoding="utf-8") for readme in READMES}
    found = list(commands(texts["README.md"]))
    assert len(found) >= 9
    wrong = []
    for command in found:
        printed = run(command.line, sandbox)
        if not matches(command.shown, printed):
            wrong.append((command.line, command.shown, printed))
            before, after = as_text(command.line, command.shown), as_text(command.line, renewed(command.shown, printed))
            texts = {readme: text.replace(before, after) for readme, text in texts.items()}
    if os.environ.get("UPDATE_DOCS"):
        for readme, text in texts.items():
            (ROOT / readme).write_text(text, encoding="utf-8")
    else:
        assert wrong == [], "run: make docs"


def test_the_python_session_gives_what_is_printed(sandbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sandbox)
    run("rectify build notice.txt examples/court_high.txt", sandbox)
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("```", "")
    test = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 6
    assert doctest.DocTestRunner().run(test).failed == 0


ACCURACY = re.compile(r"(?<=<!-- accuracy -->\n).*?(?=<!-- end -->)", re.DOTALL)
FIELDS = {"issue": "问题", "measure": "整改措施", "measure status": "措施状态", "document": "文件",
          "document relation": "与文件的关系", "document issuer": "制发机关", "document link": "文件之间的联系",
          "organization": "机构", "organization name": "机构全称", "organization role": "机构角色",
          "court level": "法院层级", "claim": "自述数字", "figure": "数据", "date": "日期"}


def accuracy(chinese: bool) -> str:
    """The table of the README: columns of the one in docs/accuracy.md, where they are F1."""
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")]
    head = next(row for row in rows if row[0] == "field")
    assert [head[1], head[4], head[7]] == ["real F1", "F1", "F1"]
    scores = {row[0]: row for row in reversed(rows) if len(row) == len(head)}
    lines = ["| | 真实通报 | 公开的虚构通报 | 留出的虚构通报 |" if chinese else "| | real | invented, open | invented, kept apart |",
             "|---|---|---|---|"]
    for field, word in FIELDS.items():
        real, opened, apart = (scores[field][column].split(" ")[0] for column in (1, 4, 7))
        lines.append(f"| {word if chinese else field} | {real} | {opened} | {apart} |")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("readme", READMES)
def test_the_accuracy_told_is_the_accuracy_kept(readme: str) -> None:
    path, table = ROOT / readme, accuracy(chinese=".zh." in readme)
    text = path.read_text(encoding="utf-8")
    (told,) = ACCURACY.findall(text)
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(ACCURACY.sub(lambda _: table, text), encoding="utf-8")
    else:
        assert told == table, "run: make docs"


def test_both_languages_have_the_same_commands_files_and_sections() -> None:
    english, chinese = ((ROOT / readme).read_text(encoding="utf-8") for readme in READMES)
    assert [command.line for command in commands(english)] == [command.line for command in commands(chinese)]
    assert [command.shown for command in commands(english)] == [command.shown for command in commands(chinese)]
    assert SESSION.findall(english) == SESSION.findall(chinese)
    assert sorted(CODE.findall(english)) == sorted(CODE.findall(chinese))
    assert re.findall(r"^\| (`.*?`) \|", english, re.MULTILINE) == re.findall(r"^\| (`.*?`) \|", chinese, re.MULTILINE)
    assert [len(mark) for mark in re.findall(r"^(#+) ", english, re.MULTILINE)] \
        == [len(mark) for mark in re.findall(r"^(#+) ", chinese, re.MULTILINE)]


@pytest.mark.parametrize("readme", READMES)
def test_commands_and_files_named_in_the_text_exist(readme: str, sandbox: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for code in CODE.findall(text):
        program, verb = code.split()[:2]
        if program == "make":
            run(f"make -n {verb}", sandbox)
        elif program == "rectify":
            run(f"rectify {'' if verb.startswith('-') else verb} --help", sandbox)
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / link).exists(), link
