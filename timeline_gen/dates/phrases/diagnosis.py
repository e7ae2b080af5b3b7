"""Why a text is not a date, by kinds of text that stay unread, and what to write instead.

Runs only on a text that no rule of the grammar reads. Each finding looks for a kind of text; the first that
fits is the problem. If none does, the first unknown word is named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from timeline_gen.dates.calendars import DateError, PartialDate, PartialSpan
from timeline_gen.dates.days import iso_day, weekday
from timeline_gen.dates.phrases.calendar_rules import two_figures
from timeline_gen.dates.phrases.packrat import Parse
from timeline_gen.dates.phrases.phrase_rules import parse_phrase
from timeline_gen.dates.phrases.reading_context import ReadingContext
from timeline_gen.dates.phrases.single_rules import single
from timeline_gen.dates.phrases.span_rules import between, one_sided, ranged
from timeline_gen.dates.words import fold
from timeline_gen.messages import say
from timeline_gen.text.suggestions import nearest

HINT: Final = say(
    "write 2017, 2019-10, 2022-11-21, 2022-11-21/2022-12-18, or words such as “October "
    "2019”, “since 2014”, «أكتوبر 2019»; docs/dates.md lists all forms"
)
_YEARS: Final = range(1000, 2200)
_LINKS: Final = ("comma", "and", "slash", "dash", "of", "in", "open", "equals")
_SHORTEST_SLIP: Final = 4
"""Letters of a word that may be a slip of another: "mai" is as near to "may" as to "mar"."""
_Finding = Callable[[str, Parse, ReadingContext], DateError | None]


def diagnose(text: str, parse: Parse, context: ReadingContext) -> DateError:
    """Return the problem of *text*, which *parse* could not read."""
    if not text.strip():
        return DateError(say("the date is empty"), HINT)
    found = (finding(text, parse, context) for finding in _FINDINGS)
    return next((error for error in found if error is not None), None) or _unread(text, parse)


def _first(parse: Parse, role: str) -> int | None:
    """Return the position of the first token that may be a *role*."""
    if role not in parse.roles:
        return None
    return next(index for index, token in enumerate(parse.tokens) if role in token.tags)


def _year_of(parse: Parse) -> int | None:
    """Return the first number of four figures that can be a year."""
    for pos, token in enumerate(parse.tokens):
        value = parse.number(pos, "digits")
        if value is not None and len(token.text) == 4 and value in _YEARS:
            return value
    return None


# ---------------------------------------------------------------- kinds


def _own_year(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "FY2020", "the 2019/20 season", «السنة الدراسية 2019-2020»."""
    pos = _first(parse, "own_year")
    if pos is None or not any("digits" in token.tags for token in parse.tokens):
        return None
    year = _year_of(parse) or 2019
    return DateError(
        say("such a year does not begin in January, and each country and branch has its own"),
        say(
            "write its first and its last day or month: {year}-09/{year_2}-06, from September "
            "{year} to June {year_2}",
            year=year,
            year_2=year + 1,
        ),
        parse.place(pos),
        code="TG218",
    )


