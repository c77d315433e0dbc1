"""Word lists and patterns, read from the TOML files beside this one.

A file holds `[lists]` (named word lists), and `[[pattern]]` entries with `name`, `regex`,
`examples` that must match and `rejects` that must not. A regex may name a list, or one of the
parts of `[parts]`, in braces: `{team}`, any Chinese character as
`{hanzi}`, and any sign that opens an item of a list as `{point_sign}`. Patterns are matched against `kg.reading.fold`ed text:
half-width punctuation, so an entry writes `,` `:` `(` and never their full-width forms.

`kg.lexicon.overlay` puts a user's own words and patterns on top of these.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicon.first import Scanner
from kg.lexicon.overlay import Content, current, merged, per_lexicon

HERE = Path(__file__).parent
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# Any Chinese character: a letter, and none of ASCII. `re` takes 30 times as long to compile a range.
HANZI = r"[^\W\x00-z①-⒛⓵-⓾❶-➓Ⅰ-Ⅻ㈠-㈩]"
POINT_SIGNS = "●■▍◆▪◇○★☆◎▶▷►▲△※•·√✓✔➢➤◉□"  # they open an item of a list, and stand in no name


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern. `fields` are the further keys of its entry (relation, what, role …),
    `words` those that are lists. `scanner` looks for it in a long text."""

    name: str
    scanner: Scanner
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    fields: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled regular expression."""
        return self.scanner.regex


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The content of one TOML file: word lists, pairs (short form → full form) and patterns."""

    name: str
    lists: Mapping[str, tuple[str, ...]]
    maps: Mapping[str, Mapping[str, str]]
    patterns: Mapping[str, Pattern]

    def regex(self, name: str) -> re.Pattern[str]:
        """Return the compiled regex called `name`."""
        return self.patterns[name].scanner.regex

    def scanner(self, name: str) -> Scanner:
        """Return the pattern called `name`, to look for it in a long text."""
        return self.patterns[name].scanner


@per_lexicon
def group(lexicon: str, prefix: str) -> tuple[Pattern, ...]:
    """Return the patterns of a lexicon whose name begins with `prefix`, in the order of the file."""
    return tuple(p for p in load(lexicon).patterns.values() if p.name.startswith(prefix))


@per_lexicon
def load(name: str) -> Lexicon:
    """Return the lexicon file `name` (without `.toml`) that ships with the package, with the user's own on top.

    Raises:
        LexiconError: the file is not valid TOML, or an entry is wrong.
    """
    path, overlay = HERE / f"{name}.toml", current()
    if own := overlay.files.get(name):
        return compiled(merged(name, read_toml(path), own), name, str(Path(overlay.folder) / path.name))
    return compiled(read_toml(path), name, path.name, checked=True)


def read_lexicon(path: Path) -> Lexicon:
    """Read one lexicon file.

    Raises:
        LexiconError: the file is not valid TOML, or an entry is wrong.
    """
    return compiled(read_toml(path), path.stem, path.name)


def read_toml(path: Path, named: str | None = None) -> Content:
    """Return the content of one lexicon file; a message calls it `named`, or by the last part of its path.

    Raises:
        LexiconError: the file cannot be read, or is not valid TOML in UTF-8.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(str(error), file=named or path.name) from error
    except OSError as error:
        raise LexiconError(f"cannot be read: {error.strerror}", file=named or path.name) from error


def compiled(content: Content, name: str, file: str, *, checked: bool = False) -> Lexicon:
    """Return the lexicon called `name` that a TOML file holds; `file` names it in messages. The
    patterns of one that is `checked` by the tests are compiled when they are first used.

    Raises:
        LexiconError: a pattern is wrong.
    """
    lists = {key: tuple(words) for key, words in content.get("lists", {}).items()}
    parts = parts_of(content)
    patterns = (compiled_pattern(entry, parts, file, checked=checked) for entry in content.get("pattern", ()))
    return Lexicon(name, lists, content.get("maps", {}), {p.name: p for p in patterns})


class Parts(dict[str, str]):
    """What a regex of a file may name in braces: the parts, and each list as an alternation, made
    when a regex names it."""

    def __init__(self, content: Content) -> None:
        super().__init__({"hanzi": HANZI, "point_sign": f"[{POINT_SIGNS}]", **content.get("parts", {})})
        self._lists = content.get("lists", {})

    def __missing__(self, name: str) -> str:
        self[name] = alternation(self._lists[name])
        return self[name]


def parts_of(content: Content) -> Parts:
    """Return what a regex of a file may name in braces: each list as an alternation, and the parts."""
    return Parts(content)


def alternation(words: Iterable[str]) -> str:
    """Return a regex that matches any of `words`, the longest first, sharing common beginnings.

    A tree of first characters is tried in a fraction of the time that a flat list of some
    hundred words takes.

    >>> alternation(["局", "公安局", "公安厅"])
    '(?:公安(?:厅|局)|局)'
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in sorted(words):
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree)


def _branch(tree: Mapping[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in tree
    branches = [re.escape(char) + _branch(below) for char, below in tree.items() if char]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return joined + "?" if ends else joined


def compiled_pattern(entry: Mapping[str, object], parts: Mapping[str, str], file: str, *, checked: bool = False) -> Pattern:
    """Return one pattern entry, with the parts it names put in and, if it is not `checked`, compiled.

    Raises:
        LexiconError: it has no name, its regex does not compile, or names a part that there is none of.
    """
    try:
        name, source = str(entry["name"]), _expand(str(entry.get("regex", "")), parts)
        scanner = Scanner(source)
        if not checked:
            scanner.regex
    except (KeyError, re.error, RecursionError, OverflowError) as error:
        raise LexiconError(f"pattern {entry.get('name')}: {error}", file=file) from error
    fields = {k: str(v) for k, v in entry.items() if isinstance(v, str) and k not in ("name", "regex")}
    words = {k: _strings(entry, k) for k, v in entry.items() if isinstance(v, list) and k not in ("examples", "rejects")}
    return Pattern(name, scanner, _strings(entry, "examples"), _strings(entry, "rejects"), fields, words)


def _expand(source: str, parts: Mapping[str, str]) -> str:
    """Put the parts that a regex names in its place; a part may name others."""
    for _ in range(len(parts) + 3):  # parts may name one another, the last of them lists
        if (expanded := PLACEHOLDER.sub(lambda m: parts[m.group(1)], source)) == source:
            return source
        source = expanded
    raise RecursionError("a part names itself")


def _strings(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    return tuple(str(v) for v in value) if isinstance(value, list) else ()
