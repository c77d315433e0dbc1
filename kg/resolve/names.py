"""The full names of the bodies of one notice."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.organizations import after_boundary
from kg.extract.publisher import Publisher, is_of_province_rank, split_places
from kg.lexicon import HANZI, Lexicon, group, load
from kg.model import Notice, Organization
from kg.reading.width import fold
from kg.resolve.before import Before
from kg.resolve.divisions import Divisions
from kg.resolve.issuers import LISTED, SUBJECT_ROLES
from kg.resolve.scopes import Scopes, discipline_of
from kg.resolve.short import lengthened

ALIAS_SEES = 40  # characters before 以下简称 in which the full name stands
COURTS = ("法院", "人民法院", "中级人民法院", "高级人民法院")
TOWNS = ("镇", "乡", "街道")
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
    def scopes(self) -> Scopes:
        """What names mean by how they begin."""
        return Scopes(self.publisher, self.divisions, self.own_body)

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

    def _place_of_list(self, organization: Organization, before: Before) -> str:
        """What stands before a bare name in a list, by the one before it: 县财政局、审计局; 市委组织部、宣传部."""
        mention, lists = organization.mention or "", self._lexicon.lists
        if not before.place or not LISTED.fullmatch(self.folded, before.end, organization.span.start):
            return ""
        if mention in lists["committee_parts"]:
            return before.place.removesuffix("委") + "委"
        is_bare = mention in COURTS or organization.kind == "government" and mention in load("organizations").lists["government"]
        return before.place.removesuffix("委") if is_bare and mention.endswith(lists["division_bodies"]) else ""

    def _full_name(self, organization: Organization, before: Before, place: str = "") -> str:
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
                    return discipline_of(body) if words[size:] == "纪委" else body + words[size:]
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
                return self.scopes.own(mention[len(word):])
        for alias, full in self._aliases_longest_first:
            if mention == alias or mention.startswith(alias) and not full.startswith(alias):
                return self._of_alias(full, mention[len(alias):], kind)
        is_own = self.publisher.kind == "company" and mention in self._lexicon.lists["ministry_or_own"]
        national = {} if is_own else load("organizations").maps["national"]
        if mention in national:
            return national[mention]
        if mention.endswith(self._lexicon.lists["parts_of_ministry"]) and (
                short := next((word for word in national if len(word) > 2 and mention.startswith(word)), None)):
            return national[short] + mention[len(short):]
        for pattern in group("resolution", "scope_"):
            if match := pattern.regex.match(mention):
                return self._scoped(pattern.fields["scope"], match) or self._unscoped(mention, kind)
        return self._unscoped(mention, kind)

    def _of_alias(self, full: str, rest: str, kind: str) -> str:
        """What stands for a name that the text gives in full: itself, or a part of it."""
        if full in (self.publisher.body, self.publisher.full):
            return self.scopes.own(rest)
        return self._by_scope(full, kind) + rest if self._lexicon.regex("scope_place").match(full) else self.scopes.in_full(full + rest)

    def _scoped(self, scope: str, match: re.Match[str]) -> str | None:
        if scope == "resident_at":
            return f"驻{self._by_scope(match['at'], 'government')}{match['rest']}"
        return self.scopes.named(scope, match)

    def _unscoped(self, mention: str, kind: str) -> str:
        """A name without a scope: a part of the own body, a body of the place (沔州知识产权法庭, of 沔州市), or a name in full."""
        lexicon, own = self._lexicon, self.publisher
        if lexicon.regex("full").match(mention) or mention.startswith(own.body):
            return self.scopes.in_full(mention)
        if lexicon.regex("general").search(mention):
            return lengthened(mention)
        if mention.endswith("分局") and self.scopes.system and not split_places(mention):
            return self._whole.removesuffix("(公司)") + mention
        if own.kind == "zone" and mention in self._own_words:
            return own.body
        if own.level == "basic" and mention.endswith("人民法庭") or self._is_own_unit(mention):
            return self._whole + mention
        if lexicon.regex("party_group").match(mention):
            return self.scopes.party_organ(mention)
        if lexicon.regex("branch").match(mention):
            return self._branch(mention)
        if court := lexicon.regex("stem_court").match(mention):
            return self.scopes.party_of(f"{court['stem']}市中级人民法院", court["rest"])
        if self.publisher.kind in ("court", "procuratorate") and lexicon.regex("court_bureau").match(mention):
            return self._whole + mention
        places = split_places(mention)
        if places:
            return self.scopes.in_full(mention if places[0] in self.divisions.parents else self._under(places, mention))
        if own.place and own.place + mention in self.notice.text:
            return self.scopes.in_full(own.place + mention)
        if lexicon.regex("of_firm").search(mention) or self._stem and mention.startswith(self._stem) or self._is_of_a_city(mention):
            return lengthened(mention)
        if kind in ("department", "discipline", "working_group") or mention.endswith("研究室") or kind == "party" and lexicon.regex("own_party").search(mention):
            return self.scopes.in_full(self._whole + mention)
        if mention.endswith("局") and mention in load("organizations").lists["government"]:
            return self._own_division + lengthened(mention)
        return lengthened(mention)

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
        return frozenset(text[city.start() - size:city.start()] for city in load("places").regex("city_ends").finditer(text) for size in (3, 2))

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


def _plain(mention: str) -> str:
    """A mention in one width, without space and without the count before it: 10家单位."""
    return COUNT.sub("", fold(mention).replace(" ", "")) or mention


def split_alias(words: str) -> str:
    """Return the name at the end of the words before 以下简称: 对某市中级人民法院 → 某市中级人民法院."""
    words = after_boundary(words)
    match = load("resolution").regex("before_name").search(words)
    return words[match.end():] if match else words
