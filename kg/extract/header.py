"""The facts of a notice's head: title, publisher, inspectors, dates, page fields."""
from __future__ import annotations

import re
from collections import Counter

from kg.extract.context import Context
from kg.extract.dates import DATE, read_date
from kg.extract.organizations import holds_boundary
from kg.extract.page import Page
from kg.extract.publisher import read_publisher
from kg.lexicon import HANZI, load
from kg.model import Header, Span

KINDS = (("巡视", "xunshi"), ("巡察", "xuncha"), ("审计", "audit"), ("督察", "environment"), ("环保", "environment"), ("环境", "environment"))
NUMERIC_DATE = re.compile(r"(\d{4}) ?(?:年|[-/.])? ?(\d{1,2}) ?(?:月|[-/.])? ?(\d{1,2})?")
PLAN = re.compile("《(?P<title>[^《》\n]{4,60}整改[^《》\n]{0,20})》")
DIVISION = re.compile("[省市县]")  # 青浦市明湖: two places
PLACE_MAX = 4  # characters of a place without its rank
SENTENCE_MAX = 400  # characters before 反馈 in which its date stands
HAN_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def find_header(context: Context, page: Page) -> Header:
    """Return what the page and the opening of the notice say of the notice and the inspection."""
    spans: dict[str, Span] = {}
    title = _title(context, page, spans)
    opening = Span(page.opening.start, page.opening.end)
    subject = (title or "").partition("关于")  # without the publisher, which may be an 审计局 or 生态环境局
    kind = _kind((subject[2] or subject[0]) + context.folded[opening.start:opening.end][:300])
    published = _published(context, page, spans)
    signed = _signed(context, page, spans)
    start, end = _period(context, opening, spans, _year(published or signed))
    feedback = _feedback(context, opening, spans, start or end)
    publisher = _publisher(context, page, title, spans)
    as_of = _as_of(context, page, spans, _year(signed or published or feedback))
    return Header(
        title=title, publisher=publisher, source_site=_site(context, page, spans), published=published,
        signed=signed, kind=kind, inspector=_inspector(context, opening, spans), inspection_start=start,
        inspection_end=end, feedback_date=feedback, status_as_of=as_of, region=region_of(publisher),
        spans=tuple(sorted(spans.items())))


def region_of(publisher: str | None) -> str | None:
    """Return the places that a body's full name begins with.

    >>> region_of("中共青岚市中级人民法院党组")
    '青岚市'
    """
    read = read_publisher(publisher)
    return read.place or None if read else None


def _title(context: Context, page: Page, spans: dict[str, Span]) -> str | None:
    if page.title is None:
        return None
    spans["title"] = page.title
    return "".join(line.strip(" \t\r\u3000") for line in context.text[page.title.start:page.title.end].split("\n"))


def _kind(text: str) -> str:
    found = [(text.find(word), kind) for word, kind in KINDS if word in text]
    return min(found)[1] if found else "other"


def _publisher(context: Context, page: Page, title: str | None, spans: dict[str, Span]) -> str | None:
    """The body that reports: before 关于 in the title, else who signs or speaks, else who was inspected, else whose plan it is."""
    match = load("header").regex("publisher_in_title").match(fold_line(title or ""))
    if title and match and match["publisher"] and page.title:
        start = context.text.find(title[:4], page.title.start)
        publisher = title[:match.end("publisher")]
        if "\n" not in context.text[start:start + len(publisher)]:
            spans["publisher"] = Span(start, start + len(publisher))
        return with_place(publisher, context.folded)
    if page.signature:
        spans["publisher"] = page.signature
        return with_place(context.text[page.signature.start:page.signature.end], context.folded)
    speaker = load("header").scanner("speaker").search(context.folded, page.title.end if page.title else 0, page.opening.start)
    if speaker:
        spans["publisher"] = Span(*speaker.span("publisher"))
        return with_place(speaker["publisher"], context.folded)
    found = load("header").scanner("inspected").search(context.folded, page.opening.start, page.opening.end)
    if not found or found["body"].startswith(("我", "本")):
        return _of_plan(context, spans)
    spans["publisher"] = Span(found.start("body"), found.end("body"))
    return with_place(found["body"] + found["tail"], context.folded)


def _of_plan(context: Context, spans: dict[str, Span]) -> str | None:
    """The Party organ that the title of the plan begins with: 《中共青岚市水利局党组关于巡察反馈意见的整改方案》."""
    for plan in PLAN.finditer(context.folded):
        match = load("header").regex("publisher_in_title").match(plan["title"])
        read = read_publisher(match["publisher"]) if match else None
        if match and read and read.places and read.organ:
            spans["publisher"] = Span(plan.start("title"), plan.start("title") + match.end("publisher"))
            return match["publisher"]
    return None


