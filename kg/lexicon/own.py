"""A user's own lexicon: read from a folder, and checked, entry by entry.

What would never be looked at (a list that no rule reads), or would break reading (a regex that does not
compile), is refused; what only does not do what its author thinks (an example that does not match) is found
by `findings`.
"""
from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from kg.errors import LexiconError
from kg.lexicon import HERE, PLACEHOLDER, Lexicon, Pattern, compiled_pattern, load, parts_of, read_toml
from kg.lexicon.overlay import FAMILIES, NOTHING, Content, Overlay, merged, using

SECTIONS = ("lists", "maps", "parts", "pattern")
PLAIN_KEYS = ("name", "regex", "examples", "rejects", "source")
# A new pattern is looked for where its name begins like those that a rule tries one after the other.
OPEN = {"claims": "", "documents": "after_", "levels": "own_", "organizations": "role_", "resolution": "scope_"}
FREE_FIELDS = ("what",)  # a claim may count anything
BODY = "{body}"  # stands for a name in the examples of a role: 会同{body}开展检查


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with an entry. `fatal`: the file cannot be used."""

    file: str
    entry: str
    cause: str
    fatal: bool = True

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.entry, self.cause) if part)


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was checked, and what was found."""

    files: int
    words: int
    patterns: int
    findings: tuple[Finding, ...]


def read_own(folder: str | Path) -> Overlay:
    """Read a user's lexicon folder, to hand it to `kg.lexicon.overlay.using`.

    Raises:
        LexiconError: there is no such folder, it holds no lexicon file, or an entry cannot be used.
    """
    if not Path(folder).is_dir():
        raise LexiconError("is no folder of lexicon files", file=str(folder))
    files = {path.stem: (path, _read(path)) for path in _files(Path(folder))}
    for name, (path, content) in files.items():
        for finding in _findings(path, content):
            if finding.fatal:
                raise LexiconError(": ".join(filter(None, (finding.entry, finding.cause))), file=str(path))
    digest = hashlib.sha256()
    for path, _ in files.values():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return Overlay(str(folder), digest.hexdigest(), {name: content for name, (_, content) in files.items()})


def check(path: str | Path | None = None) -> Checked:
    """Check a lexicon file or folder; without one, the lexicon that ships with the package.

    Raises:
        LexiconError: there is nothing at `path`, or the folder holds no lexicon file.
    """
    paths = _files(HERE if path is None else Path(path))
    found: list[Finding] = []
    words = patterns = 0
    for each in paths:
        try:
            content = _read(each)
        except LexiconError as error:
            found.append(Finding(str(each), "", error.cause))
            continue
        found += _findings(each, content)
        words += sum(len(listed) for listed in _mapping(content, "lists").values() if isinstance(listed, list))
        patterns += len(content.get("pattern", ()))
    return Checked(len(paths), words, patterns, tuple(found))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise LexiconError("there is no such file or folder", file=str(path))
    if not path.is_dir():
        return [path]
    if not (found := sorted(path.glob("*.toml"))):
        raise LexiconError("holds no lexicon file (like documents.toml)", file=str(path))
    return found


def _read(path: Path) -> Content:
    return read_toml(path, str(path))


def _findings(path: Path, content: Content) -> Iterator[Finding]:
    shipped = path.parent.resolve() == HERE.resolve()
    for fault in _faults(path.stem, content, None if shipped else _base(path.stem)):
        yield Finding(str(path), *fault)


Fault = tuple[str, str, bool]
"""The entry, what is wrong with it, and whether the file cannot be used."""


@dataclass(frozen=True, slots=True)
class Base:
    """What ships under the name of a user's file: as written, and compiled."""

    content: Content
    lexicon: Lexicon


def _base(name: str) -> Base | None:
    path = HERE / f"{name}.toml"
    if not path.is_file():
        return Base({}, Lexicon(name, {}, {}, {}))
    with using(NOTHING):
        return Base(read_toml(path), load(name))


def _faults(name: str, own: Content, base: Base | None) -> Iterator[Fault]:
    """What is wrong with the content of one file; `base` is None for one that ships with the package."""
    if base and not base.content:
        names = ", ".join(path.stem for path in sorted(HERE.glob("*.toml")))
        yield "", f"there is no lexicon file of this name to add to ({names})", True
        return
    if wrong := list(_shape(own)):
        yield from wrong
        return
    yield from _words(name, own)
    if base:
        yield from _strangers(name, own, base)
    content = merged(name, base.content, own) if base else own
    entries = {entry["name"]: entry for entry in content["pattern"]} if "pattern" in content else {}
    parts = parts_of(content)
    for entry in own.get("pattern", ()):
        yield from _pattern(name, entries[entry["name"]], parts, base)


