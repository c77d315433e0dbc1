"""The lexicon as data: every pattern is shown to work, every list is in order."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.lexicon import HERE, Pattern, alternation, load, read_lexicon
from kg.lexicon.first import Scanner
from kg.lexicon.own import check
from kg.resolve.scopes import SCOPES
from kg.lexicon.words import Words

FILES = sorted(path.stem for path in HERE.glob("*.toml"))
PATTERNS = [(name, p) for name in FILES for p in load(name).patterns.values()]
CODE = [p for folder in ("kg", "viz", "ontology") for p in sorted((HERE.parent.parent / folder).rglob("*"))
        if p.suffix in (".py", ".toml", ".rq", ".ttl", ".js", ".css", ".html", ".j2", ".json")]


def ids(pairs: list[tuple[str, Pattern]]) -> list[str]:
    return [f"{name}-{p.name}" for name, p in pairs]


def test_the_lexicon_is_there() -> None:
    assert len(FILES) >= 11
    assert len(PATTERNS) >= 120


def test_every_pattern_does_what_its_examples_say() -> None:
    checked = check()
    assert (checked.files, checked.patterns) == (len(FILES), len(PATTERNS))
    assert [str(finding) for finding in checked.findings] == []


@pytest.mark.parametrize("pattern", load("claims").patterns.values(), ids=lambda p: p.name)
def test_an_example_holds_a_word_that_its_pattern_needs(pattern: Pattern) -> None:
    for example in pattern.examples:
        assert "needs" not in pattern.words or any(word in example for word in pattern.words["needs"]), example


@pytest.mark.parametrize("file", FILES)
def test_lists_are_sorted_and_unique(file: str) -> None:
    for name, words in load(file).lists.items():
        assert list(words) == sorted(set(words)), name


@pytest.mark.parametrize(("file", "pattern"), PATTERNS, ids=ids(PATTERNS))
def test_words_before_a_name_are_sorted_and_unique(file: str, pattern: Pattern) -> None:
    for words in pattern.words.values():
        assert list(words) == sorted(set(words))


def test_every_word_that_stands_inside_names_holds_a_boundary() -> None:
    lists = load("organizations").lists
    boundaries = (*lists["boundary"], *lists["boundary_strong"])
    idle = [w for w in lists["name_words"] if not any(b in w for b in boundaries)]
    assert idle == []


@settings(deadline=None)  # the first text compiles all patterns
@given(st.text(alphabet="一二三12,。 次年月关于制定《》约第至少不于每季度%", max_size=40))
def test_scanner_finds_what_re_finds(text: str) -> None:
    for _, pattern in PATTERNS:
        plain = [m.span() for m in pattern.regex.finditer(text) if m.end() > m.start()]
        scanned = [m.span() for m in pattern.scanner.finditer(text, 0, len(text)) if m.end() > m.start()]
        assert scanned == plain, pattern.name


@pytest.mark.parametrize(("regex", "text", "expected"), [
    ("[ab]c?", "xacbc", [(1, 3), (3, 5)]),
    ("(?<!x)a|b+", "xaabb", [(2, 3), (3, 5)]),
    ("c*d", "ccd", [(0, 3)]),
])
def test_scanner_on_plain_patterns(regex: str, text: str, expected: list[tuple[int, int]]) -> None:
    assert [m.span() for m in Scanner(regex).finditer(text, 0, len(text))] == expected


@given(st.lists(st.text(alphabet="甲乙丙", min_size=1, max_size=3), min_size=1, max_size=6), st.text(alphabet="甲乙丙", max_size=30))
def test_words_are_found_as_an_alternation_finds_them(words: list[str], text: str) -> None:
    expected = [m.span() for m in re.finditer(alternation(words), text)]
    assert Words({word: word for word in words}).find(text) == [(s, e, text[s:e]) for s, e in expected]


@pytest.mark.parametrize(("content", "cause"), [
    ("[lists\n", "at line 1"),
    ('[[pattern]]\nname = "a"\nregex = "("\n', "pattern a"),
    ('[[pattern]]\nname = "a"\nregex = "{missing}"\n', "pattern a"),
    ('[[pattern]]\nregex = "a"\n', "pattern None"),
])
def test_a_wrong_entry_is_named(tmp_path: Path, content: str, cause: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        read_lexicon(path)
    assert str(error.value).startswith("wrong.toml: ")
    assert cause in str(error.value)


def test_nothing_of_the_real_notice_is_in_code_or_lexicon(shared: Path) -> None:
    gold = json.loads((shared / "gold" / "seed.json").read_text(encoding="utf-8"))
    titles = {d["title"] for i in gold["issues"] for m in i["measures"] for d in m["documents"]}
    headings = {i["title"] for i in gold["issues"]} | {m["heading"] for i in gold["issues"] for m in i["measures"] if m["heading"]}
    named = {o["mention"] for i in gold["issues"] for m in i["measures"] for o in m["organizations"]
             if o["mention"] and o["kind"] in ("research", "working_group", "other")}
    # Terms that any court's notice may use; the rest of the notice's words may not occur.
    general = {"各专项组", "专项组", "办公室", "领导小组办公室", "有关单位", "国家法官学院", "党的建设工作领导小组", "法官惩戒委员会",
               "合同履约方", "会计法", "拍卖辅助机构", "专门督查机构"}
    words = {w for w in titles | headings | named | {"两江新区", "红岩", "法信", "33.8万", "23.6万"} if len(w) >= 3} - general
    assert len(words) > 140
    found = {w for path in CODE for w in words if w in path.read_text(encoding="utf-8")}
    assert found == set()
    places = [path.name for path in CODE if "重庆" in path.read_text(encoding="utf-8")]
    assert set(places) <= {"places.toml", "publisher.py", "pinyin.json", "pinyin.py"}  # lists of places, and of polyphones


def test_every_scope_of_the_lexicon_is_one_that_names_are_resolved_by() -> None:
    scopes = {pattern.fields["scope"] for pattern in load("resolution").patterns.values() if "scope" in pattern.fields}
    assert scopes - {"resident_at"} == set(SCOPES)
