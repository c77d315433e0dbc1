"""A user's own words and patterns on top of those that ship with the package.

A folder holds TOML files of the same names and the same form. A list entry and a map entry are added, a
part or a pattern with an existing name replaces it, and its `{old}` stands for the regex replaced. The
user's patterns are tried before the others, and a word put into one list of a family (the verbs of the
relations to a document) leaves the other lists of that family.

An overlay holds for what runs inside `using(overlay)`, in this thread, and nowhere else.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
Content: TypeAlias = Mapping[str, Any]
"""One TOML file as read."""

OLD = "{old}"
# Lists that say what a word is: it stands in one of them.
FAMILIES = {
    "documents": ("issues", "revises", "drafts", "implements", "studies", "includes", "reported_in", "uses", "hears"),
    "organizations": ("court", "party", "discipline", "government", "working_group", "research", "department", "other"),
    "outline": ("label_measures", "label_result", "label_status", "label_leader", "label_lead", "label_responsible",
                "label_cooperating", "label_supervising", "label_deadline", "label_goal", "label_problem"),
}


@dataclass(frozen=True, slots=True)
class Overlay:
    """The content of a user's lexicon folder. `files` are its files by name without `.toml`,
    `digest` tells it from any other, "" for none."""

    folder: str
    digest: str
    files: Mapping[str, Content] = field(default_factory=dict)


NOTHING = Overlay("", "")
_current: ContextVar[Overlay] = ContextVar("overlay", default=NOTHING)


def current() -> Overlay:
    """Return the overlay that holds here."""
    return _current.get()


@contextmanager
def using(overlay: Overlay) -> Iterator[None]:
    """Let `overlay` hold inside the block."""
    token = _current.set(overlay)
    try:
        yield
    finally:
        _current.reset(token)


def per_lexicon(function: Callable[P, R]) -> Callable[P, R]:
    """`functools.cache` for what follows from the lexicon: each overlay has results of its own."""
    @cache
    def kept(digest: str, *args: Any) -> R:
        return function(*args)  # type: ignore[call-arg]

    @wraps(function)
    def looked_up(*args: Any) -> R:
        return kept(_current.get().digest, *args)
    return cast(Callable[P, R], looked_up)


def merged(name: str, content: Content, own: Content) -> Content:
    """Return the content of the lexicon file `name` with a user's own on top."""
    return {"lists": _lists(name, content.get("lists", {}), own.get("lists", {})),
            "maps": _maps(content.get("maps", {}), own.get("maps", {})),
            "parts": {**content.get("parts", {}), **own.get("parts", {})},
            "pattern": _patterns(content.get("pattern", ()), own.get("pattern", ()))}


def _lists(name: str, lists: Content, own: Content) -> Content:
    moved = {word: listed for listed in FAMILIES.get(name, ()) for word in own.get(listed, ())}
    kept = {listed: [word for word in words if listed not in FAMILIES.get(name, ()) or moved.get(word, listed) == listed]
            for listed, words in lists.items()}
    return {listed: list(dict.fromkeys([*kept.get(listed, ()), *own.get(listed, ())])) for listed in {**lists, **own}}


def _maps(maps: Content, own: Content) -> Content:
    return {name: {**maps.get(name, {}), **own.get(name, {})} for name in {**maps, **own}}


def _patterns(patterns: Any, own: Any) -> list[Content]:
    """The user's new patterns, then the others, each replaced where the user has one of its name."""
    replacing = {entry["name"]: entry for entry in own}
    names = {entry["name"] for entry in patterns}
    new = [entry for entry in own if entry["name"] not in names]
    return [*new, *(_replaced(entry, replacing[entry["name"]]) if entry["name"] in replacing else entry for entry in patterns)]


def _replaced(entry: Content, own: Content) -> Content:
    """What the user's entry leaves out stays, but no examples, and no words that a match must hold:
    they are of the pattern replaced."""
    kept = {key: value for key, value in entry.items() if key not in ("examples", "rejects", "needs")}
    old = f"(?:{entry.get('regex', '')})"
    return {**kept, **own, **({"regex": own["regex"].replace(OLD, old)} if "regex" in own else {})}
