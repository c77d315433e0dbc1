"""A user's own lexicon: what is refused, what is found, what is let pass."""
from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from kg.cli import main
from kg.errors import LexiconError
from kg.lexicon import HERE, load
from kg.lexicon.overlay import NOTHING, using
from kg.lexicon.own import OPEN, check, read_own

GOOD = '''
[lists]
issues = ["擘画"]

[[pattern]]
name = "after_carved"
regex = '^(?:已|经)?镌刻'
examples = ["已镌刻成文"]
rejects = ["未镌刻"]
relation = "issues"
'''


def write(folder: Path, content: str, name: str = "documents.toml") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder


def pattern(**entry: str) -> str:
    """One pattern entry that is right but for what is given; a value of "" leaves the key out."""
    right = {"name": "'after_x'", "regex": "'^x'", "examples": '["x"]', "relation": "'issues'"}
    return "[[pattern]]\n" + "".join(f"{key} = {value}\n" for key, value in {**right, **entry}.items() if value)


REFUSED = [
    ("documents.toml", "[lists\n", "", "Expected ']'"),
    ("verbs.toml", "", "", "there is no lexicon file of this name to add to (claims, "),
    ("documents.toml", "[list]\nissues = []\n", "[list]", "there is no such section (lists, maps, parts, pattern)"),
    ("documents.toml", "lists = 3\n", "[lists]", "must be a table: [lists]"),
    ("documents.toml", '[lists]\nissues = "制定"\n', "lists.issues", 'must be a list of words: ["…", "…"]'),
    ("documents.toml", '[lists]\nissues = ["制定", 3]\n', "lists.issues", "must be a list of words"),
    ("documents.toml", '[lists]\nisues = ["擘画"]\n', "lists.isues", "there is no list of this name (issues, revises, "),
    ("organizations.toml", '[maps]\nshort = ["a"]\n', "maps.short", 'must be pairs of words: "…" = "…"'),
    ("organizations.toml", '[maps.shorts]\n"a" = "b"\n', "maps.shorts", "there is no map of this name (not_before_head, "),
    ("documents.toml", "[parts]\nn = 3\n", "parts.n", "must be a piece of a regular expression"),
    ("documents.toml", "[pattern]\nname = 'after_x'\n", "pattern", "must be written [[pattern]], once for each"),
    ("documents.toml", "[[pattern]]\nregex = 'x'\n", "pattern no. 1", 'has no name: name = "…"'),
    ("documents.toml", pattern(examples="3"), "pattern after_x", "examples must be text in quotes, or a list of it"),
    ("documents.toml", pattern() + pattern(), "pattern after_x", "is there 2 times"),
    ("documents.toml", pattern(name="'behind_x'"), "pattern behind_x", "no rule looks for it: there is no pattern of this name (after_"),
    ("documents.toml", pattern(regex="'('"), "pattern after_x", "its regex does not compile: missing ), unterminated subpattern"),
    ("documents.toml", pattern(regex="'x{99999999999}'"), "pattern after_x", "its regex does not compile: "),
    ("documents.toml", pattern(regex="'{verbs}'"), "pattern after_x", "names {verbs}, which is neither a list nor a part"),
    ("documents.toml", "[parts]\na = '{b}x'\nb = '{a}'\n" + pattern(regex="'{a}'"), "pattern after_x", "its regex does not compile: a part names"),
    ("documents.toml", pattern(relation=""), "pattern after_x", "has no relation"),
    ("documents.toml", pattern(relation="'issue'"), "pattern after_x", 'relation = "issue" is none of '),
    ("documents.toml", pattern(role="'joint'"), "pattern after_x", "role means nothing here (known: relation)"),
    ("documents.toml", pattern(name="'alias'", relation=""), "pattern alias", "has no group (?P<alias>…), which the rule reads"),
    ("resolution.toml", pattern(name="'scope_x'", relation="", scope="'own'"), "pattern scope_x", "has no group (?P<rest>…)"),
]


@pytest.mark.parametrize(("file", "content", "entry", "cause"), REFUSED, ids=[cause[:30] for *_, cause in REFUSED])
def test_what_cannot_be_used_is_refused_with_file_entry_and_cause(tmp_path: Path, file: str, content: str, entry: str, cause: str) -> None:
    with pytest.raises(LexiconError) as error:
        read_own(write(tmp_path, content, file))
    assert str(error.value).startswith(f"{tmp_path / file}: {entry}{': ' if entry else ''}{cause}")
    found = [f for f in check(tmp_path / file).findings if f.fatal]
    assert str(found[0]).startswith(f"{tmp_path / file}: {entry}{': ' if entry else ''}{cause}")


FOUND = [
    ("documents.toml", '[lists]\nissues = ["擘画", "擘画"]\n', "lists.issues: 擘画 is there 2 times"),
    ("documents.toml", '[lists]\nissues = ["擘画"]\nuses = ["擘画"]\n', "lists.issues: 擘画 is in uses too: it can mean one of them"),
    ("documents.toml", '[lists]\nissues = ["印（发）"]\n', "lists.issues: full-width （） never matches: write ()"),
    ("documents.toml", pattern(examples=""), "pattern after_x: has no example that it must match"),
    ("documents.toml", pattern(examples='["x", "y"]'), "pattern after_x: does not match its example “y”"),
    ("documents.toml", pattern(rejects='["xy"]'), "pattern after_x: matches “xy”, which it must not"),
    ("documents.toml", pattern(regex="'^x：'", examples='["x："]'), "pattern after_x: full-width ： never matches: write :"),
    ("organizations.toml", pattern(name="'role_x'", regex="", relation="", role="'joint'", before='["携"]', examples='["携甲局"]'),
     "pattern role_x: “携甲局” does not show where the body stands: write {body} for its name"),
    ("organizations.toml", pattern(name="'role_x'", relation="", role="'joint'", before='["携"]', examples='["陪{body}x"]'),
     "pattern role_x: does not match its example “陪{body}x”"),
    ("organizations.toml", pattern(name="'role_x'", relation="", role="'joint'", before='["携"]', examples='["携{body}y"]'),
     "pattern role_x: does not match its example “携{body}y”"),
]


