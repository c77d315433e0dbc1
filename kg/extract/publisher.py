"""The body that reports: its name apart from its Party organ, its place, its kind and its level."""
from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicon import group, load

PARTY_PREFIX = re.compile(r"^(?:中国共产党|中共)")
# Bodies of a national system are named by it first: 国家税务总局青岚市税务局, 国网青岚供电公司.
SYSTEM = re.compile(r"(?:(?:国家|中国)[\u4e00-\u9fa5]{1,10}?(?:总局|总署|总行|银行)|国网)(?=[\u4e00-\u9fa5]{2})")
# 青浦县委宣传部: a part of the committee, the name of which begins with 中共.
COMMITTEE_PART = re.compile(r"(?!中共|中国共产党)(?P<at>[\u4e00-\u9fa5]{2,10}?[省市县区州旗])委(?!员会)[\u4e00-\u9fa5]{2,}(?:部|室|办|局|校|院|会)$")
# A development zone reports as two bodies, its Party committee and its administration: 霁浦高新区党工委 管委会.
ZONE_ORGANS = re.compile(r"(?P<place>.+?)(?P<organ>党工委|党委|(?:党的?)?工作委员会)[ 、和]?(?P<of>.*?)(?P<body>管委会|管理委员会)")
PARTY_ORGAN = re.compile(r"(?:(?<=校)校务委员会|(?<=部)部务会|(?<=委)委务会|党组|党委|党工委|工委|党总支|党支部|党委会|(?:党?工作|总支部|支部)?委员会|委)$")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who reports. `body` is 青岚市中级人民法院 where `full` is 中共青岚市中级人民法院党组.

    `kind`: court, procuratorate, committee (a local Party committee), zone (the administration of a
    development zone), school, hospital, company, cooperative, congress, government. `level` is that of a court, None for other bodies. `places` are the divisions its
    name begins with, the largest first, and `place` the same joined: 云川省青岚市.
    """

    full: str
    body: str
    organ: str
    places: tuple[str, ...]
    kind: str
    level: str | None
    place: str


def read_publisher(full: str | None) -> Publisher | None:
    """Return the parts of a publisher's full name.

    >>> p = read_publisher("中共青岚市中级人民法院党组")
    >>> p.body, p.organ, p.places, p.kind, p.level
    ('青岚市中级人民法院', '党组', ('青岚市',), 'court', 'intermediate')
    """
    if not full:
        return None
    bare = PARTY_PREFIX.sub("", full)
    if (zone := ZONE_ORGANS.fullmatch(bare)) and zone["of"] in ("", zone["place"]):
        return Publisher(full, zone["place"] + zone["body"], zone["organ"], split_places(zone["place"]) or (zone["place"],),
                         "zone", None, zone["place"])
    system = SYSTEM.match(bare)
    places = split_places(bare[system.end():] if system else bare)
    rest = bare[len("".join(places)):] if not system else bare
    organ = PARTY_ORGAN.search(rest)
    if organ and _is_local_committee(rest):
        return Publisher(full, "".join(places) or bare, organ[0], places, "committee", None, "".join(places))
    is_party = bare != full or bool(organ and not organ[0].endswith("委员会"))
    body = bare[:len(bare) - len(organ[0])] if organ and is_party else bare
    if part := COMMITTEE_PART.match(body):
        body, places = f"中共{body}", split_places(part["at"])
    kind = _kind(body)
    return Publisher(full, body, organ[0] if organ and is_party else "", places, kind,
                     court_level(body) if kind == "court" else None, "".join(places))


def is_of_province_rank(place: str) -> bool:
    """Whether a division is a province, or a city that stands beside the provinces."""
    places = load("places")
    return place.endswith(("省", "自治区")) or place in places.lists["provinces"]


def _is_local_committee(rest: str) -> bool:
    """Whether the Party organ is that of a place itself: 青岚市 + 委员会."""
    return rest in ("委员会", "委", "党委", "工委", "工作委员会", "党工委", "党工作委员会", "总支部委员会", "支部委员会", "党总支", "党支部")


def split_places(name: str) -> tuple[str, ...]:
    """Return the administrative divisions that a name begins with.

    >>> split_places("云川省青岚市明湖区人民法院"), split_places("市高级人民法院")
    (('云川省', '青岚市', '明湖区'), ())
    >>> split_places("青浦县城市管理局")
    ('青浦县',)
    """
    places: list[str] = []
    rest = name
    for regex in (load("places").regex(level) for level in ("province", "city", "county", "town", "village")):
        if match := regex.match(rest):
            places.append(match[0])
            rest = rest[match.end():]
    return tuple(places)


def _kind(body: str) -> str:
    for kind, endings in load("places").maps["body_kind"].items():
        if body.endswith(tuple(endings.split())):
            return kind
    return "government"


def court_level(name: str) -> str | None:
    """Return the level of one court by its name.

    >>> court_level("青岚市中级人民法院"), court_level("明湖区人民法院"), court_level("青岚海事法院")
    ('intermediate', 'basic', 'intermediate')
    """
    for pattern in group("levels", "own_"):
        if pattern.regex.search(name):
            return pattern.fields["level"]
    return None
