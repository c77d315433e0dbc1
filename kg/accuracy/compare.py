"""The records of a notice held against its answers, one outcome for each thing asked for or found."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.accuracy.pairing import Body, Record, accepted, agree, bodies, pair_bodies, pair_issues, pair_measures, plain
from kg.model import MADE

HEADER = ("title", "publisher", "inspector", "inspection_start", "inspection_end", "feedback_date", "status_as_of", "published")
LEVELS = {"最高": "supreme", "高级": "high", "中级": "intermediate", "基层": "basic"}
SCALES = (1, 1e-4, 1e-8)  # 7.132 (万元) and 71320 (元) are the same number


class Place(NamedTuple):
    """Number and title of the issue concerned; empty outside the issues."""

    number: str
    title: str


OUTSIDE = Place("", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing asked for, found, or both.

    `wanted` is None for what nobody asked for, `found` is None for what was not found. `of` names
    what they are said of, where they do not say it themselves: the relation, of the document 《…》.
    """

    field: str
    place: Place
    wanted: str | None
    found: str | None
    right: bool
    of: str = ""


def compare(answers: Record, records: Record) -> Iterator[Outcome]:
    """Yield what came of every field of one notice.

    Args:
        answers: an answer file: records with `accepted_*` (every value that counts as right),
            `optional` (neither asked for nor wrong) and `explicit_only` (only what words of the text
            name is compared).
        records: the records found, as `kg.model.to_json` gives them.
    """
    yield from _header(answers["notice"], records["notice"])
    yield from _claims(answers["claims"], records["claims"])
    issues = [_explicit(issue) for issue in records["issues"]] if answers.get("explicit_only") else records["issues"]
    pairs = pair_issues(answers["issues"], issues)
    yield from _issues(answers["issues"], issues, pairs)
    for wanted, found in pairs:
        yield from _issue(wanted, found)


def _explicit(holder: Record) -> Record:
    """An issue or measure without what is found by default: bodies without a mention, levels without a cue."""
    kept = {"organizations": [o for o in holder.get("organizations") or [] if o.get("mention")],
            "court_levels": [level for level in holder.get("court_levels") or [] if level.get("cue")]}
    below = {"measures": [_explicit(m) for m in holder["measures"]]} if "measures" in holder else {}
    return {**holder, **kept, **below}


def _header(answers: Record, records: Record) -> Iterator[Outcome]:
    for name in HEADER:
        wanted, found = answers.get(name), records.get(name)
        if wanted is not None or found is not None:
            right = wanted is not None and found is not None and plain(found) in accepted(answers, f"accepted_{name}", name)
            yield Outcome("header", OUTSIDE, wanted, found, right, name)


def _claims(answers: Sequence[Record], records: Sequence[Record]) -> Iterator[Outcome]:
    """Counts that the answer file leaves out are not compared."""
    wanted = [_claim(claim) for claim in answers]
    found = {_claim(same) for claim in records if (same := next((a for a in answers if _is_same_claim(a, claim)), None))}
    yield from _both("claim", OUTSIDE, wanted, sorted(found))


def _claim(claim: Record) -> str:
    return f"{_number(claim['value'])} “{plain(claim['quote'])}”"


def _number(value: object) -> str:
    return repr(float(str(value))).removesuffix(".0")


def _is_same_claim(wanted: Record, found: Record) -> bool:
    one, other = float(wanted["value"]), float(found["value"])
    same = any(abs(one - other * scale) < 1e-6 * max(1.0, abs(one)) for scale in SCALES)
    return same and agree(wanted["quote"], found["quote"])


def _issues(wanted: Sequence[Record], found: Sequence[Record], pairs: Sequence[tuple[Record, Record]]) -> Iterator[Outcome]:
    taken, given = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    for issue in wanted:
        right = id(issue) in taken
        yield Outcome("issue", _place(issue), issue["title"], issue["title"] if right else None, right)
    for issue in found:
        if id(issue) not in given:
            yield Outcome("issue", _place(issue), None, issue["title"], False)


def _place(issue: Record) -> Place:
    return Place(issue["number"], issue["title"])


def _issue(wanted: Record, found: Record) -> Iterator[Outcome]:
    """What came of one issue that was found."""
    place = _place(wanted)
    one, other = wanted.get("aspect"), found.get("aspect")
    yield Outcome("issue aspect", place, one or "–", other or "–", agree(one, other))
    pairs = pair_measures(wanted["measures"], found["measures"])
    yield from _measures(place, wanted["measures"], found["measures"], pairs)
    yield from _documents(place, _all(wanted, "documents"), _all(found, "documents"))
    yield from _organizations(place, bodies(_all(wanted, "organizations")), bodies(_all(found, "organizations")))
    for measure, same in pairs:
        yield from _levels(place, measure, same)
        yield from _status(place, measure, same)
    yield from _details(place, wanted, found)
    for name in ("status", "deadline"):
        if wanted.get(name):
            yield from _both(f"issue {name}", place, [plain(wanted[name]) or ""], [plain(found[name]) or ""] if found.get(name) else [])


def _all(issue: Record, name: str) -> list[Record]:
    return [*(issue.get(name) or []), *(item for measure in issue["measures"] for item in measure.get(name) or [])]