@pytest.mark.parametrize(("file", "content", "finding"), FOUND, ids=[finding[:40] for *_, finding in FOUND])
def test_what_does_not_do_what_it_says_is_found_and_can_still_be_used(tmp_path: Path, file: str, content: str, finding: str) -> None:
    checked = check(write(tmp_path, content, file) / file)
    assert f"{tmp_path / file}: {finding}" in map(str, checked.findings)
    assert not any(f.fatal for f in checked.findings)
    assert list(read_own(tmp_path).files) == [Path(file).stem]


@pytest.mark.parametrize(("file", "content"), [
    ("documents.toml", GOOD),
    ("documents.toml", "[lists]\nverbs = ['擘画']\n" + pattern(regex="'^{verbs}'", examples='["擘画"]')),
    ("statuses.toml", "[[pattern]]\nname = 'ongoing'\nregex = '{old}|滚动推进'\nexamples = ['正在滚动推进']\nrejects = ['已完成']\n"),
    ("organizations.toml", "[maps.short]\n'某办' = '某某办公室'\n" + pattern(
        name="'role_x'", regex="''", relation="", role="'joint'", before='["携"]', examples='["并携{body}开展"]', rejects='["由{body}"]')),
    ("claims.toml", "[[pattern]]\nname = 'visits'\nregex = '走访(?P<unit>企业)(?P<n>\\d+)(?P<scale>万)?(?P<approx>余)?家'\n"
                    "what = 'firms_visited'\nexamples = ['走访企业30余家']\n"),
    ("claims.toml", "# nothing yet\n"),
])
def test_what_is_right_passes(tmp_path: Path, file: str, content: str) -> None:
    assert check(write(tmp_path, content, file)).findings == ()
    assert list(read_own(tmp_path).files) == [Path(file).stem]


def test_a_replaced_pattern_keeps_what_it_does_not_say(tmp_path: Path) -> None:
    write(tmp_path, "[[pattern]]\nname = 'ongoing'\nregex = '{old}|滚动推进'\nexamples = ['正在滚动推进']\n", "statuses.toml")
    with using(read_own(tmp_path)):
        replaced = load("statuses").patterns["ongoing"]
    assert replaced.fields["status"] == "ongoing"
    assert replaced.examples == ("正在滚动推进",)
    with using(NOTHING):
        shipped = load("statuses").patterns["ongoing"]
    assert not shipped.regex.search("滚动推进")
    assert all(replaced.regex.search(text) for text in (*shipped.examples, "滚动推进"))


def test_the_digest_tells_one_lexicon_from_another(tmp_path: Path) -> None:
    first = read_own(write(tmp_path, GOOD)).digest
    assert read_own(tmp_path).digest == first
    assert len(first) == 64
    assert read_own(write(tmp_path, GOOD.replace("擘画", "镌印"))).digest != first


def test_folders_that_hold_no_lexicon(tmp_path: Path) -> None:
    for path, cause in ((tmp_path, "holds no lexicon file (like documents.toml)"), (tmp_path / "absent", "is no folder of lexicon files")):
        with pytest.raises(LexiconError, match=cause.replace("(", r"\(").replace(")", r"\)")):
            read_own(path)


def test_new_patterns_are_those_that_rules_try_one_after_the_other() -> None:
    """Each prefix that the code asks for, and the one file whose patterns are all tried."""
    asked = {tuple(call.split('"')[1:4:2]) for path in ROOT.glob("kg/**/*.py")
             for call in path.read_text(encoding="utf-8").split("group(")[1:] if call.startswith('"') and '", "' in call[:40]}
    assert asked | {("claims", "")} == set(OPEN.items())


# --- the command ------------------------------------------------------------------------------------

def test_the_command_counts_what_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "test", str(write(tmp_path, GOOD))]) == 0
    assert capsys.readouterr().out == "1 个文件 files, 1 个词语 words, 1 个句式 patterns, 0 项发现 findings\n"


def test_the_command_prints_a_line_for_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, pattern(rejects='["xy"]', examples='["y"]')) / "documents.toml"
    assert main(["lexicon", "test", str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{file}: pattern after_x: does not match its example “y”",
        f"{file}: pattern after_x: matches “xy”, which it must not",
        "1 个文件 files, 0 个词语 words, 1 个句式 patterns, 2 项发现 findings"]


def test_the_command_checks_what_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "test"]) == 0
    assert capsys.readouterr().out.startswith(f"{len(list(HERE.glob('*.toml')))} 个文件 files, ")


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "test", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"error: {tmp_path}: holds no lexicon file (like documents.toml)\n"
    assert main(["lexicon", "test", str(tmp_path / "documents.toml")]) == 2
    assert capsys.readouterr().err == f"error: {tmp_path / 'documents.toml'}: there is no such file or folder\n"
