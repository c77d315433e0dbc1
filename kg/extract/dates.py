"""Days and periods: 2021年1至7月, 3月23至26日, 今年6月, 2017年以来, 上旬."""
from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from kg.extract.context import Context
from kg.lexicon.first import Scanner
from kg.model import Date, Span

TO = r" ?(?:起?至|到|-|—|–|~|～|―|——|--) ?"
SINCE = r"(?:[^,。;\d\n]{0,6}?以来|起(?![草诉步]))"
# 2024717日, 914日: behind the digits of a month whose 月 was lost. 111日 could be two days, 120日 a time: none without a year.
LOST = "|".join(rf"(?<={month})(?=(?:{day})日(?!内|以内|历))"
                for month, day in (("[2-9]", r"[12]\d|3[01]"), ("1[0-2]", r"[12]\d|3[01]"), ("10", "[1-9]")))
LOST_IN_YEAR = rf"{LOST}|(?<=1)(?=(?:[123]0|31)日)"
YEAR = r"(?:(?P<year>(?:19|20)\d{2}) ?(?:年度|年)?|(?P<word>今年|去年|本年度?|当年|上年度?|前年|明年|次年))"
DATES = Scanner(
    rf"(?P<from>(?:19|20)\d{{2}}) ?年?{TO}(?P<to>(?:19|20)\d{{2}}) ?年(?P<since0>)"
    rf"|(?:(?P<year>(?:19|20)\d{{2}}) ?(?:年|[-/.](?=\d)|(?<!\d{{5}})(?=\d{{1,2}}月|\d{{3,4}}日))|(?P<word>今年|去年|本年|当年|上年|前年|明年|次年|同年)(?: ?(?=\d{{1,2}} ?(?:月|至)))?) ?"
    rf"(?P<month>\d{{1,2}}) ?(?:月|[-/.](?=\d)|{LOST_IN_YEAR}|(?={TO}\d{{1,2}} ?月))(?P<ten>上旬|中旬|下旬|底|初|末)? ?(?:(?P<day>\d{{1,2}}) ?(?:日|号|(?={TO}\d|$|[^\d年月.])))?"
    rf"(?:{TO}(?:(?P<year2>(?:19|20)\d{{2}}) ?(?:年|[-/.](?=\d)) ?)?(?:(?P<month2>\d{{1,2}}) ?(?:月|{LOST}|[-/.](?=\d{{1,2}}(?![\d.%万亿]))) ?)?(?P<ten2>上旬|中旬|下旬|底|初|末)?(?:(?P<day2>\d{{1,2}}) ?(?:日|(?<=[-/.]\d)|(?<=[-/.]\d\d)))?)?(?P<since1>{SINCE})?"
    rf"|(?<![\d年.])(?P<bare_month>\d{{1,2}}) ?(?:月|{LOST}|(?={TO}\d{{1,2}} ?月))(?P<bare_ten>上旬|中旬|下旬|底|初|末)? ?(?:(?P<bare_day>\d{{1,2}}) ?(?:日|(?={TO}\d)))?"
    rf"(?:{TO}(?:(?P<bare_month2>\d{{1,2}}) ?(?:月|{LOST}) ?)?(?P<bare_ten2>上旬|中旬|下旬|底|初|末)?(?:(?P<bare_day2>\d{{1,2}}) ?日)?)?(?P<since2>{SINCE})?"
    rf"|(?P<only_year>(?:19|20)\d{{2}}) ?年(?P<part>度?(?:上半年|下半年|前[三两]个?季度|第?[一二三四]季度|年初|年末|年底|末|初|底)?)(?P<since3>以来|起)?"
    rf"|(?P<only_word>今年|去年|上年度?|本年度)(?P<word_part>上半年|下半年|前[三两]个?季度|第?[一二三四]季度|初|末|底|以来)?"
    rf"|(?<![年度每])(?P<bare_part>(?<![\d今去明上本次前当同])年[底末](?=前)|上半年|下半年|前[三两]个?季度|(?<=[,。;:、在])第?[一二三四]季度(?![后前内]))")
DATE = DATES.regex
AHEAD = re.compile("计划|拟|预计|力争|争取|将")
TENS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (0, 0), "末": (0, 0)}
PARTS = {"上半年": ("01-01", "06-30"), "下半年": ("07-01", "12-31"), "一季度": ("01-01", "03-31"), "二季度": ("04-01", "06-30"),
         "三季度": ("07-01", "09-30"), "四季度": ("10-01", "12-31"), "前三季度": ("01-01", "09-30"), "前两季度": ("01-01", "06-30")}
POINTS = {"初": "01-01", "末": "12-31", "底": "12-31"}
SHIFT = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "上年度": -1, "本年度": 0, "前年": -2, "明年": 1, "次年": 1}