def with_place(publisher: str, text: str) -> str:
    """Put the place that the text names into a publisher that tells its rank alone.

    >>> with_place("县水利局党组", "来源:青浦县水利局。")
    '青浦县水利局党组'
    >>> with_place("市民政局党组", "来源:青浦市民政局。")
    '青浦市民政局党组'
    >>> with_place("区法院党组", "修订《青浦市明湖区人民法院案款管理办法》。")
    '明湖区人民法院党组'
    >>> with_place("市审计局", "《关于青岚市2020年度市本级预算执行的审计工作报告》")
    '青岚市审计局'
    """
    read = read_publisher(publisher)
    if read is None or read.places or not (rank := load("places").regex("rank_alone").match(read.body)):
        return publisher
    after = read.body[rank.end():]
    found = Counter((m[1][-n:], m[2]) for m in re.finditer(
        rf"({HANZI}{{1,{PLACE_MAX}}}){rank[0]}((?:(?:中级|高级)?人民)?){re.escape(after)}", text)
                    for n in range(2, len(m[1]) + 1) if not holds_boundary(m[1][-n:]) and not DIVISION.search(m[1][-n:]))
    most = max(found.values(), default=0)
    place, official = max((name for name, count in found.items() if count == most), key=lambda name: len(name[0]), default=("", ""))
    if place:
        return publisher.replace(read.body, place + rank[0] + official + after, 1)
    own = (m["place"] for m in load("header").scanner("own_place").finditer(text, 0, len(text)))
    return publisher.replace(read.body, next((name for name in own if name.endswith(rank[0])), rank[0]) + after, 1)


def fold_line(text: str) -> str:
    """A title in one width, for matching."""
    return Context(text).folded


def _inspector(context: Context, opening: Span, spans: dict[str, Span]) -> str | None:
    for match in load("header").scanner("inspector").finditer(context.folded, opening.start, opening.end):
        name = next(g for g in match.groups() if g)
        start = match.end() - len(name)
        spans["inspector"] = Span(start, match.end())
        return context.text[start:match.end()]
    return None


def _period(context: Context, opening: Span, spans: dict[str, Span], now: int | None) -> tuple[str | None, str | None]:
    match = load("header").scanner("period").search(context.folded, opening.start, opening.end)
    date = DATE.match(context.folded, match.start(), opening.end) if match else None
    if not match or not date:
        return None, None
    (start, end), _ = read_date(date, None, now)[0] or (None, None), None
    spans["inspection_start"] = spans["inspection_end"] = Span(date.start(), date.end())
    return start, end


def _feedback(context: Context, opening: Span, spans: dict[str, Span], inspected: str | None) -> str | None:
    """The date nearest before 反馈, or what says as much; without a year, that of the inspection or the next one."""
    text = context.folded
    for word in load("header").scanner("feedback").finditer(text, opening.start, opening.end):
        at = word.start()
        lowest = max(opening.start, at - SENTENCE_MAX)
        begin = max(text.rfind("。", lowest, at) + 1, lowest)
        dates = [m for m in DATE.finditer(text, begin, at) if not _is_period(m)]
        if dates:
            return _single(context, dates[-1], spans, inspected)
    return None


def _is_period(match: re.Match[str]) -> bool:
    return any(match[g] for g in ("month2", "day2", "ten2", "bare_month2", "bare_day2", "bare_ten2", "from"))


def _single(context: Context, match: re.Match[str], spans: dict[str, Span], after: str | None) -> str | None:
    year = _year(after)
    date, _ = read_date(match, year, year)
    if date is None:
        return None
    start = date[0]
    if after and start < after[:10] and match["bare_month"]:
        start = f"{int(start[:4]) + 1}{start[4:]}"
    spans["feedback_date"] = Span(match.start(), match.end())
    has_day = any(match[g] for g in ("day", "bare_day", "ten", "bare_ten"))
    return start if has_day else start[:7]


def _as_of(context: Context, page: Page, spans: dict[str, Span], year: int | None) -> str | None:
    for match in load("header").scanner("as_of").finditer(context.folded, page.opening.start, page.closing.end):
        date_match = DATE.match(context.folded, match.start("date"), match.end("date"))
        date = read_date(date_match, year, year)[0] if date_match else None
        if date and date_match:
            spans["status_as_of"] = Span(match.start(), match.end())
            return date[1] if date[1] and not (date_match["day"] or date_match["bare_day"]) else date[0]
    return None


def _published(context: Context, page: Page, spans: dict[str, Span]) -> str | None:
    """The date that the page gives for itself; the one it was drawn up only where there is no other."""
    for name in ("published", "dated", "issued", "bare"):
        if match := load("header").scanner(name).search(context.folded, 0, page.opening.start):
            spans["published"] = Span(match.start("date"), match.end("date"))
            return numeric_date(match["date"])
    return None


def _signed(context: Context, page: Page, spans: dict[str, Span]) -> str | None:
    if not page.signed:
        return None
    spans["signed"] = page.signed
    return numeric_date(context.folded[page.signed.start:page.signed.end])


def numeric_date(text: str) -> str | None:
    """Return a printed date as ISO 8601; lost 年/月 signs are put up with.

    >>> numeric_date("2023年7月17日"), numeric_date("2023-07-18"), numeric_date("二〇二一年八月四日")
    ('2023-07-17', '2023-07-18', '2021-08-04')
    """
    if not text[:4].isdigit() or not text[:4].isascii():
        text = _han_date(text)
    match = NUMERIC_DATE.search(text)
    if not match:
        return None
    year, month, day = match.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}" if day else f"{year}-{int(month):02d}"


def _han_date(text: str) -> str:
    from kg.outline import number_value

    year, _, rest = text.partition("年")
    month, _, day = rest.partition("月")
    if not rest:
        return text
    return f"{year.strip().translate(HAN_YEAR)}-{number_value(month.strip())}-{number_value(day.strip().rstrip('日'))}"


def _site(context: Context, page: Page, spans: dict[str, Span]) -> str | None:
    match = load("header").scanner("site").search(context.folded, 0, page.opening.start)
    if not match:
        return None
    spans["source_site"] = Span(match.start("site"), match.end("site"))
    return match["site"]


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date else None