def _other_calendar(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find a calendar that is not converted: "1327 Rumi"."""
    pos = _first(parse, "other_calendar")
    if pos is None:
        return None
    return DateError(
        say("dates of the calendar that “{text}” names are not converted", text=parse.tokens[pos].text),
        say("write the Gregorian date, 1911-10-14; date_text: can keep the words"),
        parse.place(pos),
        code="TG219",
    )


def _deep(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "66 million years ago", "66 Ma", "12,000 years ago"."""
    pos = _first(parse, "deep")
    if pos is None:
        pos = next((at for at, _ in enumerate(parse.tokens) if _years_ago(parse, at)), None)
        if pos is None:
            return None
    digits = "".join(
        token.text for token in parse.tokens[:pos] if "digits" in token.tags or token.text == "."
    )
    scale = parse.number(pos, "deep") or 1
    try:
        count = round(float(digits) * scale)
    except ValueError:
        return None
    year = f"Y-{count}" if count > 9999 else f"-{count:04}"
    return DateError(
        say("years that are counted back from today have no year of their own"),
        say("write the year, with ~ for about: {year}~, or “{count:,} BC”", year=year, count=count + 1),
        parse.place(pos),
        code="TG222",
    )


def _years_ago(parse: Parse, pos: int) -> bool:
    value = parse.number(pos - 1, "digits")
    return (
        value is not None and value >= 1000 and parse.tag(pos, "unit") == "year" and parse.has(pos + 1, "ago")
    )


def _short_year(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find the 73 of «أكتوبر 73», "summer of 69", «عام 48»."""
    for pos, token in enumerate(parse.tokens):
        if (
            "digits" not in token.tags
            or len(token.text) != 2
            or parse.has(pos + 1, "colon", "hours", "bce", "ce", "month")
        ):
            continue
        before = pos - 1
        while parse.has(before, "of", "in", "dash", "comma", "slash"):
            before -= 1
        if parse.has(before, "month", "year") or parse.tag(before, "season") is not None:
            return two_figures(parse, pos)
    return None


def _open_from(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "from January": a beginning without an end."""
    if not parse.has(0, "from"):
        return None
    found = single(parse, 1)
    if found is None or found[1] != len(parse.tokens):
        return None
    return DateError(
        say("a span from a date needs its end"),
        say(
            "write both with their years, “from January to June 2021”, or “since January 2021” "
            "for what still goes on"
        ),
        parse.place(0),
        code="TG214",
    )


def _open_dash(text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "2011–": an end that is open or unknown."""
    last = len(parse.tokens) - 1
    found = single(parse, 0) if last > 0 and parse.has(last, "dash") else None
    if found is None or found[1] != last:
        return None
    year = _year_of(parse) or 2011
    return DateError(
        say("the end is missing after “{text}”", text=text[: parse.place(last)].strip()),
        say(
            "write “since {year}” or {year}/.. for what still goes on, {year}/ where the end is not known",
            year=year,
        ),
        parse.place(last),
        code="TG214",
    )


def _weekday(_text: str, parse: Parse, context: ReadingContext) -> DateError | None:
    """Find "Wednesday", "on Friday", "Monday to Friday": days of an unnamed week."""
    pos = _first(parse, "weekday")
    if pos is None or any("digits" in token.tags for token in parse.tokens):
        return None
    hint = say("write the day: 2021-12-08")
    value = parse.number(pos, "weekday")
    if context.on is not None and value is not None:
        back = context.on - (weekday(context.on) - value) % 7
        hint = say("write the day: {back} or {back_2}", back=iso_day(back), back_2=iso_day(back + 7))
    return DateError(say("nothing says which week the weekday is of"), hint, parse.place(pos), code="TG214")


def _week(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "the week of 6 March 2018", "the first week of March 2018", «عطلة نهاية الأسبوع»."""
    pos = next((at for role in ("week_of", "weekend") if (at := _first(parse, role)) is not None), None)
    if pos is None:
        pos = next((at for at, _ in enumerate(parse.tokens) if parse.tag(at, "unit") == "week"), None)
    if pos is None:
        return None
    return DateError(
        say("weeks and weekends begin on different days in different countries"),
        say("write the first and the last day: 2018-03-05/2018-03-11, or “the week beginning 5 March 2018”"),
        parse.place(pos),
        code="TG214",
    )


def _slashed_days(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "5/6 June 1967" and "30 May/1 June 1967": a span, one of two days, or a night between them."""
    pos = _first(parse, "slash")
    if pos is None or "month" not in parse.roles or parse.number(pos + 1, "digits") is None:
        return None
    if not parse.has(pos - 1, "digits", "month") or not parse.has(pos + 2, "month"):
        return None
    return DateError(
        say("a slash between two days may be a span, a doubt, or one night"),
        say("write “5–6 June 1967”, “5 or 6 June 1967”, or “the night of 5–6 June 1967”"),
        parse.place(pos),
        code="TG214",
    )


def _last_night(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "last night", which begins on one day of the calendar and ends on the next."""
    pos = _first(parse, "day_part")
    if pos is None or not parse.has(pos - 1, "last", "next"):
        return None
    return DateError(
        say("such a night belongs to two days"),
        say("write “yesterday evening”, “the early hours of” a day, or the day itself: 2021-12-05"),
        parse.place(pos - 1),
        code="TG214",
    )


def _two_dates(text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find two whole dates side by side: "5 June 2017, 8 June 2017"."""
    for pos in range(1, len(parse.tokens)):
        at = parse.skip(pos, *_LINKS)
        if at >= len(parse.tokens) or not _reads(parse, 0, pos) or not _reads(parse, at, len(parse.tokens)):
            continue
        first, second = text[: parse.place(pos)].strip(), text[parse.place(at) :].strip()
        return DateError(
            say("“{first}” and “{second}” are two dates", first=first, second=second),
            say(
                "write an event for each; or a span with “from … to …”, several days with “and”, a "
                "doubt with “or”"
            ),
            parse.place(at),
            code="TG220",
        )
    return None


def _reads(parse: Parse, pos: int, end: int) -> bool:
    """Return whether what begins at *pos* and ends at *end* is a date that names its year."""
    for candidate in (single, ranged, between, one_sided):
        found = candidate(parse, pos)
        if found is None or found[1] != end:
            continue
        phrase = found[0]
        dates = (phrase.start, phrase.end) if isinstance(phrase, PartialSpan) else (phrase,)
        if any(isinstance(date, PartialDate) and date.year[:1] > "0" for date in dates):
            return True
    return False


_FINDINGS: Final[tuple[_Finding, ...]] = (
    _own_year,
    _other_calendar,
    _deep,
    _short_year,
    _open_from,
    _open_dash,
    _weekday,
    _week,
    _slashed_days,
    _last_night,
    _two_dates,
)


# ---------------------------------------------------------------- the unknown word


def _unread(text: str, parse: Parse) -> DateError:
    """Return the problem that names the first word that the language does not have."""
    unknown = next(
        (pos for pos, token in enumerate(parse.tokens) if _is_word(token.text) and not token.tags), None
    )
    if unknown is None:
        return DateError(
            say(
                "the date “{text}” cannot be read: its words are known, but make no date together", text=text
            ),
            HINT,
            parse.place(min(parse.farthest, max(len(parse.tokens) - 1, 0))),
        )
    token = parse.tokens[unknown]
    word = _as_typed(text, token.start)
    meant = _meant(text, word, unknown, parse)
    hint = say("did you mean “{meant}”?", meant=meant) if meant else HINT
    return DateError(
        say("the date “{text}” cannot be read: “{word}” is not understood", text=text, word=word),
        hint,
        token.start,
    )


def _meant(text: str, word: str, unknown: int, parse: Parse) -> str:
    """Return *text* with *word* put right, if it is a slip of a word that makes a date there; else empty."""
    token, vocabulary = parse.tokens[unknown], parse.lexicon.vocabulary
    if len(token.text) < _SHORTEST_SLIP:
        return ""
    candidates = [known for known in vocabulary.entries if _may_be_slip(token.text, known)]
    near = nearest(token.text, candidates)
    if not near:
        return ""
    names = (*parse.lexicon.weekdays, *(name for family in parse.lexicon.months.values() for name in family))
    written = next((name for name in names if fold(name, vocabulary.letters) == near), near)
    corrected = f"{text[: token.start]}{written}{text[token.start + len(word) :]}"
    return corrected if parse_phrase(corrected, parse.lexicon)[0] is not None else ""


def _may_be_slip(typed: str, known: str) -> bool:
    """Return whether *known* is close enough to *typed* to be compared letter by letter."""
    return abs(len(known) - len(typed)) <= 2 and (known[0] == typed[0] or known[-2:] == typed[-2:])


def _is_word(text: str) -> bool:
    return text[:1].isalpha()


def _as_typed(text: str, start: int) -> str:
    """Return the word that begins at *start* in *text*."""
    end = start
    while end < len(text) and not text[end].isspace() and text[end] not in ",;:،؛()[]–—":
        end += 1
    return text[start:end]
