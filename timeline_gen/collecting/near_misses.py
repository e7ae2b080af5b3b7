"""Names that are nearly those of another: a warning with the place of the other, and no guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.text.identity import identity_key
from timeline_gen.text.nearness import NearNames, is_slip

_OFTEN: Final = 3
"""Two names that are both given so often are both meant."""
_MOST_ONCE: Final = 10_000
"""Names that are given once; where there are more, they are not compared with each other."""


class ComparedName(NamedTuple):
    """A name of one kind of entity, with how it is used."""

    called: str
    """The id of an entity that is listed; else the spelling that is shown."""
    spellings: tuple[str, ...]
    uses: int
    place: Callable[[], Place]
    """Gives where it is listed, else where it is given first: few are asked."""
    listed: bool = False


def near_misses(names: Sequence[ComparedName]) -> Iterator[Problem]:
    """Yield a warning for each of *names* that is not listed and is nearly a listed one or one used more.

    Of two that are used as often, the later one is reported where they hardly differ. Two names
    that are each given :data:`_OFTEN` times or more are both meant.
    """
    targets = [name for name in names if name.listed or name.uses > 1]
    if len(names) - len(targets) <= _MOST_ONCE:
        targets = list(names)
    keys = [
        (key, name) for name in targets for key in dict.fromkeys(map(identity_key, name.spellings)) if key
    ]
    # Frequent names are near to rare listed ones only: without such there is nothing to ask them.
    rare = any(name.listed and name.uses < _OFTEN for name in targets)
    asking = [name for name in names if not name.listed and (rare or name.uses < _OFTEN)]
    if not keys or not asking:
        return
    index = NearNames(key for key, _ in keys)
    for name in asking:
        found = (keys[number][1] for number in index.near(identity_key(name.called)))
        others = [other for other in found if other is not name and _is_better(other, name)]
        if others:
            yield _problem(name, min(others, key=_rank))


def _is_better(other: ComparedName, name: ComparedName) -> bool:
    # Names that are both in frequent use are two names, however alike.
    if other.uses >= _OFTEN and name.uses >= _OFTEN:
        return False
    if other.listed or other.uses != name.uses:
        return other.listed or other.uses > name.uses
    # Of two that are used as often one is reported, and not each for the other.
    is_later = (other.place(), other.called) < (name.place(), name.called)
    return is_later and is_slip(identity_key(name.called), identity_key(other.called))


def _rank(name: ComparedName) -> tuple[bool, int, str]:
    return (not name.listed, -name.uses, name.called)


def _problem(name: ComparedName, other: ComparedName) -> Problem:
    spelt = (
        say(" ({spellings!r})", spellings=other.spellings[0])
        if other.listed and other.spellings[0] != other.called
        else ""
    )
    again = "" if other.listed or other.uses == 1 else say(", given {uses} times", uses=other.uses)
    there = other.place()
    known = say(
        "{called!r}{spelt} at {there}{again}", called=other.called, spelt=spelt, there=there, again=again
    )
    return Problem(
        "TG530",
        say("{called!r} is nearly {known}, and counts as another name", called=name.called, known=known),
        name.place(),
        say(
            "did you mean {called!r}? if not, list {called_2!r} in content/entities.yaml",
            called=other.called,
            called_2=name.called,
        ),
        Level.WARNING,
        related=(there,),
    )
