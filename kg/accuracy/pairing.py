"""Which issue of an answer file is which of the records found, and so for measures and bodies."""
from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

Record: TypeAlias = Mapping[str, Any]
T = TypeVar("T")
U = TypeVar("U")

# Two transcribers of one notice differ in these signs, and mean the same.
SIGNS = " \t\r\n\u3000“”\"‘’'《》〈〉<>。;,:、."
WITHOUT_SIGNS = dict.fromkeys(map(ord, SIGNS))
SHORT_TITLE = 5  # characters; a title as short as this must be the same, a longer one may be part of the other
TITLE_SHARE = 0.6  # of the longer title that the shorter one must make up
WORDS_SHARE = 0.6  # of the headings, titles and names of a measure that the one found must hold


def plain(text: object) -> str | None:
    """Return `text` in one width without spaces, quotes and stops; None stays None.

    >>> plain("《财务管理办法（试行）》。")
    '财务管理办法(试行)'
    """
    return None if text is None else unicodedata.normalize("NFKC", str(text)).translate(WITHOUT_SIGNS)


def agree(one: object, other: object) -> bool:
    """Whether two texts are the same, or one is part of the other."""
    a, b = plain(one), plain(other)
    return a == b or bool(a and b and (a in b or b in a))


def accepted(record: Record, names: str, name: str) -> set[str | None]:
    """Return what counts as right for a field: the answers listed under `names`, else the one under `name`."""
    return {plain(answer) for answer in record.get(names) or [record.get(name)]}


def pair_issues(wanted: Sequence[Record], found: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Return the issues that bear the same title, in text order."""
    return list(_in_order(wanted, found, _is_same_issue))


def pair_measures(wanted: Sequence[Record], found: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Return the measures of one issue that hold the same words, in text order."""
    def is_same(one: Record, other: Record) -> bool:
        words, text = _words(one), plain(other.get("text") or "") or ""
        if not words:
            return len(wanted) == len(found)
        return sum(word in text for word in words) / len(words) >= WORDS_SHARE
    return list(_in_order(wanted, found, is_same))


def _in_order(wanted: Sequence[T], found: Sequence[U], is_same: Callable[[T, U], bool]) -> Iterator[tuple[T, U]]:
    """Each one wanted with the first one found that is the same and stands after those taken before."""
    free = 0
    for one in wanted:
        at = next((i for i in range(free, len(found)) if is_same(one, found[i])), None)
        if at is not None:
            free = at + 1
            yield one, found[at]


def _is_same_issue(wanted: Record, found: Record) -> bool:
    one, other = sorted((plain(wanted["title"]) or "", plain(found["title"]) or ""), key=len)
    if one == other:
        return bool(one)
    return len(one) > SHORT_TITLE and one in other and len(one) / len(other) >= TITLE_SHARE


def _words(measure: Record) -> list[str]:
    """What a measure of an answer file is recognised by: its heading, the titles and the bodies in it."""
    words = [measure.get("heading"), *(d["title"] for d in measure["documents"]),
             *(o["mention"] for o in measure["organizations"])]
    return [plain(word) or "" for word in words if word]


@dataclass(frozen=True, slots=True)
class Body:
    """One body of an issue: everything that is said of it there. `label` is its first full name."""

    label: str
    names: frozenset[str]
    mentions: frozenset[str]
    roles: frozenset[str]
    optional: bool

    def joined(self, other: "Body") -> "Body":
        """Return this body with what another mention says of it."""
        return Body(self.label, self.names | other.names, self.mentions | other.mentions, self.roles | other.roles,
                    self.optional and other.optional)


def bodies(organizations: Iterable[Record]) -> list[Body]:
    """Return the bodies that the mentions of one issue name, each once, in text order."""
    found: list[Body] = []
    for body in map(_body, organizations):
        at = next((i for i, other in enumerate(found) if other.names & body.names), None)
        if at is None:
            found.append(body)
        else:
            found[at] = found[at].joined(body)
    return found


def _body(organization: Record) -> Body:
    names = accepted(organization, "accepted_canonical", "canonical")
    return Body(organization["canonical"], frozenset(n for n in names if n is not None),
                frozenset(m for m in [plain(organization.get("mention"))] if m is not None),
                frozenset(organization.get("accepted_roles") or [organization["role"]]), bool(organization.get("optional")))


def pair_bodies(wanted: Sequence[Body], found: Sequence[Body]) -> tuple[list[tuple[Body, Body | None]], list[Body]]:
    """Return each body wanted with the one found that shares a name, else a mention; and those left over."""
    left, pairs = list(found), []
    for body in wanted:
        at = next((i for i, other in enumerate(left) if other.names & body.names), None)
        if at is None:
            at = next((i for i, other in enumerate(left) if other.mentions & body.mentions), None)
        pairs.append((body, None if at is None else left.pop(at)))
    return pairs, left
