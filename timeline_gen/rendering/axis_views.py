"""The axis of a timeline as templates see it. Lengths are hundredths of the width, from the left."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.rendering.layout import Link, Words


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A round year, or a month, of the axis. Lengths are hundredths of the width, from the left."""

    left: float
    label: str
    href: str
    """The first heading from it on until the next: an anchor of the page, or an address inside the site;
    empty where there is none."""
    anchor: str
    """``middle``, ``start`` or ``end``: which point of the label is at its place."""
    size: float
    """How long the label is, in rem."""


@dataclass(frozen=True, slots=True)
class AxisBand:
    """An era over the axis."""

    left: float
    width: float
    row: int
    name: Words
    href: str
    """The anchor of its chapter; empty where it has no events."""
    named: int
    """The width of the axis, in rem, from which on its name has room; 0 where it never has."""


@dataclass(frozen=True, slots=True)
class AxisName:
    """The name of a mark as it is shown at rest."""

    text: str
    """Its title, cut where it is long."""
    row: int
    """0 is the lowest."""
    anchor: str
    width: float
    """The width of the axis, in rem, from which on it is shown."""
    whole: str = ""
    """Its whole title, where it was cut and has room on a wider axis."""
    whole_width: float = 0
    """The width of the axis, in rem, from which on the whole title is shown in place of the cut one."""


@dataclass(frozen=True, slots=True)
class AxisLines:
    """The name of a mark on an axis of less than 44 rem: two lines."""

    first: str
    second: str
    """Empty where the first holds all of it."""
    row: int
    anchor: str
    width: float


@dataclass(frozen=True, slots=True)
class AxisMark:
    """An event on the axis: a dot, or a bar where it takes, or may have taken, some time."""

    href: str
    title: Words
    importance: int
    left: float
    width: float
    """0 of a dot, whose middle is at :attr:`left`."""
    row: int
    """That of a bar, below the line."""
    soft: str
    """Which ends of a bar are not known: ``left``, ``right``, ``both`` or empty."""
    narrow: int
    """How many levels a dot lies over the line on an axis of less than 44 rem."""
    wide: int
    """The same on a wider axis."""
    name: AxisName | None
    lines: AxisLines | None
    group: int = 0
    """Which of the axis's groups it is in."""


@dataclass(frozen=True, slots=True)
class AxisGroup:
    """A group of events that has a row of its own on the axis."""

    number: int
    """Its colour, as the class `group-1`; 0 for all other events."""
    id: str
    """Taxonomy and id of what its events name: `tags/war`; empty for all other events."""
    link: Link | None
    """The page of what its events name; None for all other events. Its count is that of the events."""
    count: int
    accent: int
    """The site's own colour for it, as the class `accent-1`; 0 for none."""
    left: float
    """Where its name is in its row."""
    named: int
    """The width of the axis, in rem, from which on its name has room there; 0 where it never has."""
    density: str


@dataclass(frozen=True, slots=True)
class AxisFold:
    """Empty time that is folded."""

    left: float
    width: float
    start: int
    end: int
    """Its first day, and the day after its last."""


@dataclass(frozen=True, slots=True)
class AxisView:
    """The span of a timeline as a drawing, mirrored where the language runs from right to left."""

    lo: int
    hi: int
    """The first and the last day that it shows."""
    first: str
    last: str
    """The first and the last year with an event, in short."""
    density: str
    """How many events there are, as the path of an SVG in a box of 1000 by 100; empty where each is drawn."""
    weighty: str
    """The same of those of an importance of 4 and more."""
    bands: tuple[AxisBand, ...]
    marks: tuple[AxisMark, ...]
    ticks: tuple[AxisTick, ...]
    """Those of an axis of less than 44 rem."""
    fine_ticks: tuple[AxisTick, ...]
    """Those of a wider axis."""
    folds: tuple[AxisFold, ...]
    era_rows: int
    """In how many rows the bands are."""
    name_rows: int
    line_rows: int
    """In how many rows names of two lines are."""
    bar_rows: int
    groups: tuple[AxisGroup, ...] = ()
    """Each has a row of its own; none where all events share one."""
