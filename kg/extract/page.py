"""The parts of a page: title, opening, body, contact block, signature, and what stands around."""
from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import load
from kg.model import Furniture, Span
from kg.outline import Mark, find_marks, lines

TITLE_MAX = 90  # characters; the longest of 32 titles seen has 61
OPENING_LINES = 300  # lines of menus and fields that may stand before the text of a saved page
OPENING_MIN = 30  # a shorter line is a heading, not the opening paragraph
SIGNATURE_MAX = 45


@dataclass(frozen=True, slots=True)
class Page:
    """Where the notice stands on the page. `title` spans 1–3 lines; None where there is none.
    `marks` are the numbers that its headings and items carry."""

    title: Span | None
    opening: Span
    body: Span
    closing: Span
    signature: Span | None
    signed: Span | None
    furniture: tuple[Furniture, ...]
    marks: tuple[Mark, ...]


def find_page(folded: str) -> Page:
    """Return the parts of a page; what is not notice is kept as furniture.

    Args:
        folded: the whole text in one width.

    Returns:
        Parts in text order. `body` runs from the end of the title to the closing paragraphs and
        holds all numbered parts; `opening` are the paragraphs before the first of them.
    """
    all_lines = lines(folded, Span(0, len(folded)))
    first = _opening_index(folded, all_lines)
    title, before = _title(folded, all_lines[:first])
    rest = all_lines[first:]
    start = rest[0].start if rest else len(folded)
    signature, signed, stop = _signature(folded, rest)
    notice = Span(start, stop)
    all_marks = find_marks(folded, notice)
    marks = [m for m in all_marks if m.at_line_start and m.kind != "point"]
    kept = [line for line in rest if line.start < stop]
    body_end, furniture = _tail(folded, kept, marks[-1].span.start if marks else start)
    opening_end = marks[0].span.start if marks else body_end
    furniture = [_before(folded, line) for line in before] + furniture
    furniture += [Furniture("footer", line) for line in rest if line.start >= stop
                  and line not in (signature, signed)]
    if signature:
        furniture.append(Furniture("signature", signature))
    return Page(title, Span(start, min(opening_end, body_end)), Span(start, body_end),
                Span(body_end, stop), signature, signed, tuple(sorted(furniture, key=lambda f: f.span)),
                tuple(m for m in all_marks if m.span.start < body_end))


def _opening_index(folded: str, found: list[Span]) -> int:
    """The line on which the notice begins: the first that reads as its opening, or the first
    numbered or long one."""
    opening, source = load("sections").regex("opening"), load("sections").regex("source_line")
    title_line = load("sections").regex("title_line")
    for i, line in enumerate(found[:OPENING_LINES]):
        if line.end - line.start >= OPENING_MIN and "。" in folded[line.start:line.end]:
            return i
        if "," in folded[line.start:line.end] and opening.search(folded, line.start, line.end) and not title_line.search(folded[line.start:line.end]) \
                and line.end - line.start >= OPENING_MIN and not source.search(folded, line.start, line.end):
            return i
        if find_marks(folded, line) and folded[line.start] in "一(1" and i:
            return i
    return next((i for i, line in enumerate(found) if line.end - line.start > 2 * OPENING_MIN), len(found))


def _title(folded: str, found: list[Span]) -> tuple[Span | None, list[Span]]:
    """The title nearest to the text, joined where it is broken over up to three lines."""
    whole, tail = load("sections").regex("title_line"), load("sections").regex("title_tail")
    for last in range(len(found) - 1, -1, -1):
        for first in range(last, max(last - 3, -1), -1):
            text = "".join(folded[s.start:s.end].lstrip("#*• ") for s in found[first:last + 1])
            if len(text) > TITLE_MAX or (first < last and not tail.search(text)):
                break
            if whole.search(text) and not _is_field(text) and not _goes_on_above(folded, found, first):
                return Span(_text_start(folded, found[first]), found[last].end), found[:first] + found[last + 1:]
    return None, found


def _goes_on_above(folded: str, found: list[Span], first: int) -> bool:
    """Whether the title begins in the line above: 中共…党组 / 关于…的通报, or …关于…年度 / 审计…的报告."""
    if first == 0:
        return False
    line, above = (folded[s.start:s.end].lstrip("#*• ") for s in (found[first], found[first - 1]))
    if (above.startswith("中共") or "关于" in above) and not line.startswith("中共") and "关于" not in line:
        return not load("sections").regex("title_line").search(above) and not _is_field(above)
    return line.startswith(("关于", "巡", "整改")) and (above.startswith("中共") or above.endswith(("党组", "党委", "党工委", "管委会"))) and \
        len(above) <= SIGNATURE_MAX and bool(load("sections").regex("signature").match(above))


def _text_start(folded: str, line: Span) -> int:
    text = folded[line.start:line.end]
    return line.start + len(text) - len(text.lstrip("#*• "))


def _is_field(text: str) -> bool:
    return ":" in text[:12] or text.endswith((":", ">")) or " > " in text or ">>" in text


def _before(folded: str, line: Span) -> Furniture:
    source = load("sections").regex("source_line").search(folded, line.start, line.end)
    return Furniture("source_line" if source else "breadcrumb", line)


def _signature(folded: str, found: list[Span]) -> tuple[Span | None, Span | None, int]:
    """The last line that signs, the date under it, and where the notice ends."""
    patterns = load("sections")
    for i in range(len(found) - 1, max(len(found) - 60, 0), -1):
        line = found[i]
        if patterns.regex("date_line").match(folded[line.start:line.end]) and _signs(folded, found[i - 1]):
            return found[i - 1], line, found[i - 1].start
    for i in range(len(found) - 1, max(len(found) - 12, 0), -1):
        text = folded[found[i].start:found[i].end]
        if patterns.regex("date_line").match(text):
            return None, found[i], found[i].start
    stop = next((line.start for line in found[1:] if _is_footer(folded, line)), None) or _host(folded, found[1:])
    end = found[-1].end if found else len(folded)
    return None, None, end if stop is None else stop


def _signs(folded: str, line: Span) -> bool:
    text = folded[line.start:line.end]
    return len(text) <= SIGNATURE_MAX and bool(load("sections").regex("signature").match(text))


def _host(folded: str, found: list[Span]) -> int | None:
    """Where the lines begin that say who keeps the site: below all that is numbered or labelled."""
    host, outline = load("sections").regex("site_host"), load("outline")
    at = None
    for line in reversed(found):
        if host.match(folded[line.start:line.end]):
            at = line.start
        elif outline.regex("mark").match(folded, line.start, line.end) or outline.regex("label").match(folded, line.start, line.end):
            break
    return at


def _is_footer(folded: str, line: Span) -> bool:
    return bool(load("sections").regex("footer").match(folded[line.start:line.end]))


def _tail(folded: str, found: list[Span], last_mark: int) -> tuple[int, list[Furniture]]:
    """Where the numbered body ends, and the contact block after it."""
    patterns = load("sections")
    end = found[-1].end if found else 0
    furniture: list[Furniture] = []
    for line in reversed(found[1:]):
        if line.start <= last_mark:
            break
        if patterns.regex("contact").match(folded[line.start:line.end]):
            furniture.append(Furniture("contact", line))
            end = line.start
        elif _is_footer(folded, line):
            furniture.append(Furniture("footer", line))
            end = line.start
        elif patterns.regex("closing").match(folded[line.start:line.end]):
            end = line.start
    return end, furniture
