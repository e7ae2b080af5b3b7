"""Facts that the versions of one article share: given once, inherited field by field.

Texts belong to a language and are never inherited. A fact that a version leaves out is taken from the
site's first language that has it; a different one is a problem that names both places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, eq
from typing import Any, Final, NamedTuple, TypeVar

from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, own_event
from timeline_gen.model.assets import Attachment, Media
from timeline_gen.model.dates import When
from timeline_gen.model.events import Stamp, Telling
from timeline_gen.model.texts import Position

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """The facts of one version: of the article itself, or of an event in it."""

    article: ArticleVersion
    telling: Telling | None = None

    @property
    def positions(self) -> Mapping[str, Position]:
        """Return the positions of the values in the article's file."""
        return self.article.positions if self.telling is None else self.telling.positions

    @property
    def event_telling(self) -> Telling:
        """Return what it states of an event; raise TypeError where it is about the article itself."""
        if self.telling is None:
            raise TypeError("these are facts of the article itself")
        return self.telling

    def place(self, key: str) -> Place:
        """Return the place of the value of *key*, else of the article or event."""
        return Place(self.article.path, *(self.positions.get(key) or self.positions.get("") or (1, 1)))


def position_of_item(positions: Mapping[str, Position], key: str, number: int) -> Position:
    """Return the position of item *number* of the list under *key*, else of the list, else of its holder."""
    ways = (f"{key}.{number}", key, "")
    return next((positions[way] for way in ways if way in positions), (1, 1))


def inherit(
    versions: Iterable[VersionFacts],
    key: str,
    value: Callable[[VersionFacts], T | None],
    problems: list[Problem],
    *,
    same: Callable[[T, T], bool] | None = None,
) -> T | None:
    """Return the first *value* of *versions* for *key*; where a later one differs, add to *problems*."""
    # Each is compared with the first only, as that is the value that the others are shown with.
    found: tuple[T, VersionFacts] | None = None
    for version in versions:
        mine = value(version)
        if mine is None:
            continue
        if found is None:
            found = (mine, version)
        elif not (same(found[0], mine) if same else found[0] == mine):
            problems.append(_differs(key, found[1], version))
    return found[0] if found else None


def same_when(left: When, right: When) -> bool:
    """Return whether two dates are the same, in whatever words."""
    return (left.edtf, left.kind, left.time, left.day_part) == (
        right.edtf,
        right.kind,
        right.time,
        right.day_part,
    )


def same_stamp(left: Stamp, right: Stamp) -> bool:
    """Return whether two stamps mean the same moment, or one is the day of the other."""
    return left.second == right.second if "T" in left.text and "T" in right.text else left.day == right.day


def same_media(left: Sequence[Media], right: Sequence[Media]) -> bool:
    """Return whether the pictures of two versions are the same; their captions belong to a language."""
    return [media.src for media in left] == [media.src for media in right]


def same_files(left: Sequence[Attachment], right: Sequence[Attachment]) -> bool:
    """Return whether two versions offer the same files; their titles belong to a language."""
    return [file.src for file in left] == [file.src for file in right]


def same_image(left: Media, right: Media) -> bool:
    """Return whether two pictures are the same, whatever their texts."""
    return left.src == right.src


def by_language(
    chosen: T, items: Iterable[tuple[str, T | None]], same: Callable[[T, T], bool]
) -> dict[str, T]:
    """Return those of *items*, each with its language, that are the *same* as *chosen*, or only that."""
    return {lang: item for lang, item in items if item and same(chosen, item)} or {"": chosen}


def with_shared(media: Mapping[str, tuple[Media, ...]]) -> dict[str, tuple[Media, ...]]:
    """Return *media*, by language, each with what any of its versions gives to a film or a sound.

    Posters and captions are shared; a transcript is taken from the first version that has one.
    """
    if len(media) < 2 or not any(item.file for own in media.values() for item in own):
        return {**media}
    return {
        lang: tuple(
            _shared(item, {code: versions[number] for code, versions in media.items()})
            for number, item in enumerate(own)
        )
        for lang, own in media.items()
    }


def _shared(media: Media, versions: Mapping[str, Media]) -> Media:
    if media.file is None:
        return media
    captions = {lang: asset for other in versions.values() for lang, asset in other.captions.items()}
    found = replace(
        media,
        poster=media.poster or next((other.poster for other in versions.values() if other.poster), None),
        captions=dict(sorted({**captions, **media.captions}.items())),
    )
    if media.transcript or media.transcript_file:
        return found
    for lang, other in versions.items():
        if other.transcript or other.transcript_file:
            transcript = other.transcript
            return replace(
                found,
                transcript=transcript,
                transcript_lang=lang if transcript else "",
                transcript_file=other.transcript_file,
            )
    return found


def _differs(key: str, first: VersionFacts, second: VersionFacts) -> Problem:
    what = key.rpartition(".")[2]
    event = first.telling.event if first.telling else own_event(first.article.slug)
    whose = say("the event {event!r}", event=event) if event else say("the article")
    here, there = second.place(key), first.place(key)
    return Problem(
        "TG503",
        say(
            "the version in {lang!r} gives another {what!r} of {whose} than the version in "
            "{lang_2!r} at {there}",
            lang=second.article.lang,
            what=what,
            whose=whose,
            lang_2=first.article.lang,
            there=there,
        ),
        here,
        say("leave it out here, it is inherited; or make the two say the same"),
        related=(there,),
    )


NAMES: Final = "names"
"""The fact that has a key for each taxonomy: people, places, tags …"""


class EventFact(NamedTuple):
    """A fact of an event, which the versions of one article share."""

    key: str
    """In front matter."""
    field: str
    """Of :class:`~timeline_gen.model.events.Telling`."""
    same: Callable[[Any, Any], bool] = eq
    """Whether two values are the same fact."""

    @property
    def unstated(self) -> object:
        """Return the value of the field in a telling that does not state the fact."""
        return getattr(_NO_FACTS, self.field)

    def value(self, version: VersionFacts) -> object:
        """Return the value that *version* states; None where it states none."""
        return getattr(version.event_telling, self.field) if self.is_stated(version.event_telling) else None

    def is_stated(self, telling: Telling) -> bool:
        """Return whether *telling* states the fact: no sources are a statement, too."""
        return bool(getattr(telling, self.field) != self.unstated)


_NO_FACTS: Final = Telling("")

FACTS: Final = (
    EventFact("date", "when", same_when),
    EventFact("status", "status"),
    EventFact(NAMES, "names"),
    EventFact("sources", "sources"),
    EventFact("media", "media", same_media),
    EventFact("files", "files", same_files),
    EventFact("importance", "importance"),
    EventFact("order", "order"),
    EventFact("sort_date", "sort_date", same_when),
    EventFact("corrects", "corrects"),
)
"""All facts of an event but its texts, which belong to a language."""


_values: Final = attrgetter(*(fact.field for fact in FACTS))
_NO_VALUES: Final = _values(_NO_FACTS)


def states_facts(telling: Telling) -> bool:
    """Return whether *telling* states any fact of its event, rather than only refer to it."""
    return bool(_values(telling) != _NO_VALUES)


def facts_without_date(telling: Telling) -> list[str]:
    """Return the keys of facts that *telling*, which has no date, states in vain, but for ``corrects``."""
    keys = [*telling.text_facts]
    for fact in FACTS:
        if fact.key == NAMES:
            keys += (key for key, names in telling.names.items() if names)
        elif fact.key != "corrects" and fact.is_stated(telling):
            keys.append(fact.key)
    return keys
