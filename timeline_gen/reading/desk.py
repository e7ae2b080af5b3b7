"""What lies at hand while one file's values are read, and the small readings that many of them need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from timeline_gen.dates.reading import DateError, read
from timeline_gen.model import Citation, Picture, Settings, Stamp, When
from timeline_gen.reading.matter import node_at, plain, spot_at
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.reading.yaml_tree import YamlMap
from timeline_gen.schema import ArticleMatter, CitationMatter, EventMatter, Way, nearest
from timeline_gen.text.slugs import slug_fault, slugify


@dataclass(frozen=True, slots=True)
class Desk:
    """A file being read: its problems so far, its tree of YAML, and what the site says."""

    notes: Notes
    settings: Settings
    lang: str
    pictures: Mapping[PurePosixPath, Picture]
    tree: YamlMap

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the site's languages."""
        return tuple(language.code for language in self.settings.languages)

    def stamp(self, text: str | None, *way: str | int) -> Stamp | None:
        """Read *text*, which stands at *way*, as a day of publication."""
        if text is None:
            return None
        try:
            return read_stamp(text)
        except ValueError as error:
            key = way[-1]
            message = f"{key!r} cannot be {text!r}: {error}"
            hint = f"write {key}: 2021-12-06, or with a time {key}: 2021-12-06T09:30+03:00"
            self.notes.add("TG308", message, spot_at(self.tree, way), hint)
            return None

    def when(self, text: str | None, way: Way, *, on: int | None = None, calendar: str = "") -> When | None:
        """Read the date *text* at *way*, in an article published on the day *on*."""
        if text is None:
            return None
        try:
            return read(
                text,
                lang=self.lang,
                languages=self.codes,
                on=on,
                day_order=self.settings.day_order,
                seasons=self.settings.seasons,
                calendar=calendar,
            )
        except DateError as error:
            spot = spot_at(self.tree, way, error.offset)
            self.notes.add(error.code, error.message, spot, error.hint)
            return None

    def slug(self, text: str, way: Way) -> str:
        """Return *text*, an id or a slug at *way*, after noting what keeps it out of an address."""
        if fault := slug_fault(text):
            hint = f"write {slugify(text) or 'some-words'}"
            self.notes.add("TG307", f"{text!r} {fault}", spot_at(self.tree, way), hint)
        return text

    def slugs(self, texts: tuple[str, ...], way: Way) -> tuple[str, ...]:
        """Return *texts*, ids or slugs in the list at *way*, as :meth:`slug` does."""
        return tuple(self.slug(text, (*way, number)) for number, text in enumerate(texts))

    def names(self, matter: ArticleMatter | EventMatter) -> dict[str, tuple[str, ...]]:
        """Return the people, places, tags … of *matter*, as typed; a name that stands twice counts once."""
        named = ((one.key, getattr(matter, one.key, ())) for one in self.settings.taxonomies)
        return {key: tuple(dict.fromkeys(names)) for key, names in named if names}

    def citation(self, matter: CitationMatter, way: Way) -> Citation:
        """Return the citation that *matter*, at *way*, gives; an empty one is a problem."""
        values = {key: value for key, value in matter if value}
        node = node_at(self.tree, way)
        typed = plain(node) if node else {}
        # What stands there and is not among the values is wrong, and has been told of.
        if not values and not (isinstance(typed, dict) and any(typed.values())):
            message = "the source says nothing: no name, no title, no address"
            self.notes.add(
                "TG305", message, spot_at(self.tree, way), "write source: {name: Name of the paper}"
            )
        return Citation(**values)

    def texts(self, value: str | Mapping[str, str] | None, way: Way) -> dict[str, str]:
        """Return *value* at *way* by language; one text alone is in the language of the file."""
        if value is None:
            return {}
        if isinstance(value, str):
            return {self.lang: value}
        return {self.known_language(code, (*way, code)): text for code, text in value.items()}

    def known_language(self, code: str, way: Way = ("translation_of", "lang")) -> str:
        """Return *code*, at *way*, after noting a problem if it is not one of the site's languages."""
        if code not in self.codes:
            near = nearest(code, self.codes)
            hint = f"did you mean '{near}'?" if near else f"the site's languages are {', '.join(self.codes)}"
            message = f"{code!r} is not one of the site's languages"
            self.notes.add("TG309", message, spot_at(self.tree, way), hint)
        return code
