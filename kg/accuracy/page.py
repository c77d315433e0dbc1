"""docs/accuracy.md: every score and every miss of the answer files, as one Markdown page."""
from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.accuracy import FIELDS, Tally, micro_average
from kg.accuracy.answers import Scored, evaluate
from kg.accuracy.compare import Outcome
from kg.accuracy.formats import issue_of, markdown_table, told
from kg.errors import InputError

GROUP = re.compile(r"^\| (open|heldout) \| (\w+) \|", re.MULTILINE)
NONE = "–"
HASH_SHOWN = 7  # characters of a commit

HEAD = """\
# Accuracy

Made by `make accuracy` from the answer files in `tests/gold`; a test fails when it is out of date.

What a rule found is held against answers that a reader made by hand from the text, by
`rectify evaluate`. Precision is the share of what was found that is right, recall the share of the
answers that was found, F1 their harmonic mean; 1.000 means that everything is found and nothing else.
An average adds up what all its notices count, so that a long notice weighs more than a short one.

- Each issue, measure, document and body that the answers name is wanted once, in its issue. What belongs to one
  (relation, issuer, full name, role) is compared where the thing itself was found.
- A body counts once an issue. *organization name* is its full name, where the text may give a short form.
- *measure status* counts only measures that are not done, and what is mistaken for one: most are done.
- Where two careful readers would differ, the answers accept both.
"""

AVERAGES = """
## All notices

*Real* is one notice of a high court, which the rules were written with; its text is not part of this
repository. *Open* are the invented notices that may be looked at while rules are written, *held out* those
that no rule is written from. In brackets: how many answers there are.
"""

HELD_OUT = """
## Held out: the first score and today's

A held-out notice is new to the rules only once. The first number is what the program of the commit that
added the notice made of it; the second is today's. The first one says what to expect of a notice in a form
that was not met before. (The answers were read a second time after those commits, and a few of them
corrected; each number is by the answers of its time.)
"""

OPEN = """
## Open notices
"""

MISSES = """
## Every miss

*should be* gives the answer. A reason is given where one is known.
"""

REAL_MISSES = """
### The real notice

Its words are not repeated here: only where the miss is, and why.
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some misses happen: those of `field`, of one of `notices`, that say one of `words` (empty: any)."""

    because: str
    field: str
    notices: tuple[str, ...]
    words: tuple[str, ...]

    def fits(self, notice: str, miss: Outcome) -> bool:
        """Whether this is why `miss` happens."""
        _, what = told(miss)
        return miss.field == self.field and (not self.notices or notice in self.notices) \
            and (not self.words or any(word in what for word in self.words))


def accuracy_page(folder: Path) -> str:
    """Return the page for a folder of notices with answers, `README.md` (the groups), `first_scores.json`,
    `real.json` (the notice that is not in the folder) and `reasons.toml`.

    Raises:
        InputError: a notice is in no group, or named twice.
    """
    scored = evaluate([folder])
    groups = _groups(folder, scored)
    first, real = _json(folder / "first_scores.json"), _json(folder / "real.json")
    reasons = read_reasons(folder / "reasons.toml")
    parts = [HEAD, AVERAGES, _averages(_tallies(real["scores"]), groups), HELD_OUT, _then_and_now(groups["heldout"], first),
             OPEN, _by_notice(groups["open"]), MISSES, *_misses(groups["open"] + groups["heldout"], reasons),
             REAL_MISSES, _real_misses(real["misses"])]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def read_reasons(path: Path) -> list[Reason]:
    """Return the reasons that `reasons.toml` gives, in order: the first that fits counts."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("reason", [])
    return [Reason(e["because"], e["field"], tuple(e.get("notices", ())), tuple(e.get("words", ()))) for e in entries]


def _json(path: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _groups(folder: Path, scored: Iterable[Scored]) -> dict[str, list[Scored]]:
    """The notices of each group, in the order of the list in README.md."""
    by_name = {one.name: one for one in scored}
    listed = GROUP.findall((folder / "README.md").read_text(encoding="utf-8"))
    names = [name for _, name in listed]
    if twice := sorted(name for name in set(names) if names.count(name) > 1):
        raise InputError(f"names {twice[0]} more than once", file=str(folder / "README.md"))
    if lost := sorted(set(by_name) - set(names)):
        raise InputError(f"does not say whether {lost[0]} is open or held out", file=str(folder / "README.md"))
    return {group: [by_name[name] for of, name in listed if of == group] for group in ("open", "heldout")}


def _tallies(counts: Mapping[str, Sequence[int]]) -> dict[str, Tally]:
    return {field: Tally(*counts[field]) for field in FIELDS if field in counts}


def _averages(real: Mapping[str, Tally], groups: Mapping[str, Sequence[Scored]]) -> str:
    opened, held = (micro_average(one.score.tallies for one in groups[group]) for group in ("open", "heldout"))
    columns = ("field", "real F1", "open precision", "recall", "F1", "held out precision", "recall", "F1")
    return markdown_table(columns, [(field, _f1(real.get(field)), *_three(opened.get(field)), *_three(held.get(field)))
                                    for field in FIELDS])


def _three(tally: Tally | None) -> tuple[str, str, str]:
    return (f"{tally.precision:.3f}", f"{tally.recall:.3f}", _f1(tally)) if tally else (NONE, NONE, NONE)


def _f1(tally: Tally | None) -> str:
    return f"{tally.f1:.3f} ({tally.wanted})" if tally else NONE


def _then_and_now(scored: Sequence[Scored], first: Mapping[str, Any]) -> str:
    then = {name: _tallies(entry["scores"]) for name, entry in first.items()}
    now = {one.name: one.score.tallies for one in scored}
    average = micro_average(then[name] for name in now if name in then), micro_average(now.values())
    columns = ["field", "all", *now]
    rows = [[field, _change(average[0].get(field), average[1].get(field)),
             *(_change(then.get(name, {}).get(field), tallies.get(field)) for name, tallies in now.items())] for field in FIELDS]
    commits = ["commit", "", *(first[name]["commit"][:HASH_SHOWN] if name in first else NONE for name in now)]
    return markdown_table(columns, [*rows, commits])


def _change(then: Tally | None, now: Tally | None) -> str:
    before, after = (f"{tally.f1:.3f}" if tally else NONE for tally in (then, now))
    return NONE if before == after == NONE else f"{before} → {after}"


def _by_notice(scored: Sequence[Scored]) -> str:
    return markdown_table(["field", *(one.name for one in scored)],
                          [[field, *(_f1(one.score.tallies.get(field)) for one in scored)] for field in FIELDS])


def _misses(scored: Sequence[Scored], reasons: Sequence[Reason]) -> Iterator[str]:
    for one in scored:
        yield f"### {one.name}"
        rows = [(issue_of(miss), miss.field, *told(miss), _because(one.name, miss, reasons)) for miss in one.score.misses]
        yield markdown_table(("issue", "field", "miss", "what", "reason"), rows) if rows else "None."


def _because(notice: str, miss: Outcome, reasons: Sequence[Reason]) -> str:
    return next((reason.because for reason in reasons if reason.fits(notice, miss)), "")


def _real_misses(misses: Sequence[Mapping[str, str]]) -> str:
    return markdown_table(("issue", "field", "miss", "reason"),
                          [(miss["issue"], miss["field"], miss["miss"], miss["reason"]) for miss in misses])
