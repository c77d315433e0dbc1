"""Corrections by the user: a file beside the notice says what was read wrong, and is applied at every build.

What is corrected stays apart: its record carries `rule` "corrected", or names the field in `corrected`, and the
graph gives it the basis *corrected*. A correction that no longer fits changes nothing and is reported.

Most notices have none, so what reads and applies them is loaded only where there is such a file.
"""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Notice

if TYPE_CHECKING:
    from kg.corrections.file import Entry

SHARED_NAME = "corrections.toml"
SUFFIX = ".corrections.toml"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections for one notice, in the order in which they are made. `files` gives each file's hash by name."""

    entries: tuple[Entry, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def is_corrections(path: Path) -> bool:
    """Whether a file in a folder of notices is one of corrections."""
    return path.name == SHARED_NAME or path.name.endswith(SUFFIX)


def corrections_beside(notice: Path) -> Corrections:
    """Read the corrections for a notice: `NOTICE.corrections.toml` beside it, with or without the ending of the
    notice's name, and its table in the folder's `corrections.toml`.

    Raises:
        CorrectionsError: a file is no valid TOML, or an entry is wrong; with file, line and entry.
    """
    names = dict.fromkeys((notice.name + SUFFIX, notice.stem + SUFFIX, SHARED_NAME))
    if not (files := [path for name in names if (path := notice.with_name(name)).is_file()]):
        return Corrections()
    from kg.corrections.file import read_corrections
    return read_corrections(files, notice.name)


def correct(notice: Notice, corrections: Corrections) -> Notice:
    """Return `notice` with the corrections made, one after the other.

    Returns:
        The corrected records. A correction that finds nothing to change is a warning `correction_unused` that
        names its file and line.
    """
    if not corrections.entries:
        return notice
    from kg.corrections.apply import apply
    return apply(notice, corrections.entries)
