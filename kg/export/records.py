"""A dependency chain as a record, the same for every format."""
from __future__ import annotations

from dataclasses import dataclass

# Where a chain ends: at an issue that has no measure; at a measure that names no document; at a document
# of which nothing more is said (or the one asked for); before a document that is in the chain already; at a limit.
AT_ISSUE, AT_MEASURE, AT_DOCUMENT, IN_CYCLE, AT_LIMIT = "issue", "measure", "document", "cycle", "limit"


@dataclass(frozen=True, slots=True)
class Place:
    """The words that say something, and where they stand. All None where that is not known."""

    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An organization that answers for a measure. `basis`: stated, default, inferred; None where not known."""

    node: str
    label: str
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An issue or a measure of a chain. `status` is the local name of a concept."""

    node: str
    label: str
    number: int | None = None
    marker: str | None = None
    status: str | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """A document of a chain, and the relation by which `source` (an action, a measure, or the document
    before it) comes to it. `depends`: whether that is a dependency (to study a document is none)."""

    source: str
    relation: str
    depends: bool
    node: str
    label: str
    issuer: str | None = None
    awaited: bool = False
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Chain:
    """One row: what an issue rests on, down to where the chain ends.

    `parent` is the label of the issue above a sub-issue, else "". `levels` are court levels, highest first.
    """

    notice: str
    aspect: str
    parent: str
    issue: Item
    measure: Item | None
    responsible: tuple[Body, ...]
    levels: tuple[str, ...]
    documents: tuple[DocumentStep, ...]
    ends: str

    def nodes(self) -> tuple[str, ...]:
        """Return the nodes that the chain goes through, from the issue on."""
        items = [item.node for item in (self.issue, self.measure) if item]
        return (*items, *(step.node for step in self.documents))

    def key(self) -> tuple[tuple[str, str], ...]:
        """Return what makes two rows the same: each node with the relation that leads to it."""
        items = [(item.node, "") for item in (self.issue, self.measure) if item]
        return (*items, *((step.node, step.relation) for step in self.documents))


def titled(kind: str, item: Item) -> str:
    """Return an issue or a measure by kind, number and label.

    >>> titled("问题", Item("urn:x", "档案管理不严", 3))
    '问题3 档案管理不严'
    """
    return f"{kind}{'' if item.number is None else item.number} {item.label}"
