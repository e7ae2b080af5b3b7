"""Names as all articles use them: how often each is given, since when, and where it is given first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from timeline_gen.collecting.mentions import NameMention, Naming


class TypedName(NamedTuple):
    """A name exactly as it is given, with all that decides what it may mean."""

    kind: str
    name: str
    author: bool
    lang: str


@dataclass(slots=True)
class NameUse:
    """How one typed name is used."""

    typed: TypedName
    naming: Naming
    number: int
    """The place that comes first, by its file: the item with this number of *naming*."""
    count: int = 0
    oldest: float = float("inf")
    """When the first article that gives it was published."""

    @property
    def first(self) -> NameMention:
        """Return where it is given first."""
        return self.naming.mention(self.number)


Uses: TypeAlias = Sequence[NameUse]


def uses_of(namings: Iterable[Naming]) -> Uses:
    """Return how each name of *namings* is used; the same whatever their order."""
    uses: dict[TypedName, NameUse] = {}
    for naming in namings:
        for number, name in enumerate(naming.names):
            typed = TypedName(naming.kind, name, naming.author, naming.lang)
            use = uses.get(typed)
            if use is None:
                use = uses[typed] = NameUse(typed, naming, number)
            elif naming.path < use.naming.path:
                use.naming, use.number = naming, number
            use.count += 1
            if naming.second is not None and naming.second < use.oldest:
                use.oldest = naming.second
    return [uses[typed] for typed in sorted(uses)]


def best_spelling(uses: Uses) -> NameUse:
    """Return that of the *uses* of one name whose spelling is shown: the one used most, then the oldest."""
    if len(uses) == 1:
        return uses[0]
    counts: dict[str, int] = {}
    oldest: dict[str, float] = {}
    for use in uses:
        name = use.typed.name
        counts[name] = counts.get(name, 0) + use.count
        oldest[name] = min(use.oldest, oldest.get(name, use.oldest))

    def rank(use: NameUse) -> tuple[int, float, str, float, TypedName]:
        name = use.typed.name
        return -counts[name], oldest[name], name, use.oldest, use.typed

    return min(uses, key=rank)


def first_of(uses: Uses) -> NameMention:
    """Return where the first of *uses* is given, in reading order."""
    return min((use.first for use in uses), key=lambda mention: (mention.path, mention.place))
