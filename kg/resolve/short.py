"""Long forms for the short ones in the names of bodies: 人社局, 审管办, 中院."""
from __future__ import annotations

from collections.abc import Mapping

from kg.lexicon import load
from kg.lexicon.overlay import per_lexicon


def lengthened(name: str) -> str:
    """Put the long form for the short one that a name ends in: 市人社局 → 市人力资源和社会保障局."""
    short, longest = _short_forms()
    for length in range(min(longest, len(name)), 0, -1):
        full = short.get(name[-length:])
        if full and not name.endswith(full):
            return name[:-length] + full
    return name


def lengthened_before_part(name: str) -> str:
    """Put the long form for the short one that a part follows: 妇联机关党委, 联社党委组织部."""
    short, longest = _short_forms()
    for length in range(min(longest, len(name) - 1), 1, -1):
        full = short.get(name[:length])
        if full and load("resolution").regex("own_rest").match(name[length:]):
            return full + name[length:]
    return name


def in_full(name: str, kind: str) -> str:
    """Put long forms inside a name and at its end: 明湖新区法院 → 明湖新区人民法院.

    Args:
        kind: that of the publisher; in a notice of a procuratorate 区院 is one.
    """
    lexicon = load("resolution")
    if kind == "procuratorate":
        name = lexicon.regex("short_yuan").sub("人民检察院", name)
    return lexicon.regex("plain_court").sub(lambda m: m[1] + "人民法院", lengthened(name))


@per_lexicon
def _short_forms() -> tuple[Mapping[str, str], int]:
    """The full form of each short ending, and the length of the longest."""
    short = load("organizations").maps["short"]
    return short, max(map(len, short))