# --- shape: what stands where ------------------------------------------------------------------------

def _mapping(content: Content, name: str) -> Content:
    value = content.get(name, {})
    return value if isinstance(value, Mapping) else {}


def _shape(own: Content) -> Iterator[Fault]:
    for section in own:
        if section not in SECTIONS:
            yield f"[{section}]", f"there is no such section ({', '.join(SECTIONS)})", True
    for section in SECTIONS[:3]:
        if not isinstance(own.get(section, {}), Mapping):
            yield f"[{section}]", f"must be a table: [{section}]", True
    for name, words in _mapping(own, "lists").items():
        if not _is_words(words):
            yield f"lists.{name}", 'must be a list of words: ["…", "…"]', True
    for name, pairs in _mapping(own, "maps").items():
        if not isinstance(pairs, Mapping) or not all(isinstance(value, str) for value in pairs.values()):
            yield f"maps.{name}", 'must be pairs of words: "…" = "…"', True
    for name, part in _mapping(own, "parts").items():
        if not isinstance(part, str):
            yield f"parts.{name}", "must be a piece of a regular expression, in quotes", True
    yield from _pattern_shape(own.get("pattern", []))


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _pattern_shape(patterns: object) -> Iterator[Fault]:
    if not isinstance(patterns, list) or not all(isinstance(entry, Mapping) for entry in patterns):
        yield "pattern", "must be written [[pattern]], once for each", True
        return
    for at, entry in enumerate(patterns, 1):
        if not isinstance(entry.get("name"), str) or not entry["name"]:
            yield f"pattern no. {at}", 'has no name: name = "…"', True
            continue
        for key, value in entry.items():
            if not isinstance(value, str) and not _is_words(value):
                yield f"pattern {entry['name']}", f"{key} must be text in quotes, or a list of it", True
    for name, times in Counter(entry.get("name") for entry in patterns if isinstance(entry.get("name"), str)).items():
        if times > 1:
            yield f"pattern {name}", f"is there {times} times", True


# --- words -------------------------------------------------------------------------------------------

def _words(name: str, own: Content) -> Iterator[Fault]:
    lists = own.get("lists", {})
    for listed, words in lists.items():
        for word, times in Counter(words).items():
            if times > 1:
                yield f"lists.{listed}", f"{word} is there {times} times", False
            yield from _wide(f"lists.{listed}", word)
    homes: dict[str, list[str]] = {}
    for listed in FAMILIES.get(name, ()):
        for word in dict.fromkeys(lists.get(listed, ())):
            homes.setdefault(word, []).append(listed)
    for word, found in homes.items():
        if len(found) > 1:
            yield f"lists.{found[0]}", f"{word} is in {' and '.join(found[1:])} too: it can mean one of them", False


def _wide(entry: str, text: str) -> Iterator[Fault]:
    """Texts are matched in half width, so a full-width sign in the lexicon never matches."""
    if wide := "".join(dict.fromkeys(char for char in text if "\uff01" <= char <= "\uff5e" or char == "\u3000")):
        half = "".join(" " if char == "\u3000" else chr(ord(char) - 0xFEE0) for char in wide)
        yield entry, f"full-width {wide} never matches: write {half}", False


# --- names that no rule knows --------------------------------------------------------------------------

def _strangers(name: str, own: Content, base: Base) -> Iterator[Fault]:
    used = {match for text in _regexes(own) for match in PLACEHOLDER.findall(text)}
    for listed in own.get("lists", {}):
        if listed not in base.content.get("lists", {}) and listed not in used:
            yield f"lists.{listed}", _no_such("list", base.content.get("lists", {})), True
    for mapped in own.get("maps", {}):
        if mapped not in base.content.get("maps", {}):
            yield f"maps.{mapped}", _no_such("map", base.content.get("maps", {})), True
    prefix = OPEN.get(name)
    for entry in own.get("pattern", ()):
        if entry["name"] not in base.lexicon.patterns and (prefix is None or not entry["name"].startswith(prefix)):
            begins = f" (a new one begins with {prefix})" if prefix else ""
            yield f"pattern {entry['name']}", f"no rule looks for it: {_no_such('pattern', base.lexicon.patterns)}{begins}", True


