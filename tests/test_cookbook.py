"""docs/queries.md and its Chinese twin are what the questions answer on the bundled examples today.

`python -m kg.cookbook` writes them anew, and so does `UPDATE_DOCS=1 pytest tests/test_cookbook.py`.
"""
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from conftest import ROOT
from kg.cookbook import GROUPS, PAGES, cookbook, group_of
from kg.store import Graph, open_graph, questions

LANGUAGES = sorted(PAGES)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("cookbook") / "out"
    kg.build([ROOT / "examples"], folder)
    return open_graph(folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_that_of_today(graph: Graph, language: str) -> None:
    page = ROOT / PAGES[language]
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(cookbook(graph, language), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == cookbook(graph, language), "out of date: run make docs"


def test_every_question_is_in_one_group_and_every_group_has_questions() -> None:
    found = [group_of(question) for question in questions()]
    assert set(found) == set(GROUPS) and all(len(re.findall("^# group: ", question.sparql, re.MULTILINE)) == 1 for question in questions())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_every_question_and_leads_to_it(language: str) -> None:
    text = (ROOT / PAGES[language]).read_text(encoding="utf-8")
    headings = re.findall(r"^### (\S+)$", text, re.MULTILINE)
    assert sorted(headings) == sorted(question.name for question in questions())
    assert sorted(re.findall(r"\]\(#([\w-]+)\)", text)) == sorted(headings)
    for question in questions():
        own = text.partition(f"### {question.name}\n")[2].partition("\n### ")[0]
        assert question.zh in own and question.en in own and "```sparql\nSELECT" in own
        assert all(f"`{parameter.name}`: {parameter.description}" in own for parameter in question.parameters)
    for target in re.findall(r"\]\((\.\.?/[^)#]+|\w+\.\w+(?:\.md)?)\)", text):
        assert (ROOT / "docs" / target).exists(), target


def test_the_command_writes_the_same(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    subprocess.run([sys.executable, "-m", "kg.cookbook"], cwd=tmp_path, check=True, capture_output=True)
    for page in PAGES.values():
        assert (tmp_path / page).read_bytes() == (ROOT / page).read_bytes()


def test_without_examples_one_line_says_so(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "kg.cookbook"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 1 and run.stderr.startswith("error: examples: ") and "Traceback" not in run.stderr
