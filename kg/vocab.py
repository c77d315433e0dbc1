"""The terms that the graph may use, and the IRIs of what a notice speaks of.

`R` holds the classes and properties, `C` the concepts of `ontology/rectify.ttl`; both are closed:
a name that the ontology does not declare raises `UnknownTermError`, so a misspelt term never
reaches a graph. IRIs of data are minted here and nowhere else, each from keys that hold letters,
digits and hyphens only, so that no text of a notice can break one.
"""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

import ontology
from kg.errors import RectifyError

ONTOLOGY_FILE = Path(ontology.__file__).with_name("rectify.ttl")
NAMESPACE = "https://w3id.org/rectify#"
CONCEPTS = "https://w3id.org/rectify/concept/"
BASE = "https://w3id.org/rectify/id/"
# Prefixes of every Turtle file that is written, and known to every query.
PREFIXES = {
    "rectify": NAMESPACE, "rc": CONCEPTS, "id": BASE, "notice": BASE + "notice/", "doc": BASE + "doc/", "body": BASE + "org/",
    "rule": BASE + "rule/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "dcterms": "http://purl.org/dc/terms/", "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Stands alone on a line of `graph.ttl` between the facts and what was inferred from them.
INFERRED_MARK = b"# ================ inferred from the facts above by the ontology\n"

KEY_MAX = 60  # characters; longer keys are cut, the rest becomes a hash
KEY_CUT = 51
# Width, quotes, title marks and white space never tell two names apart.
DROPPED = frozenset("《》〈〉<>“”‘’\"'「」『』`")


class UnknownTermError(RectifyError, AttributeError):
    """A name that the ontology does not declare."""


class Namespace:
    """The terms below one prefix: `R.hasIssue`, `C["status-doc-issued"]`."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    @cached_property
    def _terms(self) -> Mapping[str, ox.NamedNode]:
        start = len(self._prefix)
        declared = dict.fromkeys(q.subject for q in ontology_quads() if isinstance(q.subject, ox.NamedNode))
        terms = {node.value[start:]: node for node in declared if node.value.startswith(self._prefix)}
        self.__dict__.update(terms)  # found from now on without a call
        return terms

    def __getattr__(self, name: str) -> ox.NamedNode:
        return self[name]

    def __getitem__(self, name: str) -> ox.NamedNode:
        try:
            return self._terms[name]
        except KeyError:
            raise UnknownTermError(f"{name} is no term of {self._prefix}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._terms

    def nodes(self) -> tuple[ox.NamedNode, ...]:
        """Return every term that is declared, in the order of the ontology."""
        return tuple(self._terms.values())

    def names(self) -> tuple[str, ...]:
        """Return every name that is declared, in the order of the ontology."""
        return tuple(self._terms)


R = Namespace(NAMESPACE)
C = Namespace(CONCEPTS)


@cache
def ontology_quads() -> tuple[ox.Quad, ...]:
    """Return the statements of `ontology/rectify.ttl`, in the order of the file."""
    return tuple(ox.parse(path=str(ONTOLOGY_FILE), format=ox.RdfFormat.TURTLE))


# ---------------------------------------------------------------- concepts


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept or group of the ontology. `words` are the ways in which a text names it."""

    iri: ox.NamedNode
    labels: tuple[ox.Literal, ...]
    types: tuple[ox.NamedNode, ...]
    scheme: ox.NamedNode | None
    members: tuple[ox.NamedNode, ...]
    shortcut: ox.NamedNode | None
    words: tuple[str, ...]


@cache
def concepts() -> Mapping[ox.NamedNode, Concept]:
    """Return the concepts and groups of the ontology by IRI."""
    found: dict[ox.NamedNode, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    known = set(C.nodes())
    for quad in ontology_quads():
        if quad.subject in known and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            name = quad.predicate.value.replace("#", "/").rpartition("/")[2]
            found.setdefault(quad.subject, {}).setdefault(name, []).append(quad.object)
    return {iri: _concept(iri, values) for iri, values in found.items()}


def _concept(iri: ox.NamedNode, values: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> Concept:
    def nodes(name: str) -> tuple[ox.NamedNode, ...]:
        return tuple(v for v in values.get(name, ()) if isinstance(v, ox.NamedNode))

    labels = tuple(v for v in values["prefLabel"] if isinstance(v, ox.Literal))
    words = [v.value for v in (*labels, *values.get("altLabel", ())) if isinstance(v, ox.Literal) and v.language == "zh"]
    return Concept(
        iri, labels, tuple(t for t in nodes("type") if not t.value.startswith("http://www.w3.org/2002/07/owl#")),
        next(iter(nodes("inScheme")), None), nodes("member"), next(iter(nodes("shortcutProperty")), None), tuple(words))


@cache
def _scheme_words(scheme: ox.NamedNode) -> tuple[tuple[str, ox.NamedNode], ...]:
    words = [(word, c.iri) for c in concepts().values() if c.scheme == scheme for word in c.words]
    return tuple(sorted(words, key=lambda pair: (-len(pair[0]), pair[0])))


def item_status(printed: str) -> ox.NamedNode | None:
    """Return the status of an item that a notice prints as `printed`, or None if no word tells.

    The longest word that stands in its first line decides.

    >>> item_status("尚未完成整改").value.rpartition("/")[2]
    'status-item-unfinished'
    """
    text = _compact(printed.strip().partition("\n")[0])
    return next((iri for word, iri in _scheme_words(C["item-statuses"]) if word in text), None)


def document_type(title: str) -> ox.NamedNode | None:
    """Return the genre that a title ends in, brackets at its end apart; None if no word tells.

    >>> document_type("卷宗移送实施细则（试行）").value.rpartition("/")[2]
    'doctype-rules'
    """
    text = re.sub(r"(?:\([^()]*\)|\d+)*$", "", _compact(title))
    return next((iri for word, iri in _scheme_words(C["document-types"]) if text.endswith(word)), None)


# ---------------------------------------------------------------- keys and IRIs


@cache
def key(name: str) -> str:
    """Return the part of an IRI that stands for a name: letters, digits and single hyphens.

    Two spellings of one name that differ in width, quotes, kind of bracket or spaces have one key.
    A name without any letter or digit is told apart by a hash.

    >>> key("上诉案件卷宗移送办法（试行）") == key("上诉案件 卷宗移送办法(试行)")
    True
    """
    if name.isalnum() and len(name) <= KEY_MAX and unicodedata.is_normalized("NFKC", name):
        return name
    folded = unicodedata.normalize("NFKC", name)
    kept = "".join("" if c in DROPPED or c.isspace() else c if c.isalnum() else "-" for c in folded)
    short = re.sub("-+", "-", kept).strip("-")
    if not short:
        return f"x-{_digest(name, 8)}"
    return short if len(short) <= KEY_MAX else f"{short[:KEY_CUT]}~{_digest(short, 8)}"


def notice_key(publisher: str | None, date: str | None, sha256: str) -> str:
    """Return the key of a notice, which also names its folder: body and day.

    What a notice does not say is made up for by the hash of its file, so that two notices never
    share a key by saying nothing.

    >>> notice_key("中共青岚市中级人民法院党组", "2023-07-17", "ab" * 32)
    '中共青岚市中级人民法院党组-20230717'
    """
    day = "".join(part.zfill(2) for part in re.findall(r"\d+", date or ""))
    return f"{key(publisher or 'notice')}-{day or key(sha256)[:8]}"


def iri(*parts: str) -> ox.NamedNode:
    """Return the IRI of `parts` below the base. Each part is a key, or was made from keys."""
    return ox.NamedNode(BASE + "/".join(parts))


def organization_iri(name: str) -> ox.NamedNode:
    """Return the IRI of a body by its full name: the same in every notice."""
    return iri("org", key(name))


def document_iri(scope: str, title: str) -> ox.NamedNode:
    """Return the IRI of a document by the key of who answers for it, and its title."""
    return iri("doc", scope, key(title))


def source_iri(sha256: str) -> ox.NamedNode:
    """Return the IRI of a source text by the hash of its file."""
    return iri("source", f"sha256-{key(sha256)[:16]}")


def span_iri(source: ox.NamedNode, start: int, end: int) -> ox.NamedNode:
    """Return the IRI of a stretch of a source text (the fragment of RFC 5147)."""
    return ox.NamedNode(f"{source.value}#char={start},{end}")


def statement_iri(notice: str, subject: ox.NamedNode, predicate: ox.NamedNode, target: ox.NamedNode | ox.Literal) -> ox.NamedNode:
    """Return the IRI of the statement about one triple, as one notice makes it."""
    triple = "|".join(node.value for node in (subject, predicate, target))
    return iri("notice", notice, "statement", _digest(triple, 16))


def _compact(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c not in DROPPED and not c.isspace())


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
