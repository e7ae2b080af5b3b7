"""Lists as a sentence has them."""

from __future__ import annotations

import pytest

from timeline_gen.text.lists import join_list


@pytest.mark.parametrize(
    ("items", "lang", "expected"),
    [
        ((), "ar", ""),
        (("قطر",), "ar", "قطر"),
        (("قطر", "تركيا"), "ar", "قطر وتركيا"),
        (("قطر", "تركيا", "فرنسا"), "ar", "قطر وتركيا وفرنسا"),
        (("Qatar", "Turkey"), "en", "Qatar and Turkey"),
        (("Qatar", "Turkey", "France"), "en", "Qatar, Turkey, and France"),
        (("Qatar", "Turkey", "France"), "en-GB", "Qatar, Turkey and France"),
        (("a", "b", "c", "d"), "fr", "a, b, c et d"),
        (("{0}", "{x}", "%s"), "en", "{0}, {x}, and %s"),
    ],
)
def test_lists(items: tuple[str, ...], lang: str, expected: str) -> None:
    """People and places are listed as the language does it."""
    assert join_list(items, lang) == expected
