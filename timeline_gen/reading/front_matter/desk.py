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
from timeline_gen.reading.front_matter.matter import node_at, plain, spot_at
from timeline_gen.reading.front_matter.notes import Diagnostics
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
_LAST: Final = "\U0010ffff"
"""What comes after every key."""


_NOT_PUBLISHED: Final = say(
    "write the date out, such as 2019-10, or add the day this was written: published: 2021-12-06"
)


@dataclass(frozen=True, slots=True)
class ParseContext:
    """A file being read: its problems so far, its tree of YAML, and what the site says."""

    notes: Diagnostics
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

    def stamp(self, text: str | None, *way: str | int) -> Stamp | None:
        """Read *text*, which stands at *way*, as a day of publication."""
        if text is None:
            return None
        try:
            return read_stamp(text, self.settings.timezone)
        except ValueError as error:
            key = way[-1]
            message = say("{key!r} cannot be {text!r}: {error}", key=key, text=text, error=error)
            hint = say("write {key}: 2021-12-06, or with a time {key}: 2021-12-06T09:30+03:00", key=key)
            if day := self._day_in_words(text):
                message = say(
                    "{key!r} cannot be {text!r}: a day of publication is written in figures",
                    key=key,
                    text=text,
                )
                hint = say("write {key}: {day}", key=key, day=day)
            self.notes.add("TG308", message, spot_at(self.tree, way), hint)
            return None

    def _day_in_words(self, text: str) -> str:
        """Return the one day that *text* is as a date of an event, quotation marks aside; else nothing."""
        try:
            found = read(text.strip(_QUOTES), lang=self.lang, languages=self.codes).edtf
        except DateError:
            return ""
        return found if _DAY.fullmatch(found) else ""

    def embargo(self, text: str | None, *way: str | int) -> Stamp | None:
        """Read *text*, which stands at *way*, as the moment until which something is held back."""
        stamp = self.stamp(text, *way)
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
        self.notes.add("TG308", message, spot_at(self.tree, way), hint)
        return None

    def when(
        self, text: str | None, way: KeyPath, *, on: int | None = None, calendar: str = ""
    ) -> When | None:
        """Read the date *text* at *way*, in an article published on the day *on*."""
        if text is None or node_at(self.tree, way) is None:
            return None  # where nothing is written, the text is a stand-in for what is missing
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
            self._note(error, way)
            return None
        for warning in found.warnings:
            self._note(warning, way, level=Level.WARNING)
        return found.when

    def _note(self, error: DateError, way: KeyPath, *, level: Level = Level.ERROR) -> None:
        spot = spot_at(self.tree, way, error.offset)
        hint = _NOT_PUBLISHED if error.code == "TG208" and self.is_event else error.hint
        self.notes.add(error.code, error.message, spot, hint, level=level)

    def broken_entries(self) -> frozenset[str]:
        """Return the keys at the top of the file in whose entries there is an error."""
        starts = sorted((spot, key) for key, spot in self.tree.keys.items())
        places = [one.place for one in self.notes.problems if one.level is Level.ERROR]
        before = (bisect_right(starts, ((place.line, place.column), _LAST)) - 1 for place in places)
        return frozenset(starts[number][1] for number in before if number >= 0)

    def line(self, text: str, way: KeyPath, *, lang: str | None = None) -> RichLine:
        """Read *text*, which is at *way*, as Markdown of one line in *lang*, else in the file's language."""
        node, written = node_at(self.tree, way), self.lang if lang is None else lang
        return parse_line(
            text,
            self.notes,
            spot_at(self.tree, way),
            engine=self.settings.markdown,
            address=self.address,
            direction=self.settings.direction_of(written),
            typography=written if self.settings.typography else "",
            at=node.spot if isinstance(node, YamlText) and node.inner >= 0 else None,
            assets=self.assets,
        )

    def plain(self, way: KeyPath, texts: Mapping[str, object] | Mapping[int, str]) -> None:
        """Note the links in *texts*, by their keys at *way*, that are shown as they are typed."""
        found = ((key, text) for key, text in texts.items() if isinstance(text, str) and may_link(text))
        note_marks(((text, spot_at(self.tree, (*way, key))) for key, text in found), self.notes)

    def slug(self, text: str, way: KeyPath) -> str:
        """Return *text*, an id or a slug at *way*, after noting what keeps it out of an address."""
        if fault := slug_fault(text):
            hint = say("write {text}", text=slugify(text) or "some-words")
            self.notes.add(
                "TG307", say("{text!r} {fault}", text=text, fault=fault), spot_at(self.tree, way), hint
            )
        return text

    def slugs(self, texts: tuple[str, ...], way: KeyPath) -> tuple[str, ...]:
        """Return *texts*, ids or slugs in the list at *way*, as :meth:`slug` does."""
        return tuple(self.slug(text, (*way, number)) for number, text in enumerate(texts))

    def names(self, matter: ArticleSchema | EventFacts, way: KeyPath = ()) -> dict[str, tuple[str, ...]]:
        """Return the people, places, tags … of *matter*, at *way*; a name that stands twice counts once."""
        named = [(one.key, getattr(matter, one.key, ())) for one in self.settings.taxonomies]
        for key, names in named:
            self.plain((*way, key), dict(enumerate(names)))
        return {key: tuple(dict.fromkeys(names)) for key, names in named if names}

    def citation(self, matter: CitationSchema, way: KeyPath) -> Citation:
        """Return the citation that *matter*, at *way*, gives; an empty one is a problem."""
        values = {key: value for key, value in matter if value}
        node = node_at(self.tree, way)
        typed = plain(node) if node else {}
        # What stands there and is not among the values is wrong, and has been told of.
        if not values and not (isinstance(typed, dict) and any(typed.values())):
            message = say("the source says nothing: no name, no title, no address")
            self.notes.add(
                "TG305", message, spot_at(self.tree, way), say("write source: {name: Name of the paper}")
            )
        self.plain(way, values)
        return Citation(**values)

    def texts(self, value: str | Mapping[str, str] | None, way: KeyPath) -> dict[str, str]:
        """Return *value* at *way* by language; one text alone is in the language of the file."""
        if value is None:
            return {}
        if isinstance(value, str):
            self.plain(way[:-1], {str(way[-1]): value})
            return {self.lang: value}
        self.plain(way, value)
        return {self.known_language(code, (*way, code)): text for code, text in value.items()}

    def known_language(self, code: str, way: KeyPath = ("translation_of", "lang")) -> str:
        """Return *code*, at *way*, after noting a problem if it is not one of the site's languages."""
        if code not in self.codes:
            near = nearest(code, self.codes)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("the site's languages are {codes}", codes=", ".join(self.codes))
            )
            message = say("{code!r} is not one of the site's languages", code=code)
            self.notes.add("TG309", message, spot_at(self.tree, way), hint)
        return code
