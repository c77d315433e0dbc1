"""The ontology as a web page in each language, by pyLODE: `python -m ontology.page FOLDER`.

pyLODE takes every concept scheme for the document itself and every language for the same words, so it is given the
ontology without the types of the schemes, one language at a time.
"""
from __future__ import annotations

import sys
from pathlib import Path

import rdflib
from rdflib import RDF, SKOS

SOURCE = Path(__file__).with_name("rectify.ttl")
NAMES = {"en": "ontology.html", "zh": "ontology.zh.html"}


def in_language(ontology: rdflib.Graph, language: str) -> rdflib.Graph:
    """Return the ontology with the words of one language, its concept schemes as things like any other."""
    found = rdflib.Graph()
    for prefix, namespace in ontology.namespaces():
        found.bind(prefix, namespace)
    for s, p, o in ontology:
        foreign = isinstance(o, rdflib.Literal) and o.language not in (None, language)
        if not foreign and (p, o) != (RDF.type, SKOS.ConceptScheme):
            found.add((s, p, o))
    return found


def write_pages(folder: Path) -> list[Path]:
    """Write a page for each language into `folder`, and return them."""
    from pylode.profiles.ontpub import OntPub
    ontology = rdflib.Graph().parse(SOURCE)
    for language, name in NAMES.items():
        OntPub(ontology=in_language(ontology, language), sort_subjects=True).make_html(destination=folder / name)
    return [folder / name for name in NAMES.values()]


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
