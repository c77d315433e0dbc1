"""What a name means by how it begins, together with who publishes the notice: 市高法院, 局党组, 全市法院, 省厅."""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kg.extract.levels import below
from kg.extract.publisher import Publisher, court_level
from kg.lexicon import Lexicon, load
from kg.resolve.divisions import RANKS, Divisions
from kg.resolve.short import in_full, lengthened, lengthened_before_part

BUREAUS = ("局", "厅", "局(公司)")


@dataclass(frozen=True)
class Scopes:
    """The bodies that names mean in the notice of one publisher.

    `own_body` is the body that acts where no subject is named.
    """

    publisher: Publisher
    divisions: Divisions
    own_body: str

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load("resolution")

    def named(self, scope: str, match: re.Match[str]) -> str | None:
        """Return the full name for a name whose beginning a pattern of the lexicon reads; None where
        the publisher gives that beginning no meaning.

        Args:
            scope: what the pattern says of it.
            match: `rest` is what follows.
        """
        return SCOPES[scope](self, match)

    def own(self, rest: str) -> str:
        """A part of the publisher's own body: its Party group, a department, a branch."""
        body = self.publisher.body
        if not rest or rest == "领导班子":
            return body
        if self._lexicon.regex("party_group").match(rest):
            return self.party_organ(rest)
        if rest == "纪委":
            return discipline_of(body)
        return self.in_full(body + rest)

    def party_organ(self, rest: str) -> str:
        """局党组 is the organ that the publisher's name gives; 党委 of a party-group body is its own."""
        publisher = self.publisher
        organ = "党委" if publisher.organ == "委员会" else publisher.organ
        if organ and rest.startswith(organ):
            part = rest[len(organ):]
            return publisher.full + ("常务委员会" if part == "常委会" else part)
        if publisher.kind == "committee":
            return self.own_body
        return f"中共{publisher.body}{rest}"

    def _courts(self, match: re.Match[str]) -> str:
        """全市法院, 各中院, 基层法院 …, with the part named after them."""
        place = self.publisher.place
        which = next((k for k, v in match.groupdict().items() if v and k != "rest"), "below")
        if which == "tribunal" and self.publisher.level == "basic":
            return self.publisher.body + match[0]
        levels = below(self.publisher)
        all_courts = "各级人民法院" if len(levels) != 2 else "两级法院"
        words = {"below": all_courts, "three": "各级人民法院", "two": "两级法院", "four": "全国各级人民法院",
                 "intermediate_basic": "中级和基层人民法院", "high_intermediate": "高级、中级人民法院",
                 "every_intermediate": "各中级人民法院", "basic": "基层人民法院", "tribunal": "基层人民法庭", "related": "相关人民法院"}
        return self.party_of(place + words[which], match["rest"].removeprefix("各级"))

    def _resident(self, match: re.Match[str]) -> str:
        """The discipline group that a higher commission keeps in the body."""
        if match["at"]:
            return f"驻{self.publisher.body}{match['rest']}"
        place = self.divisions.named(match["by"]) if match["by"] else self.publisher.place
        return f"{place or match['by'] or ''}纪委监委驻{self.publisher.body}{match['rest']}"

    def _committee(self, at: str, rest: str) -> str:
        """市委, 市委组织部, 市委全面依法治市委员会: the committee of the place and what belongs to it."""
        place = self.divisions.named(at)
        return self._committee_of(place, rest) if place else lengthened(at + "委" + rest)

    def _committee_of(self, place: str, rest: str) -> str:
        return f"中共{place}委{lengthened(rest) if rest else '员会'}"

    def _ranked_court(self, match: re.Match[str]) -> str:
        """市高法院 is the publisher itself where it has that level, else the one of the division above."""
        court = load("organizations").maps["short"].get(match["court"], match["court"])
        level = court_level(court)
        if level == self.publisher.level:
            return self.own(match["rest"])
        if level == "intermediate" and self.publisher.level == "high" and not match["at"]:
            return self.party_of(f"{self.publisher.place}各中级人民法院", match["rest"])
        place = self.divisions.named(match["at"] or ("省" if level == "high" else "市")) or match["at"]
        return self.party_of(place + ("高级人民法院" if level == "high" else "中级人民法院"), match["rest"])

    def _plain_court(self, at: str, rest: str) -> str:
        """省法院, 区法院: the publisher itself where its place has that rank, else the court of the division."""
        place = self.divisions.named(at)
        if self.publisher.kind == "court" and self.publisher.place.endswith(RANKS.get(at, (at,))):
            return self.own(rest)
        level = {"省": "高级", "市": "中级", "州": "中级"}.get(at, "")
        return self.party_of(f"{place}{level}人民法院", rest) if place else f"{at}{level}人民法院{rest}"

    def _of_street(self, rest: str) -> str:
        """街道办事处, 街道纪工委: of the street that reports."""
        place = self.publisher.place
        if not place.endswith("街道"):
            return lengthened("街道" + rest)
        if rest.startswith("纪工委"):
            return f"中共{place}纪律检查工作委员会{rest.removeprefix('纪工委')}"
        return f"中共{place}工作委员会{rest[3:]}" if rest.startswith("党工委") else place + lengthened(rest)

    def _plain_yuan(self, at: str, rest: str) -> str:
        """省院, 市院: a court in a notice of a court, a procuratorate in one of a procuratorate."""
        if self.publisher.kind == "procuratorate":
            place = self.divisions.named(at)
            own = self.publisher.place.endswith(RANKS.get(at, (at,)))
            return self.own(rest) if own else self.party_of(f"{place or at}人民检察院", rest)
        return self._plain_court(at, rest)

    def _plain_bureau(self, at: str, unit: str, rest: str) -> str:
        """省局, 市局: the publisher itself where it is the bureau of that rank, else that of its kind in the division."""
        own = self.publisher
        if own.body.endswith(BUREAUS) and own.place.endswith(RANKS.get(at, (at,))):
            return self.own(rest)
        is_known = unit != "厅" or self.system + unit in load("organizations").lists["government"]
        return self._of_system(self.divisions.named(at) or at, unit, rest) if self.system and is_known else self._at_place(at, False, unit + rest)

    @cached_property
    def system(self) -> str:
        """What bureaus of the publisher's kind are called at other places, without 局: 公安, 国家税务总局…税务."""
        own = self.publisher
        return own.body[own.body.index(own.place) + len(own.place):].removesuffix("(公司)")[:-1] \
            if own.place and own.body.endswith(BUREAUS) and own.place in own.body else ""

    def _of_system(self, place: str, unit: str, rest: str) -> str:
        """省厅 → 云川省公安厅, 茅渡县局(分公司) → 茅渡县烟草专卖局(分公司)."""
        own = self.publisher
        name = own.body[:own.body.index(own.place)] + place + self.system + unit
        return f"中共{name}{rest}" if rest.startswith(("党组", "党委")) else name + rest

    def _zone(self, zone: str, rest: str) -> str:
        """经开区应急管理局: the zone whose name in full ends so."""
        full = self._lexicon.maps["zones"].get(zone, zone)
        place = self.publisher.place
        return self.in_full((place if place.endswith((full, zone)) else zone) + rest)

    def _village(self, match: re.Match[str]) -> str:
        """村委会, 村党总支: what belongs to the village that reports."""
        places = self.publisher.places
        if not places or not places[-1].endswith("村"):
            return lengthened(match[0])
        return self.own_body + match["rest"] if match["body"] is None else lengthened(places[-1] + match["body"]) + match["rest"]

    def party_of(self, body: str, rest: str) -> str:
        return f"中共{body}{rest}" if rest.startswith(("党组", "党委")) else self.in_full(body + rest)

    def _at_place(self, at: str, whole: bool, rest: str) -> str:
        """市公安局, 全市…领导小组: a body of the division of that rank, or of all the publisher's place."""
        place = self.publisher.place if whole else self.divisions.named(at)
        if place and rest == "纪委":
            return discipline_of(place)
        for short, full in load("organizations").maps["short_at_place"].items():
            rest = full + rest.removeprefix(short) if rest.startswith(short) else rest
        name = lengthened(rest + "局" if rest == "财政" else lengthened_before_part(rest))
        return f"{place}{name}" if place else at + name

    def in_full(self, name: str) -> str:
        """Return a name with long forms inside it and at its end."""
        return in_full(name, self.publisher.kind)

    def _each(self, at: str, rest: str) -> str:
        """各县(市、区)法院: those of the publisher's place."""
        return self.publisher.place + at + lengthened(re.sub("(?<!人民)(?=法院|检察院)", "人民", rest))

    def _at(self, at: str) -> str:
        return self.divisions.named(at) or at


