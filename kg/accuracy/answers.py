"""Answer files, and the notice that each belongs to."""
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.accuracy import Score, score
from kg.accuracy.pairing import Record
from kg.errors import InputError
from kg.lexicon.own import read_own
from kg.model import to_json
from kg.pipeline import read_uncorrected

# Kinds of notices that may stand beside an answer file, the first that is there counts.
SUFFIXES = (".txt", ".html", ".htm", ".docx", ".pdf", ".md")
# What each entry of a list must hold, or it cannot be compared.
REQUIRED = {"claims": ("value", "quote"), "issues": ("number", "title", "measures"), "measures": ("documents", "organizations"),
            "documents": ("title", "relation"), "organizations": ("mention", "canonical", "role"), "figures": ("value",),
            "dates": ("start",), "doc_links": ("from", "to", "type")}


@dataclass(frozen=True, slots=True)
class Case:
    """An answer file and the notice that it answers for. `name` is the file's, without its ending."""

    name: str
    answers: Path
    notice: Path


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one notice."""

    name: str
    score: Score


def evaluate(paths: Sequence[Path], lexicon: Path | None = None) -> list[Scored]:
    """Read each notice and score its records, without what a user corrected.

    Args:
        paths: answer files (`.json`), folders of them, and notices for those that have none beside them.
        lexicon: folder of words and patterns of your own, on top of those that ship.

    Raises:
        InputError: there is no answer file, one is wrong, or its notice is missing or cannot be read.
        LexiconError: an entry of your lexicon cannot be used.
    """
    own = read_own(lexicon) if lexicon else None
    return [Scored(case.name, score(load_answers(case.answers), to_json(read_uncorrected(case.notice, own)))) for case in find_cases(paths)]


def find_cases(paths: Sequence[Path]) -> list[Case]:
    """Return each answer file among `paths` with its notice: the one given of the same name, else the one beside it.

    A single notice belongs to a single answer file, whatever their names. In a folder, a `.json` file
    without a notice beside it is no answer file.

    Raises:
        InputError: there is no answer file, or no notice for one, or a notice that no answer file is for.
    """
    answers = [path for given in paths for path in _answer_files(given)]
    notices = [path for path in paths if path.suffix != ".json" and not path.is_dir()]
    if not answers:
        raise InputError("no answer file: give a .json file, or a folder with notices beside their answers",
                         file=str(paths[0]) if paths else None)
    if len(answers) == len(notices) == 1:
        return [Case(answers[0].stem, answers[0], notices[0])]
    names = {path.stem for path in answers}
    if idle := [path for path in notices if path.stem not in names]:
        raise InputError("no answer file of this name is given", file=str(idle[0]))
    return [Case(path.stem, path, _notice_of(path, notices)) for path in answers]


def _answer_files(path: Path) -> list[Path]:
    if path.is_dir():
        return [found for found in sorted(path.glob("*.json")) if _beside(found)]
    return [path] if path.suffix == ".json" else []


def _beside(answers: Path) -> Path | None:
    return next((path for suffix in SUFFIXES if (path := answers.with_suffix(suffix)).is_file()), None)


def _notice_of(answers: Path, notices: Sequence[Path]) -> Path:
    notice = next((path for path in notices if path.stem == answers.stem), None) or _beside(answers)
    if notice is None:
        raise InputError(f"its notice is not beside it ({answers.stem}{' or '.join(SUFFIXES[:2])} …): give it too", file=str(answers))
    return notice


def load_answers(path: Path) -> Record:
    """Return the content of an answer file.

    Raises:
        InputError: it cannot be read, is not valid JSON, or an entry lacks what is compared.
    """
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("is no answer file: it is not in UTF-8", file=str(path)) from error
    except json.JSONDecodeError as error:
        raise InputError(f"is no answer file: {error.msg}", file=str(path), line=error.lineno, column=error.colno) from error
    if lacking := next(_lacking(answers), None):
        raise InputError(f"is no answer file: {lacking}", file=str(path))
    return dict(answers)


def _lacking(answers: object) -> Iterator[str]:
    """What an answer file must hold and does not, each with its place: issues[2].title."""
    if not isinstance(answers, Mapping) or not isinstance(answers.get("notice"), Mapping):
        yield "it has no “notice”"
        return
    yield from (f"it has no list “{name}”" for name in ("claims", "issues") if not isinstance(answers.get(name), list))
    yield from _lacking_below(answers, "")


def _lacking_below(holder: Record, place: str) -> Iterator[str]:
    for name, keys in REQUIRED.items():
        for at, item in enumerate(holder.get(name) or []):
            here = f"{place}{name}[{at}]"
            if not isinstance(item, Mapping):
                yield f"{here} is no object"
                continue
            yield from (f"{here} has no “{key}”" for key in keys if key not in item)
            yield from _lacking_below(item, f"{here}.")
