"""What lies at hand while one file's values are read, and the small readings that many of them need."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.dates.phrases import DateError, read, read_with_warnings
from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.dates import When
from timeline_gen.model.events import Citation, Stamp
from timeline_gen.model.settings import Settings
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import node_at, plain, position_at
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap, YamlText
from timeline_gen.reading.prose.body import RichLine, parse_line
from timeline_gen.reading.prose.line_faults import may_link, note_marks
from timeline_gen.reading.stamps import midnight, read_stamp
from timeline_gen.schema.articles import ArticleSchema, CitationSchema, EventFacts
from timeline_gen.schema.faults import KeyPath
from timeline_gen.text.slugs import slug_fault, slugify
from timeline_gen.text.suggestions import nearest

_QUOTES: Final = " \"'“”„«»‘’"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_IN_FIGURES: Final = re.compile(r"\d{4}-\d\d(-\d\d)?")
_LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)
"""A language (RFC 5646, section 2.1); those of five to eight letters have never been registered."""
_LAST: Final = "\U0010ffff"
"""What comes after every key."""


_NOT_PUBLISHED: Final = say(
    "write the date out, such as 2019-10, or add the day this was written: published: 2021-12-06"
)


@dataclass(frozen=True, slots=True)
class ParseContext:
    """A file being read: its problems so far, its tree of YAML, and the settings of the site."""

    diagnostics: Diagnostics
    settings: Settings
    lang: str
    assets: Mapping[PurePosixPath, Asset]
    tree: YamlMap
    address: str = ""
    """That of the page of the text in it, to which links are relative."""
    is_event: bool = False
    """Whether it is an event's own file."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the site's languages."""
        return tuple(language.code for language in self.settings.languages)

    def stamp(self, text: str | None, *path: str | int) -> Stamp | None:
        """Read *text*, the value at *path*, as a day of publication."""
        if text is None:
            return None
        try:
            return read_stamp(text, self.settings.timezone)
        except ValueError as error:
            key = path[-1]
            message = say("{key!r} cannot be {text!r}: {error}", key=key, text=text, error=error)
            hint = say("write {key}: 2021-12-06, or with a time {key}: 2021-12-06T09:30+03:00", key=key)
            # "6 December 2021" is a date of an event; a stamp is read by machines, too, and is in figures
            # only.
            if day := self._day_in_words(text):
                message = say(
                    "{key!r} cannot be {text!r}: a day of publication is written in figures",
                    key=key,
                    text=text,
                )
                hint = say("write {key}: {day}", key=key, day=day)
            self.diagnostics.add("TG308", message, position_at(self.tree, path), hint)
            return None

    def _day_in_words(self, text: str) -> str:
        """Return the one day that *text* is as a date of an event, quotation marks aside; else nothing."""
        try:
            found = read(text.strip(_QUOTES), lang=self.lang, languages=self.codes).edtf
        except DateError:
            return ""
        return found if _DAY.fullmatch(found) else ""

    def embargo(self, text: str | None, *path: str | int) -> Stamp | None:
        """Read *text*, the value at *path*, as the moment until which something is held back."""
        stamp = self.stamp(text, *path)
        if stamp is None or "T" in stamp.text:
            return stamp
        if self.settings.timezone:
            return midnight(stamp, self.settings.timezone)
        message = say(
            "an embargo ends at a moment, and {text!r} is a day, which begins at another moment in each zone",
            text=text,
        )
        hint = say(
            "write embargo: {text}T06:00+03:00, or give site.yaml a zone: timezone: Asia/Qatar",
            text=stamp.text,
        )
        self.diagnostics.add("TG308", message, position_at(self.tree, path), hint)
        return None

    def when(
        self, text: str | None, path: KeyPath, *, on: int | None = None, calendar: str = ""
    ) -> When | None:
        """Read the date *text* at *path*, in an article published on the day *on*."""
        if text is None or node_at(self.tree, path) is None:
            return None  # where nothing is written, the text is the placeholder of a missing value
        try:
            found = read_with_warnings(
                text,
                lang=self.lang,
                languages=self.codes,
                on=on,
                day_order=self.settings.day_order,
                seasons=self.settings.seasons,
                calendar=calendar,
                words={own.code: own.words for own in self.settings.languages},
            )
        except DateError as error:
            self._note(error, path)
            return None
        for warning in found.warnings:
            self._note(warning, path, level=Level.WARNING)
        for note in found.notes:
            self._note(note, path, level=Level.INFO)
        return found.when

    def _note(self, error: DateError, path: KeyPath, *, level: Level = Level.ERROR) -> None:
        position = position_at(self.tree, path, error.offset)
        hint = _NOT_PUBLISHED if error.code == "TG208" and self.is_event else error.hint
        self.diagnostics.add(error.code, error.message, position, hint, level=level)

    def broken_entries(self) -> frozenset[str]:
        """Return the keys at the top of the file in whose entries there is an error."""
        # A problem belongs to the last key that begins before it, however deep inside that it is.
        starts = sorted((position, key) for key, position in self.tree.keys.items())
        places = [problem.place for problem in self.diagnostics.problems if problem.level is Level.ERROR]
        before = (bisect_right(starts, ((place.line, place.column), _LAST)) - 1 for place in places)
        return frozenset(starts[number][1] for number in before if number >= 0)

    def line(self, text: str, path: KeyPath, *, lang: str | None = None) -> RichLine:
        """Read *text*, which is at *path*, as Markdown of one line in *lang*, else in the file's language."""
        node, written = node_at(self.tree, path), self.lang if lang is None else lang
        return parse_line(
            text,
            self.diagnostics,
            position_at(self.tree, path),
            engine=self.settings.markdown,
            address=self.address,
            direction=self.settings.direction_of(written),
            typography=written if self.settings.typography else "",
            at=node.position if isinstance(node, YamlText) and node.inner >= 0 else None,
            assets=self.assets,
        )

    def plain(self, path: KeyPath, texts: Mapping[str, object] | Mapping[int, str]) -> None:
        """Note the links in *texts*, by their keys at *path*, that are shown as they are typed."""
        found = ((key, text) for key, text in texts.items() if isinstance(text, str) and may_link(text))
        note_marks(((text, position_at(self.tree, (*path, key))) for key, text in found), self.diagnostics)

    def slug(self, text: str, path: KeyPath) -> str:
        """Return *text*, an id or a slug at *path*, after noting what keeps it out of an address."""
        if fault := slug_fault(text):
            hint = say("write {text}", text=slugify(text) or "some-words")
            self.diagnostics.add(
                "TG307", say("{text!r} {fault}", text=text, fault=fault), position_at(self.tree, path), hint
            )
        return text

    def slugs(self, texts: tuple[str, ...], path: KeyPath) -> tuple[str, ...]:
        """Return *texts*, ids or slugs in the list at *path*, as :meth:`slug` does."""
        return tuple(self.slug(text, (*path, number)) for number, text in enumerate(texts))

    def names(self, matter: ArticleSchema | EventFacts, path: KeyPath = ()) -> dict[str, tuple[str, ...]]:
        """Return the people, places, tags … of *matter*, at *path*; a name that occurs twice counts once."""
        named = [(taxonomy.key, getattr(matter, taxonomy.key, ())) for taxonomy in self.settings.taxonomies]
        for key, names in named:
            self.plain((*path, key), dict(enumerate(names)))
        return {key: tuple(dict.fromkeys(names)) for key, names in named if names}

    def citation(self, matter: CitationSchema, path: KeyPath) -> Citation:
        """Return the citation that *matter*, at *path*, gives; an empty one is a problem."""
        values = {key: value for key, value in matter if value}
        node = node_at(self.tree, path)
        typed = plain(node) if node else {}
        # What is there and is not among the values is wrong, and has been reported.
        if not values and not (isinstance(typed, dict) and any(typed.values())):
            message = say("the source says nothing: no name, no title, no address")
            self.diagnostics.add(
                "TG305", message, position_at(self.tree, path), say("write source: {name: Name of the paper}")
            )
        self.plain(path, values)
        self._check_citation(values, path)
        return Citation(**values)

    def _check_citation(self, values: Mapping[str, str], path: KeyPath) -> None:
        """Note a day of a source that is in no calendar, and a language that has no such code."""
        for key in ("date", "accessed"):
            # Other words are shown as they are typed: "Spring issue".
            if _IN_FIGURES.fullmatch(text := values.get(key, "")):
                try:
                    read_with_warnings(text, lang=self.lang, languages=self.codes)
                except DateError as error:
                    self._note(error, (*path, key), level=Level.WARNING)
        code = values.get("language", "")
        # Not every language of a source is one that the CLDR knows: "grc" is Ancient Greek.
        if code and not _LANGUAGE_TAG.fullmatch(code):
            self.diagnostics.add(
                "TG309",
                say("{code!r} is not the code of a language", code=code),
                position_at(self.tree, (*path, "language")),
                say("write a code such as en, ar or en-GB"),
                level=Level.WARNING,
            )

    def texts(self, value: str | Mapping[str, str] | None, path: KeyPath) -> dict[str, str]:
        """Return *value* at *path* by language; a single text is in the language of the file."""
        if value is None:
            return {}
        if isinstance(value, str):
            self.plain(path[:-1], {str(path[-1]): value})
            return {self.lang: value}
        self.plain(path, value)
        return {self.known_language(code, (*path, code)): text for code, text in value.items()}

    def known_language(self, code: str, path: KeyPath = ("translation_of", "lang")) -> str:
        """Return *code*, at *path*, after noting a problem if it is not one of the site's languages."""
        if code not in self.codes:
            near = nearest(code, self.codes)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("the site's languages are {codes}", codes=", ".join(self.codes))
            )
            message = say("{code!r} is not one of the site's languages", code=code)
            self.diagnostics.add("TG309", message, position_at(self.tree, path), hint)
        return code
