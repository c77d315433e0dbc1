"""A graph as JSON-LD that reads like JSON: one object a node, names of the ontology as keys.

    {"id": "notice:…/issue/1", "type": "Issue", "number": 1, "label": {"zh": "学习不够深入"}, "hasMeasure": "notice:…/measure/1"}
"""
from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg.rdf.writer import DCTERMS, RDFS, SKOS, TYPE, XSD
from kg.vocab import BASE, NAMESPACE, PREFIXES, ontology_quads

# `id` is a key here, and no prefix.
NAMES = {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"} | {
    name: f"{BASE}{name}/" for name in ("inspection", "source")}
OWL = "http://www.w3.org/2002/07/owl#"
# Terms of other vocabularies, by the name that they have here.
OTHERS = {"label": RDFS + "label", "title": DCTERMS + "title", "issued": DCTERMS + "issued", "prefLabel": SKOS + "prefLabel",
          "altLabel": SKOS + "altLabel", "inScheme": SKOS + "inScheme", "member": SKOS + "member"}
SPOKEN = ("label", "title", "prefLabel", "altLabel", "explanation")  # in a language
DATES = ("issued", "startDate", "endDate", "feedbackDate", "cutoffDate")  # most of them days; a month or year says so
LINKS = ("inScheme", "member")
NATIVE = {XSD + "boolean": re.compile("true|false"), XSD + "integer": re.compile("0|-?[1-9][0-9]{0,14}")}
LOCAL = re.compile(r"[\w.~%,=+-][\w.~%,=+/#-]*")  # what may follow a prefix
Json = Any


@cache
def context() -> Mapping[str, Json]:
    """Return the context: what each key of the JSON means. It is `ontology/context.jsonld`, too."""
    terms: dict[str, Json] = {name: {"@id": _compact(iri)} for name, iri in OTHERS.items()}
    for name in _properties("ObjectProperty"):
        terms[name] = {"@id": f"rectify:{name}", "@type": "@id"}
    for name in _properties("DatatypeProperty"):
        terms.setdefault(name, {"@id": f"rectify:{name}"})
    for name, datatype in _ranges().items():
        if datatype == XSD + "decimal":
            terms[name]["@type"] = "xsd:decimal"
    for name in (*SPOKEN, *DATES, *LINKS):
        if name in terms:
            terms[name] |= {"@container": "@language"} if name in SPOKEN else {"@type": "xsd:date" if name in DATES else "@id"}
    prefixes = {prefix: {"@id": iri, "@prefix": True} for prefix, iri in NAMES.items()}
    return {"@version": 1.1, "@vocab": NAMESPACE, "id": "@id", "type": "@type", **prefixes, **dict(sorted(terms.items()))}


def to_jsonld(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as one JSON-LD document, an object a subject, in order of first appearance."""
    nodes: dict[str, dict[str, list[Json]]] = {}
    for t in triples:
        node = nodes.setdefault(_name(t.subject), {})
        key, value = _key_and_value(t)
        node.setdefault(key, []).append(value)
    graph = [{"id": name, **{key: _values(key, values) for key, values in node.items()}} for name, node in nodes.items()]
    return _json({"@context": context(), "@graph": graph})


def context_file() -> bytes:
    """Return the content of `ontology/context.jsonld`."""
    return _json({"@context": context()})


def _json(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


# ---------------------------------------------------------------- one triple


def _key_and_value(t: ox.Triple) -> tuple[str, Json]:
    """The key for a predicate, and the value as that key takes it; what it does not take goes under a longer key."""
    if t.predicate == TYPE and isinstance(t.object, ox.NamedNode):
        name = t.object.value
        return "type", name.removeprefix(NAMESPACE) if name.startswith(NAMESPACE) else _compact(name)
    term = _term_names().get(t.predicate.value, "")
    said = context().get(term, {})
    if not isinstance(t.object, ox.Literal):
        return (term, _name(t.object)) if said.get("@type") == "@id" else (_compact(t.predicate.value), {"id": _name(t.object)})
    value = t.object
    if said.get("@container"):
        return (term, (value.language, value.value)) if value.language else (_compact(t.predicate.value), _literal(value))
    if not said.get("@type"):
        return term or _compact(t.predicate.value), _literal(value)
    if _expanded(said["@type"]) == value.datatype.value:
        return term, value.value
    return (term if said["@type"] != "@id" else _compact(t.predicate.value)), _explicit(value)


def _values(key: str, values: list[Json]) -> Json:
    """One value alone, several as a list; texts in languages by language."""
    if key in context() and isinstance(context()[key], dict) and context()[key].get("@container"):
        by_language: dict[str, list[str]] = {}
        for language, text in values:
            by_language.setdefault(language, []).append(text)
        return {language: texts[0] if len(texts) == 1 else texts for language, texts in by_language.items()}
    return values[0] if len(values) == 1 else values


def _literal(value: ox.Literal) -> Json:
    """A literal as JSON has it, where it has it."""
    datatype = value.datatype.value
    if datatype == XSD + "string":
        return value.value
    if datatype in NATIVE and NATIVE[datatype].fullmatch(value.value):
        return json.loads(value.value)
    return _explicit(value)


def _explicit(value: ox.Literal) -> Json:
    said = {"@language": value.language} if value.language else {"@type": _compact(value.datatype.value)}
    return {"@value": value.value, **said}


def _name(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return _compact(node.value) if isinstance(node, ox.NamedNode) else str(node)


@cache
def _prefixes() -> list[tuple[str, str]]:
    """Longest namespaces first."""
    return sorted(NAMES.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _compact(iri: str) -> str:
    for prefix, namespace in _prefixes():
        if iri.startswith(namespace) and LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return NAMES.get(prefix, prefix + ":") + local


# ---------------------------------------------------------------- what the ontology says


@cache
def _term_names() -> Mapping[str, str]:
    """The key of each predicate that has one."""
    return {_expanded(said["@id"]): name for name, said in context().items() if isinstance(said, dict) and "@prefix" not in said}


def _properties(kind: str) -> list[str]:
    return [q.subject.value.removeprefix(NAMESPACE) for q in ontology_quads() if q.predicate == TYPE
            and isinstance(q.object, ox.NamedNode) and q.object.value == OWL + kind
            and isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(NAMESPACE)]


def _ranges() -> dict[str, str]:
    return {q.subject.value.removeprefix(NAMESPACE): q.object.value for q in ontology_quads()
            if q.predicate.value == RDFS + "range" and isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
            and q.object.value.startswith(XSD) and q.subject.value.startswith(NAMESPACE)}
