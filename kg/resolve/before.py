"""What stands before a body in its measure, as far as the meaning of its name hangs on it."""
from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Organization


@dataclass(slots=True)
class Before:
    """What stands before a mention in its measure: the bodies, of them the courts and the group named last, and
    where the last ends and the place that it begins with."""

    courts: Organization | None = None
    group: str | None = None
    bodies: list[str] = field(default_factory=list)
    end: int = -1
    place: str = ""

    def add(self, organization: Organization, own: str, place: str) -> None:
        """Take in the next body; the one that reports, `own`, is no other court."""
        self.bodies.append(organization.canonical)
        self.end, self.place = organization.span.end, place
        if organization.kind == "court" and organization.canonical != own:
            self.courts = organization
        if organization.canonical.endswith("领导小组"):
            self.group = organization.canonical
