"""A corrections file: TOML, in which a Chinese key needs no quotes.

    [[文件]]
    标题 = "财务管理办法"
    关系 = "制发"
"""
from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.corrections import SHARED_NAME, Corrections
from kg.corrections.keys import FLAGS, KEYS, SECTIONS, Section, chinese_of
from kg.errors import CorrectionsError

# TOML asks for quotes around a key with letters other than a-z; nobody who writes Chinese expects that.
BARE_KEY = re.compile(r"""^(\s*)([^\s"'#=\[\]{},.]*[^\x00-\x7f][^\s"'#=\[\]{},.]*)(\s*=)""")
HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*(\]\]?)\s*(?:#.*)?$")
HEADER_PART = re.compile(r"""\s*("[^"]*"|'[^']*'|[^."'\s]+)\s*(?:\.|$)""")
AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
WIDE_SIGNS = "“”‘’＝＂"
TRIPLES = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction, keys in English and values as the records have them. `file` and `line` are where it stands."""

    file: str
    line: int
    section: Section
    values: Mapping[str, str]

    def __str__(self) -> str:
        named = next((self.values[key] for key in self.section.finds if key in self.values), "")
        return f"[[{self.section.chinese}]] {named}".strip()

    def get(self, key: str) -> str | None:
        """Return the value of a key, None where the entry does not have it; "true" for a flag."""
        return self.values.get(key)

    @property
    def place(self) -> str:
        """File and line, as messages name them."""
        return f"{self.file}:{self.line}"


def read_corrections(files: Iterable[Path], notice: str) -> Corrections:
    """Read the corrections that `files` hold for the notice of this file name.

    Raises:
        CorrectionsError: a file is no valid TOML, or an entry is wrong; with file, line and entry.
    """
    entries: list[Entry] = []
    hashes = []
    for path in files:
        data = _bytes(path)
        entries += _entries(path, data, notice if path.name == SHARED_NAME else None)
        hashes.append((path.name, hashlib.sha256(data).hexdigest()))
    return Corrections(tuple(entries), tuple(hashes))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CorrectionsError(f"cannot be read: {error.strerror}", file=str(path)) from error


def _entries(path: Path, data: bytes, notice: str | None) -> list[Entry]:
    """The entries of one file; of a shared one those in the table called `notice`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionsError("is not in UTF-8: save it as UTF-8", file=str(path)) from error
    lines = text.splitlines()
    content = _parsed(path, lines)
    if notice is not None:
        _refuse_loose_entries(path, content, lines)
        content = content.get(notice, {})
    headers = _headers(lines, notice)
    found = [_entry(path, headers, name, at, values) for name, listed in content.items()
             for at, values in enumerate(_listed(path, name, listed, headers))]
    return sorted(found, key=lambda entry: entry.line)


def _parsed(path: Path, lines: Sequence[str]) -> Mapping[str, Any]:
    try:
        return tomllib.loads("\n".join(_quoted(lines)) + "\n")
    except tomllib.TOMLDecodeError as error:
        at = AT_LINE.search(str(error))
        line = int(at[1]) if at else len(lines)
        written = lines[line - 1] if 0 < line <= len(lines) else ""
        hint = ' (write straight signs: " and =)' if any(sign in written for sign in WIDE_SIGNS) else ""
        raise CorrectionsError(f"is no valid TOML: {AT_LINE.sub('', str(error)).strip()}{hint}", file=str(path), line=line,
                               excerpt=written) from error


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    """The lines with Chinese keys in quotes, but not what stands in a text over several lines."""
    inside = False
    for line in lines:
        if inside:
            yield line
        elif header := HEADER.match(line):
            yield f"{header[1]}{'.'.join(_quote(part) for part in HEADER_PART.findall(header[2]))}{header[3]}"
        else:
            yield BARE_KEY.sub(lambda m: f"{m[1]}{_quote(m[2])}{m[3]}", line)
        inside ^= len(TRIPLES.findall(line)) % 2 == 1


def _quote(part: str) -> str:
    return part if part.isascii() or part[0] in "\"'" else f'"{part}"'


def _headers(lines: Sequence[str], notice: str | None) -> dict[str, list[int]]:
    """The lines on which entries of each section begin, counted from 1."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        if header := HEADER.match(line):
            *above, name = (part.strip("\"'") for part in HEADER_PART.findall(header[2]))
            if above == ([] if notice is None else [notice]):
                found.setdefault(name, []).append(number)
    return found


def _refuse_loose_entries(path: Path, content: Mapping[str, Any], lines: Sequence[str]) -> None:
    for name, value in content.items():
        if _section(name) or not isinstance(value, Mapping):
            raise CorrectionsError(f'[[{name}]]: says nothing of the notice it is for: write [["notice.txt".{name}]]', file=str(path),
                                   line=next(iter(_headers(lines, None).get(name, ())), None))


def _listed(path: Path, name: str, value: object, headers: Mapping[str, Sequence[int]]) -> list[Mapping[str, object]]:
    line = next(iter(headers.get(name, ())), None)
    if _section(name) is None:
        known = ", ".join(f"[[{section.chinese}]] or [[{section.name}]]" for section in SECTIONS)
        raise CorrectionsError(f"{name}: there is no such section ({known})", file=str(path), line=line)
    if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
        raise CorrectionsError(f"{name}: write it in double brackets, once for each correction: [[{name}]]", file=str(path), line=line)
    return value


def _section(name: str) -> Section | None:
    return next((section for section in SECTIONS if name in (section.name, section.chinese)), None)


def _entry(path: Path, headers: Mapping[str, Sequence[int]], name: str, at: int, values: Mapping[str, object]) -> Entry:
    section, lines = _section(name), headers.get(name, ())
    assert section is not None  # `_listed` has refused any other
    line = lines[at] if at < len(lines) else 1
    entry = Entry(str(path), line, section, {KEYS.get(key, key): _plain(key, value) for key, value in values.items()})
    if fault := next(_faults(entry, values), None):
        raise CorrectionsError(f"{entry}: {fault}", file=str(path), line=line)
    words = {key: section.values.get(key, {}).get(value, value) for key, value in entry.values.items()}
    if "was" in words and (changed := _changed(entry)):
        words["was"] = section.values.get(changed[0], {}).get(words["was"], words["was"])
    return Entry(str(path), line, section, words)


def _plain(written: str, value: object) -> str:
    """A value as text; of a flag "true", which may be written 是."""
    return "true" if KEYS.get(written, written) in FLAGS and (value is True or value == "是") else str(value)


def _changed(entry: Entry) -> list[str]:
    """What an entry changes."""
    return [key for key in entry.section.changes if key in entry.values]


def _faults(entry: Entry, values: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with an entry, as its author wrote it."""
    section, changed = entry.section, _changed(entry)
    for written, value in values.items():
        key = KEYS.get(written, written)
        if key not in section.keys:
            known = ", ".join(f"{chinese_of(each)} {each}" for each in section.keys)
            yield f"{written} means nothing here (known: {known})"
        elif key in FLAGS:
            if _plain(written, value) != "true":
                yield f"{written} can only be true"
        elif isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
            yield f'{written} must be text in quotes: {written} = "…"'
        elif (known_values := section.values.get(key)) and str(value) not in (*known_values, *known_values.values()):
            yield f"{written} = {value} is none of {', '.join(f'{zh} {en}' for zh, en in known_values.items())}"
    if not any(key in entry.values for key in section.finds):
        yield f"has no {chinese_of(section.finds[0])} ({section.finds[0]}), to find what is meant"
    if not changed:
        yield f"says nothing to change ({', '.join(f'{chinese_of(key)} {key}' for key in section.changes)})"
    if "drop" in changed and len(changed) > 1:
        yield "drops what it changes: one of the two"
    if "add" in changed and "issue" not in entry.values:
        yield "does not say to which issue it adds (问题 issue)"
    if "was" in entry.values and (len(changed) != 1 or changed[0] in (*FLAGS, "split")):
        yield "has 原为 (was), so it must change just one value"
