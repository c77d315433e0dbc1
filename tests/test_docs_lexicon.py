"""docs/lexicon.md is true: each entry in it passes the check, and changes what its table says, no more."""
from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT
from kg.cli import cli
from kg.lexicon.own import check, read_own
from kg.lexicon.overlay import FAMILIES, NOTHING, Overlay
from kg.model import Notice, Organization
from kg.pipeline import read_text

DOCS = (ROOT / "docs" / "lexicon.md", ROOT / "docs" / "lexicon.zh.md")
SECTION = re.compile(r"^## (?P<title>.+)\n(?P<body>(?:(?!## ).*\n)*)", re.MULTILINE)
FILE = re.compile(r"^`(\w+\.toml)`[:：]$", re.MULTILINE)
ENTRY = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (.+) \| (relation|bodies|label bodies|claims) \| (.+) \| (.+) \|$", re.MULTILINE)
COMMAND = re.compile(r"^\$ rectify (.+)$", re.MULTILINE)
NOTICE = """中共青岚市财政局党组关于巡察整改进展情况的通报

2023年3月至5月,市委第二巡察组对市财政局党组开展了巡察。2023年7月1日,巡察组反馈了意见。现将巡察整改情况通报如下。
一、落实整改主体责任情况
局党组高度重视,多次研究整改工作。{claims}
二、巡察反馈问题整改落实情况
(一)制度建设方面
1.关于“制度不健全”的问题
{label}
一是健全制度。{measure}
"""


@dataclass(frozen=True)
class Case:
    """One section of the page: an entry, and a row for each sentence."""

    title: str
    file: str
    entry: str
    rows: tuple[tuple[str, str, str, str], ...]


def cases(doc: Path) -> Iterator[Case]:
    for section in SECTION.finditer(doc.read_text(encoding="utf-8")):
        if files := FILE.findall(section["body"]):
            assert len(files) == 1
            yield Case(section["title"], files[0], "\n".join(ENTRY.findall(section["body"])), tuple(ROW.findall(section["body"])))


def told(notice: Notice, asked: str) -> str:
    """What the records say to the question of a row."""
    (issue,) = notice.issues
    measure = issue.measures[0]
    if asked == "relation":
        (document,) = measure.documents
        return document.relation
    if asked == "claims":
        return ", ".join(f"{claim.what} {claim.value:g}" for claim in notice.claims) or "–"
    return bodies(issue.organizations if asked == "label bodies" else measure.organizations)


def bodies(organizations: tuple[Organization, ...]) -> str:
    """The bodies that the text names, each with its role."""
    return ", ".join(f"{o.canonical} {o.role}" for o in organizations if o.mention) or "–"


def read_sentence(sentence: str, asked: str, own: Overlay) -> str:
    text = NOTICE.format(claims=sentence if asked == "claims" else "", label=sentence if asked == "label bodies" else "责任领导:某某",
                         measure=sentence if asked in ("relation", "bodies") else "定期报告。")
    return told(read_text(text, lexicon=own), asked)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_the_page_has_five_cases_each_with_sentences_that_change_and_stay(doc: Path) -> None:
    found = list(cases(doc))
    assert len(found) == 5
    for case in found:
        assert any(without != with_own for _, _, without, with_own in case.rows), case.title
        assert any(without == with_own for _, _, without, with_own in case.rows), case.title


@pytest.mark.parametrize("case", list(cases(DOCS[0])), ids=lambda case: case.title)
def test_an_entry_passes_the_check_and_does_what_its_table_says(case: Case, tmp_path: Path) -> None:
    (tmp_path / case.file).write_text(case.entry, encoding="utf-8")
    assert check(tmp_path).findings == ()
    own = read_own(tmp_path)
    for sentence, asked, without, with_own in case.rows:
        assert (read_sentence(sentence, asked, NOTHING), read_sentence(sentence, asked, own)) == (without, with_own), sentence


def test_all_entries_together_do_what_each_does_alone(tmp_path: Path) -> None:
    for case in cases(DOCS[0]):
        file = tmp_path / case.file
        joined = case.entry if not file.exists() else f"{file.read_text(encoding='utf-8')}\n{case.entry}".replace(
            'other = ["联合体"]\n\n[lists]\n', 'other = ["联合体"]\n')
        file.write_text(joined, encoding="utf-8")
    own = read_own(tmp_path)
    for case in cases(DOCS[0]):
        for sentence, asked, _, with_own in case.rows:
            assert read_sentence(sentence, asked, own) == with_own, sentence


def test_both_languages_show_the_same() -> None:
    english, chinese = map(list, map(cases, DOCS))
    assert [(case.file, case.entry, case.rows) for case in english] == [(case.file, case.entry, case.rows) for case in chinese]
    texts = [doc.read_text(encoding="utf-8") for doc in DOCS]
    assert COMMAND.findall(texts[0]) == COMMAND.findall(texts[1])
    assert re.findall(r"^(#+) ", texts[0], re.MULTILINE) == re.findall(r"^(#+) ", texts[1], re.MULTILINE)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_lists_links_and_commands_named_exist(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (doc.parent / link).exists(), link
    assert {name for lists in FAMILIES.values() for name in lists if f"`{name}`" not in text} == set()
    commands = COMMAND.findall(text)
    assert len(commands) == 3
    for command in commands:
        verb, *rest = shlex.split(command)
        assert "--lexicon" in rest or (verb, rest[0]) == ("lexicon", "test")
        assert verb in cli.commands