@dataclass(frozen=True, slots=True)
class Clock:
    """The year that dates without one are in: that of the notice, or of the sentence; and the day until
    which the notice can tell what was done, in ISO 8601."""

    year: int | None
    until: str | None = None


def find_dates(context: Context, span: Span, clock: Clock) -> list[Date]:
    """Return the dates of `span` in text order; those inside titles are left out.

    A date without a year takes the last one named in its sentence, else the notice's. A month is
    a period of its days; 以来 is a period without an end. What was done in a month that the notice
    had still before it was done in that of the year before.
    """
    found = []
    for sentence in context.sentences(span):
        year, is_named = clock.year, False
        for match in DATES.finditer(context.masked, sentence.start, sentence.end):
            date, year = read_date(match, year, clock.year)
            is_named = is_named or not match["bare_month"]
            if date and not is_named and clock.year and clock.until and date[0] > clock.until and not _is_ahead(context.masked, match):
                date = _days(match, clock.year - 1, "bare_")
            if date and not _is_rate(context.masked, match):
                found.append(Date(date[0], date[1], Span(match.start(), match.end())))
    return found


def _is_ahead(masked: str, match: re.Match[str]) -> bool:
    """Whether the words around a date say that it is still to come: 力争11月底前."""
    before, after = masked[max(0, match.start() - 8):match.start()], masked[match.end():match.end() + 2]
    return after.startswith(("前", "之前", "以前")) or bool(AHEAD.search(before))


def read_date(match: re.Match[str], year: int | None, now: int | None) -> tuple[tuple[str, str | None] | None, int | None]:
    """Return ((start, end), year of the sentence) of a match of `DATE`; None where no year is known."""
    if match["from"]:
        return (f"{match['from']}-01-01", f"{match['to']}-12-31"), int(match["to"])
    if match["only_year"] or match["only_word"]:
        return _year_only(match, now)
    if part := match["bare_part"]:
        if part[1:] in POINTS:  # 年底前: of the year in which the notice stands
            year = now or year
            return (f"{year}-{POINTS[part[1:]]}", None) if year else None, year
        return _part(part, year) if year else None, year
    bare = bool(match["bare_month"])
    if not bare and match["word"] == "同年":
        year = year or now
    elif not bare and match["word"]:
        year = now + SHIFT[match["word"]] if now else None
    elif not bare:
        year = int(match["year"])
    if year is None:
        return None, year
    last = match["year2"] if not bare else None
    return _days(match, year, "bare_" if bare else ""), int(last or year)


def _year_only(match: re.Match[str], now: int | None) -> tuple[tuple[str, str | None] | None, int | None]:
    if match["only_word"] and now is None:
        return None, None
    year = int(match["only_year"]) if match["only_year"] else (now or 0) + SHIFT[match["only_word"]]
    part = (match["part"] or match["word_part"] or "").lstrip("度第年")
    if match["since3"] or part == "以来":
        return (f"{year}-01-01", None), year
    if part in POINTS:
        return (f"{year}-{POINTS[part]}", None), year
    return _part(part, year), year


def _part(words: str, year: int) -> tuple[str, str]:
    """First and last day of a half or some quarters of a year, or of the whole."""
    start, end = PARTS.get(words.removeprefix("第").replace("个", ""), ("01-01", "12-31"))
    return f"{year}-{start}", f"{year}-{end}"


def _days(match: re.Match[str], year: int, prefix: str) -> tuple[str, str | None] | None:
    month, day, ten = int(match[prefix + "month"]), match[prefix + "day"], match[prefix + "ten"]
    month2, day2, ten2 = match[prefix + "month2"], match[prefix + "day2"], match[prefix + "ten2"]
    year2 = int(match["year2"]) if not prefix and match["year2"] else year
    if not 1 <= month <= 12 or (month2 and not 1 <= int(month2) <= 12):
        return None
    since = match["since2"] if prefix else match["since1"]
    first = _bounds(year, month, int(day) if day else None, ten)
    if since and not since.startswith("起"):  # 9月起: from that month on, which is told as the month
        return first[0], None
    if not (month2 or day2 or ten2):
        return (first[0], None) if day or ten in ("底", "末") else first
    last = _bounds(year2, int(month2 or month), int(day2) if day2 else None, ten2)
    return first[0], last[1]


def _bounds(year: int, month: int, day: int | None, ten: str | None) -> tuple[str, str]:
    """First and last day of a day, a third of a month, or a month."""
    days = monthrange(year, month)[1]
    low, high = (min(day, days), min(day, days)) if day else TENS.get(ten or "", (1, days))
    low, high = (low or days), min(high or days, days)
    return f"{year}-{month:02d}-{low:02d}", f"{year}-{month:02d}-{high:02d}"


def _is_rate(masked: str, match: re.Match[str]) -> bool:
    """Whether `12月` only looks like a date: 每12月, 3个月."""
    return match.start() > 0 and masked[match.start() - 1] in "每第"
