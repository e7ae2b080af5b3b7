"""The keys of entities and eras."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator, Field

from timeline_gen.messages import say, say_many
from timeline_gen.schema.faults import example
from timeline_gen.schema.media import Picture
from timeline_gen.schema.values import Address, LineByLanguage, Names, Schema, Text, TextByLanguage, refusal
from timeline_gen.text.digits import to_latin


def coordinates_hint(typed: object) -> str:
    """Return how *typed*, meant as latitude and longitude, is written; an example where that is unclear."""
    values = (
        list(typed.values()) if isinstance(typed, dict) else typed if isinstance(typed, list) else [typed]
    )
    found = _NUMBER.findall(
        to_latin(" ".join(value for value in values if isinstance(value, str))).replace("٫", ".")
    )
    if len(found) != _PAIR or any("°" in str(value) for value in values):
        return example("coordinates")
    first, second = (f"-{number}" if side and side in "SWsw" else number for number, side in found)
    return say("write coordinates: [{value}, {value_2}]", value=first, value_2=second)


_NUMBER: Final = re.compile(r"(-?\d+(?:\.\d+)?)\s*([NSEWnsew]?)")


def _two_numbers(value: object) -> object:
    """Refuse a list *value* unless it has two items, and not the longitude first."""
    if not isinstance(value, list):
        return value
    if len(value) == _PAIR:
        first, second = map(_degrees, value)
        hint = coordinates_hint(value)
        if (math.isnan(first) or math.isnan(second)) and hint != example("coordinates"):
            raise refusal("TG304", say("needs two numbers, a latitude and a longitude"), hint)
        if _RIGHT_ANGLE < abs(first) <= 2 * _RIGHT_ANGLE and abs(second) <= _RIGHT_ANGLE:
            hint = say("write coordinates: [{value}, {value_2}]", value=value[1], value_2=value[0])
            raise refusal("TG304", say("has the longitude first, and the latitude comes first"), hint)
        return value
    message = say_many(
        len(value),
        "needs two numbers, a latitude and a longitude, and here is {count}",
        "needs two numbers, a latitude and a longitude, and here are {count}",
    )
    raise refusal("TG303", message, coordinates_hint(value))


_PAIR: Final = 2
_RIGHT_ANGLE: Final = 90


def _degrees(value: object) -> float:
    """Return the number that *value* is, or that no number is equal to."""
    with suppress(ValueError):
        return float(to_latin(value).replace("٫", ".")) if isinstance(value, str) else math.nan
    return math.nan


def _angle(name: str, most: int) -> BeforeValidator:
    """Return what reads the *name* of an angle, in degrees of at most *most*."""

    def read(value: object) -> object:
        degrees = _degrees(value)
        if not -most <= degrees <= most:  # nor is it, where that is no number
            message = say(
                "must be a {name}, a number from -{most} to {most}, and here is {str!r}",
                name=name,
                most=most,
                str=str(value)[:40],
            )
            raise refusal("TG304", message, example("coordinates"))
        return degrees

    return BeforeValidator(read)


Degrees: TypeAlias = Annotated[
    tuple[Annotated[float, _angle("latitude", 90)], Annotated[float, _angle("longitude", 180)]],
    BeforeValidator(_two_numbers),
]


class EntitySchema(Schema):
    """One entry of ``content/entities.yaml``."""

    kind: Text
    name: LineByLanguage
    other_names: Names = ()
    text: TextByLanguage | None = None
    aliases: Names = ()
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")] | None = None
    website: Address | None = None
    coordinates: Degrees | None = None
    image: Picture | None = None
    extra: dict[str, object] = Field(default_factory=dict)


class EraSchema(Schema):
    """One entry of ``content/eras.yaml``."""

    name: LineByLanguage
    date: Text
    text: TextByLanguage | None = None