def discipline_of(body: str) -> str:
    """Return the commission for discipline inspection of the Party in a body or a place."""
    return f"中共{body}纪律检查委员会"


SCOPES: dict[str, Callable[[Scopes, re.Match[str]], str | None]] = {
    "own": lambda s, m: s.own(m["rest"]),
    "ranked_court": lambda s, m: s._ranked_court(m),
    "plain_court": lambda s, m: s._plain_court(m["at"], m["rest"]),
    "plain_yuan": lambda s, m: s._plain_yuan(m["at"], m["rest"]),
    "courts": lambda s, m: s._courts(m),
    "procuratorates": lambda s, m: s.party_of(f"{s.publisher.place}{m['which']}人民检察院", m["rest"]),
    "plain_bureau": lambda s, m: s._plain_bureau(m["at"], m["unit"], m["rest"]),
    "system_at": lambda s, m: s._of_system(m["at"], m["unit"], m["rest"]) if s.system else None,
    "resident": lambda s, m: s._resident(m),
    "committee": lambda s, m: s._committee(m["at"], m["rest"]),
    "committee_of": lambda s, m: s._committee_of(m["at"], m["rest"]),
    "direct": lambda s, m: f"中共{s._at(m['at'])}直机关工委{m['rest']}",
    "youth": lambda s, m: f"共青团{s._at(m['at'])}委员会{m['rest']}",
    "street": lambda s, m: s._of_street(m["rest"]),
    "zone": lambda s, m: s._zone(m["zone"], m["rest"]),
    "village": lambda s, m: s._village(m),
    "each": lambda s, m: s._each(m["at"], m["rest"]),
    "place": lambda s, m: s._at_place(m["at"], bool(m["whole"]), m["rest"]),
}
