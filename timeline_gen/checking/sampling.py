"""Which pages a check reads: enough of each kind to meet every link that a theme writes.

What authors write is checked against addresses and headings that are known without any page. What is left are
the links of templates, which are the same on all pages of a kind, but for parts that depend on what a page
has. So pages are told apart by which of their values are there, and of those alike only a few are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Final, TypeAlias

from timeline_gen.pages.page import Page

ALIKE: Final = 2
"""Pages of a kind and language that are read of those with the same values."""
MOST: Final = 24
"""Pages of a kind and language that are read at most."""

_Traits: TypeAlias = frozenset[str]


def sample(pages: Iterable[Page], wanted: Collection[str]) -> Iterator[Page]:
    """Yield those of *pages* that a check reads, in order; the files *wanted* are among them."""
    alike: Counter[tuple[str, str, _Traits]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    for page in pages:
        group = (type(page).__name__, page.lang)
        if page.file in wanted:
            yield page
        elif read[group] < MOST:
            traits = (*group, frozenset(_traits(page)))
            if alike[traits] < ALIKE:
                alike[traits] += 1
                read[group] += 1
                yield page


def _traits(page: Page) -> Iterator[str]:
    """Yield the names of what *page* has: of its own values, and of those of the thing that it shows."""
    for field in fields(page):
        value = getattr(page, field.name)
        if value:
            yield field.name
        if is_dataclass(value):
            yield from (f"{field.name}.{one.name}" for one in fields(value) if getattr(value, one.name))
