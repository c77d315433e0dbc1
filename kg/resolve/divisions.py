"""The divisions that 市, 省, 区 mean in a notice: those of the publisher and those above it."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.organizations import holds_boundary
from kg.extract.publisher import Publisher, is_of_province_rank, split_places
from kg.lexicon import HANZI

# The endings of a division that a word such as 省委 or 县财政局 can mean.
RANKS = {"省": ("省", "自治区"), "县": ("县", "旗"), "镇": ("镇", "街道")}
ADDRESS = re.compile(rf"(?:信箱|地址|地点|通讯处)[:为 ]{{0,2}}({HANZI}{{4,20}})")
ZONE = re.compile(r"(?:经济技术|高新技术产业|高新|经济|工业)?(?:开发区|新区|园区)$")
NO_NAME = "[全各我本外跨两邻]"
# A division named in full: at the beginning of words, or after one that takes a body. A province has two
# characters before 省, but for one.
NAME = {"省": f"(?:黑龙江|{HANZI}{{2}})", "市": f"{HANZI}{{2,3}}"}
NAMED = {rank: re.compile(rf"(?:(?<!{HANZI})|(?<=(?<!{HANZI})中共)|(?<=[在对由经据照与向和及报赴送寄至到从获被请为于驻托]))({name}(?<!{NO_NAME}..)(?<!{NO_NAME}.){rank})(?={HANZI}{{2}})")
         for rank, name in NAME.items()}
# Rules carry the name of their division in their title: 《青岚市…办法》.
TITLED = re.compile(rf"《(?:中共)?({HANZI}{{2,3}}?([省市县区旗]))(?<![地园社辖校城景片库新]区)(?={HANZI}{{4}})")
NAME_SIZES = (3, 2)  # characters of such a name before its rank, in the order tried
RANKS_BEFORE = "县省区城乡镇"  # 县城市政道路 names no city 县城市
STEM_MAX = 4  # characters of a body's name that are the place without its rank: 青岚农村商业银行, of 青岚市
DIVISIONS_BEFORE = re.compile(rf"{HANZI}{{2,12}}$")  # of a place, in its full name


@dataclass(frozen=True)
class Divisions:
    """The divisions of one notice. `text` is in one width."""

    text: str
    publisher: Publisher

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """The divisions of the publisher, with those above it that the text names: 云川省 + 青岚市."""
        first = self.publisher.places[0] if self.publisher.places else ""
        if not first:
            return self._by_stem or self._address
        if is_of_province_rank(first):
            return self.publisher.places
        if self._address and first in self._address[1:]:
            return (*self._address[:self._address.index(first)], *self.publisher.places)
        if (zone := ZONE.search(first)) and first[:zone.start()] + "市" in self.text:
            return (first[:zone.start()] + "市", *self.publisher.places)
        before = dict.fromkeys(_words_before(self.text, first))
        above = max((split_places(words) for words in before if self._are_places(words)), key=len, default=())
        return (*above, *self.publisher.places)

    @cached_property
    def _by_stem(self) -> tuple[str, ...]:
        """The city or county whose name a body begins with, without its rank, if the text names it with it."""
        body = self.publisher.body
        stems = (body[:n] + rank for n in range(STEM_MAX, 1, -1) for rank in ("市", "县", "区"))
        return next((split_places(stem) for stem in stems if stem in self.text and split_places(stem) == (stem,)), ())

    @staticmethod
    def _are_places(words: str) -> bool:
        return "".join(split_places(words)) == words

    @cached_property
    def _address(self) -> tuple[str, ...]:
        """The divisions of the postal address, for a body whose name begins with none."""
        for match in ADDRESS.finditer(self.text):
            if places := split_places(match[1]):
                return places
        return ()

    def named(self, at: str) -> str | None:
        """The division that 市, 省, 区, 县 means: the publisher's own, or one above it."""
        places = self.parents
        for i in range(len(places) - 1, -1, -1):
            if places[i].endswith(RANKS.get(at, (at,))):
                own = self.publisher.places or places
                return "".join(places[len(places) - len(own):i + 1]) or places[i]
        return self._most_named.get(at)

    @cached_property
    def _most_named(self) -> dict[str, str]:
        """The province and the city that the text names most often, else the division that titles of rules do."""
        titled: dict[str, Counter[str]] = {}
        found = {rank: Counter(name for name in _named_in_full(self.text, rank)
                               if name[0] not in RANKS_BEFORE and not holds_boundary(name) and split_places(name) == (name,))
                 for rank in NAMED}
        for title in TITLED.finditer(self.text):
            if split_places(title[1]) == (title[1],) and not holds_boundary(title[1]):
                titled.setdefault(title[2], Counter())[title[1]] += 1
        return {rank: counts.most_common(1)[0][0] for rank, counts in {**titled, **{r: c for r, c in found.items() if c}}.items()}


def _named_in_full(text: str, rank: str) -> Iterator[str]:
    """The divisions of a rank that stand in full, looked for where the last character of a name stands."""
    for last in re.finditer(rank, text):
        tried = (NAMED[rank].match(text, last.start() - size, last.end() + 2) for size in NAME_SIZES if last.start() >= size)
        if named := next(filter(None, tried), None):
            yield named[1]


def _words_before(text: str, place: str) -> Iterator[str]:
    """The words that stand before each mention of a place."""
    at = text.find(place)
    while at >= 0:
        if words := DIVISIONS_BEFORE.search(text, max(0, at - 12), at):
            yield words[0].removeprefix("中共")
        at = text.find(place, at + len(place))
