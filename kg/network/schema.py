"""What of the ontology shows in the NetworkX view: the classes of its nodes, the relations of its edges.

Names are local names of the ontology. What the ontology itself says (which property stands above which,
labels, the levels of courts) is read from it, not repeated here.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import pyoxigraph

from kg.vocab import CONCEPTS, NAMESPACE, C, concepts, ontology_triples

# Classes that are nodes, in the order of the nodes of a view: the more specific ones first.
CLASSES = ("Notice", "Inspection", "Aspect", "Issue", "Recommendation", "Measure", "Action",
           "IssuedDocument", "Document", "PartyOrganization", "Court", "Department", "InspectionTeam",
           "OrganizationGroup", "Organization", "CourtLevel", "Claim", "Reconciliation", "Figure")
DOCUMENTS = ("IssuedDocument", "Document")
ORGANIZATIONS = ("PartyOrganization", "Court", "Department", "InspectionTeam", "OrganizationGroup", "Organization")

# Classes whose members are folded into the attributes of the nodes and edges that they speak of.
FOLDED = frozenset(("Participation", "TextEvidence", "DocumentMention", "ExtractedStatement", "SourceText",
                    "ExtractionRule", "CourtLevelGroup", "Period"))

# Properties whose object is a concept and a node all the same.
CONCEPT_NODES = ("appliesToCourtLevel", "courtLevel")

# From the whole to its part, one direction only.
COMPOSITION = ("hasAspect", "hasRecommendation", "hasIssue", "hasSubIssue", "hasMeasure", "hasAction")

# Properties of the closure: never edges, since a view is walked along the direct ones.
CLOSURE = ("dependsOn", "directlyDependsOn", "hasComponent")

# Shown beside the more specific property that implies it: who asks for one does not think of the other.
KEPT = ("responsibleOrganization",)


@cache
def below(name: str) -> frozenset[str]:
    """Return the properties that are sub-properties of one, at any depth.

    >>> sorted(below("basedOn"))
    ['awaits', 'givesEffectTo']
    """
    direct: dict[str, set[str]] = defaultdict(set)
    for triple in ontology_triples():
        if triple.predicate.value.endswith("#subPropertyOf"):
            direct[local_name(str(_value(triple.object)))].add(local_name(str(_value(triple.subject))))
    found = [name]
    for each in found:
        found.extend(sorted(direct[each] - set(found)))
    return frozenset(found[1:])


@cache
def inverses() -> Mapping[str, str]:
    """Return the property that says the same the other way round, for those that have one.

    >>> inverses()["includesDocument"], inverses()["interfacesWith"]
    ('compiledInto', 'interfacesWith')
    """
    found: dict[str, str] = {}
    for triple in ontology_triples():
        name, kind = local_name(str(_value(triple.subject))), local_name(str(_value(triple.object)))
        if triple.predicate.value.endswith("#inverseOf"):
            found[name], found[kind] = kind, name
        elif kind == "SymmetricProperty":
            found[name] = name
    return found


def depends(relation: str) -> bool:
    """Whether an edge is a dependency: what its subject says or does rests on its object.

    >>> depends("issuesDocument"), depends("studiesDocument")
    (True, False)
    """
    return relation in below("directlyDependsOn")


@cache
def labels() -> Mapping[str, tuple[str, str]]:
    """Return the zh and en label of every term and concept of the ontology, by local name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in ontology_triples():
        subject, label = str(_value(triple.subject)), triple.object
        if (subject.startswith((NAMESPACE, CONCEPTS)) and isinstance(label, pyoxigraph.Literal) and label.language
                and local_name(triple.predicate.value) in ("label", "prefLabel")):
            found[local_name(subject)][label.language] = label.value
    return {name: (words["zh"], words["en"]) for name, words in found.items()}


@cache
def roles() -> Mapping[str, str]:
    """Return, for each role of a body, the direct property that says the same.

    >>> roles()["role-lead"]
    'leadOrganization'
    """
    return {local_name(iri.value): local_name(concept.shortcut.value)
            for iri, concept in concepts().items() if concept.shortcut}


@cache
def court_levels() -> tuple[str, ...]:
    """Return the levels of courts, highest first.

    >>> court_levels()[0]
    'court-level-supreme'
    """
    return tuple(local_name(iri.value) for iri, concept in concepts().items() if concept.scheme == C["court-levels"])


def local_name(iri: str) -> str:
    """Return what follows the last `#` or `/` of an IRI."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1:]


def _value(term: object) -> object:
    return getattr(term, "value", term)
