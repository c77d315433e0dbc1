"""The full names of the bodies of one notice."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.extract.levels import below
from kg.extract.organizations import after_boundary
from kg.extract.publisher import Publisher, court_level, is_of_province_rank, split_places
from kg.lexicon import HANZI, Lexicon, group, load
from kg.lexicon.overlay import per_lexicon
from kg.model import Notice, Organization
from kg.reading.width import fold
from kg.resolve.divisions import RANKS, Divisions
from kg.resolve.issuers import LISTED, SUBJECT_ROLES

ALIAS_SEES = 40  # characters before 以下简称 in which the full name stands
COURTS = ("法院", "人民法院", "中级人民法院", "高级人民法院")
BUREAUS = ("局", "厅", "局(公司)")
TOWNS = ("镇", "乡", "街道")
CITY = re.compile("(?<!法治)市(?![场政民容])")  # 依法治市 names no city
WORDS_BEFORE = re.compile(rf"{HANZI}{{4,}}$")
OF_NOTICE = ("signature", "contact")  # what is set apart in the notice itself, not by the page around it
COUNT = re.compile(r"^(?:全体|部分|其余|其他)?(?:\d+(?:个|家|所|名|支|户|处)?|[一二三四五六七八九十两]+(?:个|家|所|名|支|户|处))(?!级)")


@dataclass(frozen=True)
class FullNames:
    """The full names of the bodies of one notice."""

    notice: Notice
    publisher: Publisher

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load("resolution")

    @cached_property
    def folded(self) -> str:
        """The text in one width."""
        return fold(self.notice.text)

    @cached_property
    def divisions(self) -> Divisions:
        """What 市, 省, 区 mean in this notice, whatever page it stands on."""
        ends = [(f.span.end, f.span.start) for f in self.notice.furniture if f.kind not in OF_NOTICE]
        starts = [0, *(end for end, _ in ends)]
        stops = [*(start for _, start in ends), len(self.folded)]
        own = "\n".join(self.folded[start:stop] for start, stop in zip(starts, stops))
        return Divisions(own, self.publisher)

    @cached_property
    def own_body(self) -> str:
        """The body that acts where no subject is named."""
        publisher = self.publisher
        if publisher.kind != "committee":
            return publisher.body
        full = publisher.full if publisher.full.startswith("中") else f"中共{publisher.full}"
        return full + "员会" if full.endswith("委") else full

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """The publisher's body by its full name and by those that the text gives it."""
        body = self.publisher.body
        return (body, *(alias for alias, full in self.aliases.items() if full in (body, self.publisher.full)))

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Short forms that the text itself defines: X(以下简称Y)."""
        found: dict[str, str] = {}
        text = self.folded
        if "称" not in text:
            return found
        for match in load("header").scanner("alias").finditer(text, 0, len(text)):
            words = WORDS_BEFORE.search(text, max(0, match.start() - ALIAS_SEES), match.start())
            full = split_alias(words[0]) if words else None
            for alias in (match["alias"], match["alias2"]):
                if alias and full:
                    found[alias] = full
        return found

    @cached_property
    def _aliases_longest_first(self) -> list[tuple[str, str]]:
        return sorted(self.aliases.items(), key=lambda alias: -len(alias[0]))

    @cached_property
    def _group_leads(self) -> list[str]:
        """Working groups named in full somewhere: a short form means the one that ends in it."""
        full = {o.mention for i in self.notice.issues for m in i.measures for o in m.organizations
                if o.kind == "working_group" and o.mention and o.mention.startswith(("全", "各", "市", "省", "区", "县", "院", "局"))}
        return sorted(full, key=lambda w: (len(w), w))

    def resolved(self, organizations: Iterable[Organization]) -> list[Organization]:
        """Return the records with full names; a part named right after its whole belongs to it."""
        found: list[Organization] = []
        before = Before()
        for organization in organizations:
            place = self._place_of_list(organization, before)
            found.append(organization.renamed(self._full_name(organization, before, place)))
            before.add(found[-1], self.publisher.body, place or self._leading_place(organization.mention or ""))
        return found

    def full_name(self, organization: Organization) -> str:
        """Return the full name of one mention, whatever stands before it."""
        return self._full_name(organization, Before())

    def _leading_place(self, mention: str) -> str:
        """县 of 县财政局, 市 of 市委组织部, 青岚市 of 青岚市审计局."""
        match = self._lexicon.regex("place_of_list").match(mention)
        return match[0] if match else ""

    def _place_of_list(self, organization: Organization, before: "Before") -> str:
        """What stands before a bare name in a list, by the one before it: 县财政局、审计局; 市委组织部、宣传部."""
        mention, lists = organization.mention or "", self._lexicon.lists
        if not before.place or not LISTED.fullmatch(self.folded, before.end, organization.span.start):
            return ""
        if mention in lists["committee_parts"]:
            return before.place.removesuffix("委") + "委"
        is_bare = mention in COURTS or organization.kind == "government" and mention in load("organizations").lists["government"]
        return before.place.removesuffix("委") if is_bare and mention.endswith(lists["division_bodies"]) else ""

    def _full_name(self, organization: Organization, before: "Before", place: str = "") -> str:
        """`place`: what a list of bodies begins with, for one that stands in it without its own."""
        mention, kind = place + (organization.mention or ""), organization.kind
        if mention.startswith("该"):
            return self._same(mention[1:], kind, before.bodies)
        if kind in ("working_group", "department") and before.group and (part := self._group_part(mention)):
            return before.group + part
        if self._lexicon.regex("own_organ").match(mention) and self.notice.text.endswith(self._lexicon.lists["put_to"], 0, organization.span.start):
            return self._whole + mention
        if kind in ("party", "department") and before.courts and (whole := self._part_of_courts(organization, before.courts)):
            return whole
        if (mention, kind) not in self._known:
            self._known[mention, kind] = self._alone(mention, kind)
        return self._known[mention, kind]

    @cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        """The full names of the mentions met so far, by their kind."""
        return {}

    def _alone(self, mention: str, kind: str) -> str:
        """The full name of a mention, whatever stands before it."""
        words = _plain(mention)
        if kind == "working_group" and not words.startswith(("全", "各级")):
            words = next((full for full in self._group_leads if full.endswith(words)), words)
        return self._by_scope(words, kind)

    def _same(self, words: str, kind: str, before: Sequence[str]) -> str:
        """该分局, 该监狱纪委: the body named last that ends in the same word, or a part of it."""
        for size in range(len(words), 0, -1):
            for body in reversed(before):
                if body.endswith(words[:size]) or words == "行" and "银行" in body:
                    return _discipline(body) if words[size:] == "纪委" else body + words[size:]
        return self._alone(words, kind)

    def _part_of_courts(self, organization: Organization, courts: Organization) -> str | None:
        """法院党组 after 区县法院; 诉讼服务中心 in 各法院在诉讼服务中心…: a part of the courts last named."""
        mention = _plain(organization.mention or "")
        if mention.startswith("法院"):
            rest = mention.removeprefix("法院")
            return ("中共" if rest.startswith(("党组", "党委")) else "") + courts.canonical + rest
        if organization.kind == "department" and courts.role in SUBJECT_ROLES \
                and self.notice.text[courts.span.end:organization.span.start] == "在":
            return courts.canonical + mention
        return None

    def _group_part(self, mention: str) -> str | None:
        """办公室, 领导小组办公室, 各专项组: what such a word names as a part of a group."""
        match = self._lexicon.regex("group_part").match(_plain(mention))
        return match["part"] if match else None

    def _by_scope(self, mention: str, kind: str) -> str:
        """What the name begins with says where it belongs: the place, the own body, all courts, …"""
        for word in self._own_words:
            if mention.startswith(word) and len(mention) > len(word) and self._lexicon.regex("own_rest").match(mention[len(word):]):
                return self._own(mention[len(word):])
        for alias, full in self._aliases_longest_first:
            if mention == alias or mention.startswith(alias) and not full.startswith(alias):
                return self._of_alias(full, mention[len(alias):], kind)
        national = load("organizations").maps["national"]
        if mention in national:
            return national[mention]
        if mention.endswith(self._lexicon.lists["parts_of_ministry"]) and (
                short := next((word for word in national if len(word) > 2 and mention.startswith(word)), None)):
            return national[short] + mention[len(short):]
        for pattern in group("resolution", "scope_"):
            if match := pattern.regex.match(mention):
                return self._scoped(pattern.fields["scope"], match, kind)
        return self._unscoped(mention, kind)

    def _of_alias(self, full: str, rest: str, kind: str) -> str:
        """What stands for a name that the text gives in full: itself, or a part of it."""
        if full in (self.publisher.body, self.publisher.full):
            return self._own(rest)
        return self._by_scope(full, kind) + rest if self._lexicon.regex("scope_place").match(full) else self._expanded(full + rest)

    def _scoped(self, scope: str, match: re.Match[str], kind: str) -> str:
        rest = match["rest"]
        if scope == "own":
            return self._own(rest)
        if scope == "ranked_court":
            return self._ranked_court(match)
        if scope == "street":
            return self._of_street(rest)
        if scope == "youth":
            return f"共青团{self.divisions.named(match['at']) or match['at']}委员会{rest}"
        if scope == "procuratorates":
            return self._party_of(f"{self.publisher.place}{match['which']}人民检察院", rest)
        if scope == "plain_yuan":
            return self._plain_yuan(match["at"], rest)
        if scope == "zone":
            return self._zone(match["zone"], rest)
        if scope == "plain_bureau":
            return self._plain_bureau(match["at"], match["unit"], rest)
        if scope == "system_at":
            return self._of_system(match["at"], match["unit"], rest) if self._system else self._unscoped(match[0], kind)
        if scope == "village":
            return self._village(match)
        if scope == "plain_court":
            return self._plain_court(match["at"], rest)
        if scope == "courts":
            return self._courts(match)
        if scope == "resident":
            return self._resident(match)
        if scope == "resident_at":
            return f"驻{self._by_scope(match['at'], 'government')}{match['rest']}"
        if scope == "committee_of":
            return self._committee_of(match["at"], rest)
        if scope == "each":
            name = re.sub("(?<!人民)(?=法院|检察院)", "人民", rest)
            return self.publisher.place + match["at"] + self._short(name)
        if scope == "direct":
            return f"中共{self.divisions.named(match['at']) or match['at']}直机关工委{rest}"
        if scope == "committee":
            return self._committee(match["at"], rest)
        return self._at_place(match["at"], bool(match["whole"]), rest)

    def _own(self, rest: str) -> str:
        """A part of the publisher's own body: its Party group, a department, a branch."""
        body = self.publisher.body
        if not rest or rest == "领导班子":
            return body
        if self._lexicon.regex("party_group").match(rest):
            return self._party_organ(rest)
        if rest == "纪委":
            return _discipline(body)
        return self._expanded(body + rest)

    def _party_organ(self, rest: str) -> str:
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
        return self._party_of(place + words[which], match["rest"].removeprefix("各级"))

    def _resident(self, match: re.Match[str]) -> str:
        """The discipline group that a higher commission keeps in the body."""
        if match["at"]:
            return f"驻{self.publisher.body}{match['rest']}"
        place = self.divisions.named(match["by"]) if match["by"] else self.publisher.place
        return f"{place or match['by'] or ''}纪委监委驻{self.publisher.body}{match['rest']}"

    def _committee(self, at: str, rest: str) -> str:
        """市委, 市委组织部, 市委全面依法治市委员会: the committee of the place and what belongs to it."""
        place = self.divisions.named(at)
        return self._committee_of(place, rest) if place else self._short(at + "委" + rest)

    def _committee_of(self, place: str, rest: str) -> str:
        return f"中共{place}委{self._short(rest) if rest else '员会'}"

    def _ranked_court(self, match: re.Match[str]) -> str:
        """市高法院 is the publisher itself where it has that level, else the one of the division above."""
        court = load("organizations").maps["short"].get(match["court"], match["court"])
        level = court_level(court)
        if level == self.publisher.level:
            return self._own(match["rest"])
        if level == "intermediate" and self.publisher.level == "high" and not match["at"]:
            return self._party_of(f"{self.publisher.place}各中级人民法院", match["rest"])
        place = self.divisions.named(match["at"] or ("省" if level == "high" else "市")) or match["at"]
        return self._party_of(place + ("高级人民法院" if level == "high" else "中级人民法院"), match["rest"])

    def _plain_court(self, at: str, rest: str) -> str:
        """省法院, 区法院: the publisher itself where its place has that rank, else the court of the division."""
        place = self.divisions.named(at)
        if self.publisher.kind == "court" and self.publisher.place.endswith(RANKS.get(at, (at,))):
            return self._own(rest)
        level = {"省": "高级", "市": "中级", "州": "中级"}.get(at, "")
        return self._party_of(f"{place}{level}人民法院", rest) if place else f"{at}{level}人民法院{rest}"

    def _of_street(self, rest: str) -> str:
        """街道办事处, 街道纪工委: of the street that reports."""
        place = self.publisher.place
        if not place.endswith("街道"):
            return self._short("街道" + rest)
        if rest.startswith("纪工委"):
            return f"中共{place}纪律检查工作委员会{rest.removeprefix('纪工委')}"
        return f"中共{place}工作委员会{rest[3:]}" if rest.startswith("党工委") else place + self._short(rest)

    def _plain_yuan(self, at: str, rest: str) -> str:
        """省院, 市院: a court in a notice of a court, a procuratorate in one of a procuratorate."""
        if self.publisher.kind == "procuratorate":
            place = self.divisions.named(at)
            own = self.publisher.place.endswith(RANKS.get(at, (at,)))
            return self._own(rest) if own else self._party_of(f"{place or at}人民检察院", rest)
        return self._plain_court(at, rest)

    def _plain_bureau(self, at: str, unit: str, rest: str) -> str:
        """省局, 市局: the publisher itself where it is the bureau of that rank, else that of its kind in the division."""
        own = self.publisher
        if own.body.endswith(BUREAUS) and own.place.endswith(RANKS.get(at, (at,))):
            return self._own(rest)
        is_known = unit != "厅" or self._system + unit in load("organizations").lists["government"]
        return self._of_system(self.divisions.named(at) or at, unit, rest) if self._system and is_known else self._at_place(at, False, unit + rest)

    @cached_property
    def _system(self) -> str:
        """What bureaus of the publisher's kind are called at other places, without 局: 公安, 国家税务总局…税务."""
        own = self.publisher
        return own.body[own.body.index(own.place) + len(own.place):].removesuffix("(公司)")[:-1] \
            if own.place and own.body.endswith(BUREAUS) and own.place in own.body else ""

    def _of_system(self, place: str, unit: str, rest: str) -> str:
        """省厅 → 云川省公安厅, 茅渡县局(分公司) → 茅渡县烟草专卖局(分公司)."""
        own = self.publisher
        name = own.body[:own.body.index(own.place)] + place + self._system + unit
        return f"中共{name}{rest}" if rest.startswith(("党组", "党委")) else name + rest

    def _zone(self, zone: str, rest: str) -> str:
        """经开区应急管理局: the zone whose name in full ends so."""
        full = self._lexicon.maps["zones"].get(zone, zone)
        place = self.publisher.place
        return self._expanded((place if place.endswith((full, zone)) else zone) + rest)

    def _village(self, match: re.Match[str]) -> str:
        """村委会, 村党总支: what belongs to the village that reports."""
        places = self.publisher.places
        if not places or not places[-1].endswith("村"):
            return self._short(match[0])
        return self.own_body + match["rest"] if match["body"] is None else self._short(places[-1] + match["body"]) + match["rest"]

    def _party_of(self, body: str, rest: str) -> str:
        return f"中共{body}{rest}" if rest.startswith(("党组", "党委")) else self._expanded(body + rest)

    def _at_place(self, at: str, whole: bool, rest: str) -> str:
        """市公安局, 全市…领导小组: a body of the division of that rank, or of all the publisher's place."""
        place = self.publisher.place if whole else self.divisions.named(at)
        if place and rest == "纪委":
            return _discipline(place)
        for short, full in load("organizations").maps["short_at_place"].items():
            rest = full + rest.removeprefix(short) if rest.startswith(short) else rest
        name = self._short(rest + "局" if rest == "财政" else self._short_before_part(rest))
        return f"{place}{name}" if place else at + name

    def _unscoped(self, mention: str, kind: str) -> str:
        """A name without a scope: a part of the own body, a body of the place (沔州知识产权法庭, of 沔州市), or a name in full."""
        lexicon, own = self._lexicon, self.publisher
        if lexicon.regex("full").match(mention) or mention.startswith(own.body):
            return self._expanded(mention)
        if lexicon.regex("general").search(mention):
            return self._short(mention)
        if mention.endswith("分局") and self._system and not split_places(mention):
            return self._whole.removesuffix("(公司)") + mention
        if own.kind == "zone" and mention in self._own_words:
            return own.body
        if own.level == "basic" and mention.endswith("人民法庭") or self._is_own_unit(mention):
            return self._whole + mention
        if lexicon.regex("party_group").match(mention):
            return self._party_organ(mention)
        if lexicon.regex("branch").match(mention):
            return self._branch(mention)
        if court := lexicon.regex("stem_court").match(mention):
            return self._party_of(f"{court['stem']}市中级人民法院", court["rest"])
        if self.publisher.kind in ("court", "procuratorate") and lexicon.regex("court_bureau").match(mention):
            return self._whole + mention
        places = split_places(mention)
        if places:
            return self._expanded(mention if places[0] in self.divisions.parents else self._under(places, mention))
        if own.place and own.place + mention in self.notice.text:
            return self._expanded(own.place + mention)
        if lexicon.regex("of_firm").search(mention) or self._stem and mention.startswith(self._stem) or self._is_of_a_city(mention):
            return self._short(mention)
        if kind in ("department", "discipline", "working_group") or mention.endswith("研究室") or kind == "party" and lexicon.regex("own_party").search(mention):
            return self._expanded(self._whole + mention)
        if mention.endswith("局") and mention in load("organizations").lists["government"]:
            return self._own_division + self._short(mention)
        return self._short(mention)

    @cached_property
    def _own_division(self) -> str:
        """The city or county of the publisher, whose 财政局 or 红星镇 is meant where none is named; "" for a province."""
        places = list(self.publisher.places)
        while places and places[-1].endswith((*TOWNS, "村", "社区")):
            places.pop()
        return "" if not places or is_of_province_rank(places[-1]) else "".join(places)

    def _is_own_unit(self, mention: str) -> bool:
        """马克思主义学院 of a university, 护理部 of a hospital: what such a body is divided into."""
        endings = self._lexicon.maps["own_units"].get(self.publisher.kind, "")
        unit = self._lexicon.regex("party_of_unit").sub("", mention)
        is_unit = unit.endswith(tuple(endings.split())) or unit.startswith("附属") and self.publisher.kind == "school"
        return bool(endings) and is_unit and not split_places(mention) and not self._is_of_a_city(mention)

    @cached_property
    def _whole(self) -> str:
        """The body that parts are parts of: 县人大常委会 where 县人大常委会机关 reports."""
        return self.publisher.body.removesuffix("机关")

    @cached_property
    def _stem(self) -> str:
        """The name of the own place without its rank: 青硖自然资源所 is called after 青硖镇 and is no part of its committee."""
        last = self.publisher.places[-1] if self.publisher.places else ""
        stem = last.removesuffix("街道") if last.endswith("街道") else last[:-1]
        return stem if len(stem) > 1 else ""

    def _is_of_a_city(self, mention: str) -> bool:
        """Whether a name begins with a city that the text names: 沔州知识产权法庭, of 沔州市."""
        return mention[:2] in self._cities or mention[:3] in self._cities

    @cached_property
    def _cities(self) -> frozenset[str]:
        """What may be the names of cities that the text names, without their rank."""
        text = self.notice.text
        return frozenset(text[city.start() - size:city.start()] for city in CITY.finditer(text) for size in (3, 2))

    @cached_property
    def _own_words(self) -> tuple[str, ...]:
        """What the body calls itself before one of its parts: 台党委, 校团委, 医院药剂科."""
        committee = ("委",) if self._whole.endswith("委员会") else ()
        last = () if self._whole == self.publisher.place else (self._whole[-1:],)  # 县住建局 is no part of the county's committee
        return (*self._lexicon.maps["own_words"].get(self.publisher.kind, "").split(), *committee, *last)

    def _branch(self, mention: str) -> str:
        own = self._whole
        if mention.startswith("各"):
            return f"{own}各党支部"
        return own + (mention if mention.startswith("机关") else "机关" + mention)

    def _under(self, places: Sequence[str], mention: str) -> str:
        """A district in a notice of its city, a town in one of its county or of another town there: 青岚市 + 明湖区人民政府."""
        if places[0].endswith(TOWNS):
            return self._own_division + mention
        below_city = places[0].endswith(("区", "县", "旗"))
        own = [p for p in self.publisher.places if not p.endswith(("区", "县", "旗", "省", "自治区"))]
        return "".join(own) + mention if below_city and own else mention

    def _short(self, name: str) -> str:
        """Put long forms for the short ones that a name ends in: 人社局, 审管办, 中院."""
        short, longest = _short_forms()
        for length in range(min(longest, len(name)), 0, -1):
            full = short.get(name[-length:])
            if full and not name.endswith(full):
                return name[:-length] + full
        return name

    def _short_before_part(self, name: str) -> str:
        """The long form of a short one before a part of it: 妇联机关党委, 联社党委组织部."""
        short, longest = _short_forms()
        for length in range(min(longest, len(name) - 1), 1, -1):
            full = short.get(name[:length])
            if full and self._lexicon.regex("own_rest").match(name[length:]):
                return full + name[length:]
        return name

    def _expanded(self, name: str) -> str:
        """Long forms inside and at the end of a name: 明湖新区法院 → 明湖新区人民法院."""
        if self.publisher.kind == "procuratorate":
            name = self._lexicon.regex("short_yuan").sub("人民检察院", name)
        return self._lexicon.regex("plain_court").sub(lambda m: m[1] + "人民法院", self._short(name))


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


def _discipline(body: str) -> str:
    """The commission for discipline inspection of the Party in a body or a place."""
    return f"中共{body}纪律检查委员会"


def _plain(mention: str) -> str:
    """A mention in one width, without space and without the count before it: 10家单位."""
    return COUNT.sub("", fold(mention).replace(" ", "")) or mention


@per_lexicon
def _short_forms() -> tuple[Mapping[str, str], int]:
    """The full form of each short ending, and the length of the longest."""
    short = load("organizations").maps["short"]
    return short, max(map(len, short))


def split_alias(words: str) -> str:
    """Return the name at the end of the words before 以下简称: 对某市中级人民法院 → 某市中级人民法院."""
    words = after_boundary(words)
    match = load("resolution").regex("before_name").search(words)
    return words[match.end():] if match else words
