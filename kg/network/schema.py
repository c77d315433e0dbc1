"""What of the ontology shows in the NetworkX view: the classes of its nodes, the relations of its edges.

Names are local names of the ontology. What the ontology itself says (which property stands above which,
labels, the levels of courts) is read from it, not repeated here.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph

from kg.vocab import CONCEPTS, NAMESPACE, C, concepts, ontology_quads

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


@dataclass(frozen=True)
class _Axioms:
    """What one pass over the ontology finds, by local name."""

    parts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # property → direct sub-properties
    inverses: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # term → language → label


@cache
def _axioms() -> _Axioms:
    found = _Axioms()
    for quad in ontology_quads():
        subject, target, kind = quad.subject, quad.object, local_name(quad.predicate.value)
        if not isinstance(subject, pyoxigraph.NamedNode) or not subject.value.startswith((NAMESPACE, CONCEPTS)):
            continue
        name = local_name(subject.value)
        if isinstance(target, pyoxigraph.Literal):
            if kind in ("label", "prefLabel") and target.language:
                found.labels[name][target.language] = target.value
        elif isinstance(target, pyoxigraph.NamedNode):
            other = local_name(target.value)
            if kind == "subPropertyOf":
                found.parts[other].append(name)
            elif kind == "inverseOf":
                found.inverses.update({name: other, other: name})
            elif other == "SymmetricProperty":
                found.inverses[name] = name
    return found


@cache
def below(name: str) -> frozenset[str]:
    """Return the properties that are sub-properties of one, at any depth.

    >>> sorted(below("basedOn"))
    ['awaits', 'givesEffectTo']
    """
    found = [name]
    for each in found:
        found.extend(part for part in _axioms().parts.get(each, ()) if part not in found)
    return frozenset(found[1:])


def inverses() -> Mapping[str, str]:
    """Return the property that says the same the other way round, for those that have one.

    >>> inverses()["includesDocument"], inverses()["interfacesWith"]
    ('compiledInto', 'interfacesWith')
    """
    return _axioms().inverses


def depends(relation: str) -> bool:
    """Whether an edge is a dependency: what its subject says or does rests on its object.

    >>> depends("issuesDocument"), depends("studiesDocument")
    (True, False)
    """
    return relation in below("directlyDependsOn")


@cache
def labels() -> Mapping[str, tuple[str, str]]:
    """Return the zh and en label of every term and concept of the ontology, by local name."""
    return {name: (words["zh"], words["en"]) for name, words in _axioms().labels.items()}


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