def _measures(place: Place, wanted: Sequence[Record], found: Sequence[Record],
              pairs: Sequence[tuple[Record, Record]]) -> Iterator[Outcome]:
    taken, given = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    for at, measure in enumerate(wanted, 1):
        right = id(measure) in taken
        yield Outcome("measure", place, _measure(measure, at), _measure(measure, at) if right else None, right)
    for at, measure in enumerate(found, 1):
        if id(measure) not in given:
            yield Outcome("measure", place, None, _measure(measure, at), False)


def _measure(measure: Record, at: int) -> str:
    return " ".join(filter(None, (f"no. {at}", measure.get("marker"), measure.get("heading"))))


def _documents(place: Place, wanted: Sequence[Record], found: Sequence[Record]) -> Iterator[Outcome]:
    """A title named twice is wanted twice; of those found, the one with the right relation goes first."""
    left = list(found)
    for document in wanted:
        right_relations = document.get("accepted_relations") or [document["relation"]]
        same = [i for i, other in enumerate(left) if plain(other["title"]) == plain(document["title"])]
        at = next((i for i in same if left[i]["relation"] in right_relations), same[0] if same else None)
        title = f"《{document['title']}》"
        if at is None:
            yield Outcome("document", place, title, None, False)
            continue
        other = left.pop(at)
        yield Outcome("document", place, title, title, True)
        yield Outcome("document relation", place, document["relation"], other["relation"], other["relation"] in right_relations, title)
        if document["relation"] in MADE and "issuer" in document:
            yield Outcome("document issuer", place, document["issuer"] or "–", other.get("issuer") or "–",
                          _is_issuer(document, other), title)
    for other in left:
        yield Outcome("document", place, None, f"《{other['title']}》", False)


def _is_issuer(wanted: Record, found: Record) -> bool:
    right, issuer = accepted(wanted, "accepted_issuers", "issuer"), plain(found.get("issuer"))
    return issuer in right or issuer is None and "" in right


def _organizations(place: Place, wanted: Sequence[Body], found: Sequence[Body]) -> Iterator[Outcome]:
    pairs, left = pair_bodies(wanted, found)
    for body, other in pairs:
        if body.optional:
            continue
        yield Outcome("organization", place, body.label, body.label if other else None, other is not None)
        if other:
            yield Outcome("organization name", place, body.label, other.label, bool(body.names & other.names))
            yield Outcome("organization role", place, _in_line(body.roles), _in_line(other.roles),
                          bool(body.roles & other.roles), body.label)
    for other in left:
        yield Outcome("organization", place, None, other.label, False)


def _in_line(roles: Iterable[str]) -> str:
    return "/".join(sorted(roles))


def _levels(place: Place, wanted: Record, found: Record) -> Iterator[Outcome]:
    optional = set(wanted.get("court_levels_optional") or [])
    yield from _both("court level", place, sorted(_level_set(wanted) - optional), sorted(_level_set(found) - optional))


def _level_set(measure: Record) -> set[str]:
    names = [item["level"] if isinstance(item, Mapping) else item for item in measure.get("court_levels") or []]
    return {LEVELS.get(name, name) for name in names}


def _status(place: Place, wanted: Record, found: Record) -> Iterator[Outcome]:
    """Most measures are done, so only the others count, and what is mistaken for one of them."""
    right, status = set(wanted.get("accepted_statuses") or [wanted.get("status")]), found.get("status")
    told = None if status in (None, "done") else str(status)
    asked = None if "done" in right else wanted.get("status")
    if wanted.get("status") and not (told is not None and asked is None and status in right) and (asked or told):
        yield Outcome("measure status", place, asked, told, told is not None and status in right)


def _details(place: Place, wanted: Record, found: Record) -> Iterator[Outcome]:
    """Figures, dates and links, of issues whose answers list them."""
    def is_listed(name: str) -> bool:
        return any(name in measure for measure in wanted["measures"])
    if is_listed("figures"):
        yield from _both("figure", place, map(_figure, _all(wanted, "figures")), map(_figure, _all(found, "figures")))
    if is_listed("dates"):
        yield from _both("date", place, map(_date, _all(wanted, "dates")), map(_date, _all(found, "dates")))
    if is_listed("doc_links"):
        yield from _both("document link", place, map(_link, _all(wanted, "doc_links")), map(_link, _all(found, "document_links")))


def _figure(figure: Record) -> str:
    return f"{_number(figure['value'])} {plain(figure.get('unit')) or ''}"


def _date(date: Record) -> str:
    return f"{date['start']}/{date.get('end') or ''}"


def _link(link: Record) -> str:
    return f"《{plain(link['from'])}》 {link['type']} 《{plain(link['to'])}》"


def _both(field: str, place: Place, wanted: Iterable[str], found: Iterable[str]) -> Iterator[Outcome]:
    """Two lists compared item by item; one that is there twice is wanted twice."""
    asked, given = Counter(wanted), Counter(found)
    for item in (asked & given).elements():
        yield Outcome(field, place, item, item, True)
    for item in (asked - given).elements():
        yield Outcome(field, place, item, None, False)
    for item in (given - asked).elements():
        yield Outcome(field, place, None, item, False)
