"""The bodies of a notice: one node for each full name, with its class, kind and court level."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.extract.publisher import PARTY_PREFIX, Publisher, court_level
from kg.model import Span
from kg.rdf.writer import Writer
from kg.vocab import C, R, organization_iri

CLASSES = {"court": "Court", "court_group": "OrganizationGroup", "department": "Department", "party": "PartyOrganization"}
# Words of a group of courts, and the group of levels they mean whatever court reports.
GROUPS = (("四级", "four"), ("全国", "four"), ("三级", "three"), ("两级", "two"), ("中级和基层", "two"), ("中基层", "two"))
# 各级人民法院 of its place: the levels from the court that reports downwards.
ALL_BELOW = {"supreme": "four", "high": "three", "intermediate": "two"}


def is_inside(name: str, own: Publisher | None) -> bool:
    """Whether a body is the one that reports, its Party organization, or a unit of it.

    A Party committee of a place has the place for its body, which the names of all bodies there
    begin with: of those only itself is inside.

    >>> from kg.extract.publisher import read_publisher
    >>> court = read_publisher("中共澜江市中级人民法院党组")
    >>> is_inside("澜江市中级人民法院立案庭", court), is_inside("中共澜江市中级人民法院机关委员会", court), is_inside("澜江市公安局", court)
    (True, True, False)
    """
    if own is None:
        return False
    return name == own.full or own.kind != "committee" and PARTY_PREFIX.sub("", name).startswith(own.body)


@dataclass
class Organizations:
    """The bodies named so far, and as what."""

    publisher: Publisher | None
    _kinds: dict[str, Counter[str]] = field(default_factory=dict)
    _teams: set[str] = field(default_factory=set)
    _spans: dict[str, Span] = field(default_factory=dict)

    def iri(self, name: str, kind: str | None = None, span: Span | None = None) -> ox.NamedNode:
        """Return the node of a body that `span` names; `kind` as in the records, None where nothing says it."""
        kinds = self._kinds.setdefault(name, Counter())
        if kind:
            kinds[kind] += 1
        if span is not None:
            self._spans.setdefault(name, span)
        return organization_iri(name)

    def team(self, name: str, span: Span | None) -> ox.NamedNode:
        """Return the node of an inspection team."""
        self._teams.add(name)
        return self.iri(name, span=span)

    def write(self, out: Writer) -> None:
        """Write what each body is."""
        own = self.publisher
        if own and own.kind != "committee" and own.full in self._kinds:
            self.iri(own.body, span=self._spans.get(own.full))
        for name in self._kinds:
            node, kind = organization_iri(name), self._kind(name)
            out.node(node, R.InspectionTeam if name in self._teams else R[CLASSES.get(kind or "", "Organization")], name)
            self._write_whole(out, name)
            known = f"organization-{(kind or '').replace('_', '-')}"
            out.concept(node, R.organizationKind, C[known] if known in C else None)
            if kind == "court" and name not in self._teams and (level := court_level(name)):
                self._tell(out, name, R.courtLevel, C["court-level-" + level], "name_court_level")
            if kind == "court_group" and (group := self._group(name)):
                self._tell(out, name, R.coversCourtLevelGroup, C["court-levels-" + group], "name_court_levels")

    def _write_whole(self, out: Writer, name: str) -> None:
        own = self.publisher
        if own and name != own.body and own.body in self._kinds and is_inside(name, own):
            self._tell(out, name, R.belongsTo, organization_iri(own.body), "name_belongs_to")

    def _tell(self, out: Writer, name: str, predicate: ox.NamedNode, value: ox.NamedNode, rule: str) -> None:
        """Write what follows from the name of a body, resting on the first words that name it."""
        out.tell(organization_iri(name), predicate, value, basis="inferred", rule=rule, span=out.first(self._spans.get(name)))

    def _kind(self, name: str) -> str | None:
        """What most mentions say a body is; of the publisher, what its name says."""
        if counted := self._kinds[name]:
            return max(counted, key=lambda kind: counted[kind])
        own = self.publisher
        if own and name in (own.full, own.body):
            return "party" if name == own.full and own.organ else {"court": "court", "government": "government"}.get(own.kind)
        return None

    def _group(self, name: str) -> str | None:
        for words, group in GROUPS:
            if words in name:
                return group
        level = self.publisher.level if self.publisher else None
        return ALL_BELOW.get(level or "") if "各级" in name else None
