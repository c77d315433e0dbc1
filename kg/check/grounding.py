"""Whether the words that a graph cites stand in the text where it says."""
from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store import open_graph
from kg.vocab import NAMESPACE

TEXT_FILE = "source.txt"


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """A citation that does not hold. `node` is its IRI, `cause` one sentence saying what is wrong."""

    node: str
    cause: str
    start: int | None = None
    end: int | None = None


def check_build(folder: str | Path) -> tuple[Ungrounded, ...]:
    """Compare every quote of a build with the text beside it.

    Raises:
        GraphError: the build or its text is missing or unreadable.
    """
    return check_evidence(open_graph(folder).parts.evidence, text_of(folder))


def text_of(folder: str | Path) -> str:
    """Return the text that the offsets of a build count in.

    Raises:
        GraphError: it is missing or unreadable.
    """
    path = Path(folder) / TEXT_FILE
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GraphError("the text of the build is missing or no UTF-8", file=str(path)) from error


def check_evidence(evidence: Iterable[ox.Triple], text: str) -> tuple[Ungrounded, ...]:
    """Compare every quote, and the hash of the text, with the text itself.

    Args:
        evidence: the evidence part of the graph of one notice.
        text: what its offsets count in.

    Returns:
        One record for each citation that does not hold, in order of the evidence.
    """
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in evidence:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
            nodes[triple.subject.value][triple.predicate.value.removeprefix(NAMESPACE)] = triple.object.value
    found = [fault for node, values in nodes.items() if (fault := _fault(node, values, text))]
    if not any("exactQuote" in values for values in nodes.values()):
        found.append(Ungrounded("", "there is no evidence at all"))
    return tuple(found)


def _fault(node: str, values: Mapping[str, str], text: str) -> Ungrounded | None:
    if "textSha256" in values and values["textSha256"] != hashlib.sha256(text.encode("utf-8")).hexdigest():
        return Ungrounded(node, "the text is not the one that was read: its hash differs")
    if "exactQuote" not in values and "startOffset" not in values:
        return None
    try:
        start, end = int(values["startOffset"]), int(values["endOffset"])
    except (KeyError, ValueError):
        return Ungrounded(node, "it has no offsets")
    if not 0 <= start < end <= len(text):
        return Ungrounded(node, f"its offsets {start}-{end} are not in the text", start, end)
    if text[start:end] != values.get("exactQuote"):
        return Ungrounded(node, "the text has other words at its offsets", start, end)
    return None
