"""Keys: the hash of all that a value holds, by which a build knows what it has made before.

No key is put together by hand: :func:`key_of` walks through what it is given. A :class:`Noun` carries its own
hash, which then counts for it; a class that follows from a few of its parts names these by ``key_parts``. Two
things are no part of any key: a :class:`~timeline_gen.errors.Place`, since no page shows where something is
written, and fields with the metadata :data:`UNKEYED`.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import partial
from hashlib import blake2b
from operator import attrgetter, methodcaller
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from timeline_gen.errors import Place

_Flatten: TypeAlias = Callable[[Any], Any]

UNKEYED: Final[Mapping[str, bool]] = MappingProxyType({"key": False})
"""The metadata of a field of which no page is made, or one that shows it holds it itself."""
_FORMAT: Final = 2
"""The version of marshal's format: of those without references, which would depend on identities."""
_ATOMS: Final = frozenset({str, int, bool, float, bytes, type(None)})


def key_of(*values: object) -> bytes:
    """Return the hash of *values*: the same for equal values, in every process and on every machine."""
    return blake2b(marshal.dumps(tuple(_flat(values)), _FORMAT), digest_size=16).digest()


def digest_of(*parts: bytes) -> bytes:
    """Return one hash of *parts*, in their order; of several each is a hash, or a text without zero bytes."""
    return blake2b(b"\0".join(parts), digest_size=16).digest()


def content_hash(data: bytes) -> str:
    """Return the hash under which *data* is known throughout: BLAKE2b, 160 bits, in hexadecimal."""
    return blake2b(data, digest_size=20).hexdigest()


@dataclass(frozen=True, slots=True)
class Noun:
    """A value that carries the hash of all that it holds, worked out when it is first asked for."""

    _digest: bytes = field(default=b"", init=False, repr=False, compare=False, metadata=UNKEYED)

    def known_as(self, digest: bytes) -> None:
        """Take *digest* for its hash, which all that it holds decides, and nothing else."""
        object.__setattr__(self, "_digest", digest)

    @property
    def digest(self) -> bytes:
        """Return the hash of all that it holds."""
        if not self._digest:
            object.__setattr__(self, "_digest", key_of(_by_fields(type(self))(self)))
        return self._digest


class _Flatteners(dict[type, _Flatten]):
    """How values of each kind are taken apart; a kind is looked at when it first comes."""

    def __missing__(self, kind: type) -> _Flatten:
        if issubclass(kind, Noun):
            found: _Flatten = attrgetter("digest")
        elif hasattr(kind, "key_parts"):
            found = methodcaller("key_parts")
        else:
            found = _by_fields(kind) if is_dataclass(kind) else _plain(kind)
        self[kind] = found
        return found


def _flat(values: Collection[Any]) -> Collection[Any]:
    """Return *values* as nothing but atoms, and tuples of such."""
    # By exact type: a Message is a str and an IntFlag an int, and marshal takes neither.
    if _ATOMS.issuperset(map(type, values)):
        return values
    return [value if type(value) in _ATOMS else _flatteners[type(value)](value) for value in values]


def _plain(kind: type) -> _Flatten:
    for known, flatten in _PLAIN.items():
        if issubclass(kind, known):
            return flatten
    raise TypeError(f"{kind.__qualname__} cannot be part of a key")


def _mapping(value: Mapping[object, object]) -> object:
    # In its own order, in which pages show what it holds.
    return ("map", tuple(value), tuple(_flat(value.values())))


_PLAIN: Final[Mapping[type, _Flatten]] = {
    Enum: lambda value: value.value,
    str: str.__str__,
    tuple: lambda value: tuple(_flat(value)),
    list: lambda value: tuple(_flat(value)),
    # A set has another order in each process.
    frozenset: lambda value: ("set", *sorted(_flat(value))),
    Mapping: _mapping,
    PurePath: str,
    date: lambda value: value.isoformat(),
}


def _by_fields(kind: type) -> _Flatten:
    """Return what takes a dataclass apart into its fields."""
    found = _dismantlers.get(kind)
    if found is None:
        names = [field.name for field in fields(kind) if field.metadata.get("key", True)]
        # Of a single name it would give the bare value.
        found = _dismantlers[kind] = partial(_taken_apart, kind.__qualname__, attrgetter(*names, "__class__"))
    return found


def _taken_apart(label: str, values: Callable[[object], tuple[Any, ...]], noun: object) -> object:
    return (label, *_flat(values(noun)[:-1]))


_dismantlers: Final[dict[type, _Flatten]] = {}
"""How each dataclass is taken apart into its fields."""

_flatteners: Final = _Flatteners({Place: lambda _: None})