def _regexes(own: Content) -> Iterator[str]:
    yield from (entry["regex"] for entry in own.get("pattern", ()) if isinstance(entry.get("regex"), str))
    yield from own.get("parts", {}).values()


def _no_such(what: str, names: Iterable[str]) -> str:
    return f"there is no {what} of this name ({', '.join(names) or 'none'})"


# --- patterns ----------------------------------------------------------------------------------------

def _pattern(name: str, entry: Content, parts: Mapping[str, str], base: Base | None) -> Iterator[Fault]:
    """What is wrong with one pattern. `entry` holds what it takes over from the one it replaces."""
    label = f"pattern {entry['name']}"
    try:
        pattern = compiled_pattern(entry, parts, "")
    except LexiconError as error:
        yield label, _compile_fault(error), True
        return
    if base and (models := _models(name, pattern, base)):
        yield from ((label, cause, True) for cause in _fields(entry, models, base))
        if lost := _groups(pattern, models) - set(pattern.regex.groupindex):
            yield label, f"has no group {' and '.join(f'(?P<{group}>…)' for group in sorted(lost))}, which the rule reads", True
    yield from _wide(label, str(entry.get("regex", "")))
    yield from ((label, cause, False) for cause in _examples(pattern, shipped=base is None))


def _compile_fault(error: LexiconError) -> str:
    cause = error.__cause__
    return f"names {{{cause.args[0]}}}, which is neither a list nor a part" if isinstance(cause, KeyError) else \
        f"its regex does not compile: {cause}"


def _models(name: str, pattern: Pattern, base: Base) -> list[Pattern]:
    """The pattern that it replaces, else those that are tried beside it."""
    if pattern.name in base.lexicon.patterns:
        return [base.lexicon.patterns[pattern.name]]
    prefix = OPEN.get(name)
    if prefix is None or not pattern.name.startswith(prefix):
        return []
    return [p for p in base.lexicon.patterns.values() if p.name.startswith(prefix)]


def _fields(entry: Content, models: Sequence[Pattern], base: Base) -> Iterator[str]:
    known = {key for model in models for key in (*model.fields, *model.words)} - set(PLAIN_KEYS)
    needed = reduce(set.intersection, ({*model.fields} for model in models)) - set(PLAIN_KEYS)
    yield from (f"has no {key}" for key in sorted(needed) if key not in entry)
    for key, value in entry.items():
        if key in PLAIN_KEYS or key in FREE_FIELDS:
            continue
        if key not in known:
            yield f"{key} means nothing here (known: {', '.join(sorted(known)) or 'none'})"
        elif isinstance(value, str):
            values = {p.fields[key] for p in base.lexicon.patterns.values() if key in p.fields}
            values |= set(base.lexicon.lists) if key == "relation" else set()
            if value not in values:
                yield f'{key} = "{value}" is none of {", ".join(sorted(values))}'


def _groups(pattern: Pattern, models: Sequence[Pattern]) -> set[str]:
    """The groups that every pattern of this meaning has, so that the rule may read them."""
    alike = [model for model in models if all(pattern.fields.get(key) == value for key, value in model.fields.items()
                                              if key not in (*PLAIN_KEYS, *FREE_FIELDS))] or list(models)
    return reduce(set.intersection, (set(model.regex.groupindex) for model in alike))


def _examples(pattern: Pattern, shipped: bool) -> Iterator[str]:
    # Roles that ship are shown by whole sentences, in tests/cases.
    is_role = pattern.name.startswith("role_")
    if not pattern.examples and not (shipped and is_role):
        yield "has no example that it must match"
    for text in (*pattern.examples, *pattern.rejects):
        yield from (cause for _, cause, _ in _wide("", text))
        if is_role and BODY not in text:
            yield f"“{text}” does not show where the body stands: write {BODY} for its name"
    yield from (f"does not match its example “{text}”" for text in pattern.examples if not _shows(pattern, text))
    yield from (f"matches “{text}”, which it must not" for text in pattern.rejects if _shows(pattern, text))


def _shows(pattern: Pattern, text: str) -> bool:
    """Whether a pattern matches an example; a role is read from the words on both sides of a body."""
    before, body, after = text.partition(BODY)
    if not body:
        return pattern.regex.search(text) is not None
    words = pattern.words.get("before")
    return (words is None or before.endswith(words)) and pattern.regex.match(after) is not None
