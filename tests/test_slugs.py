"""Slugs in any script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.text.slugs import LONGEST, collision_key, slug_fault, slugify


@pytest.mark.parametrize(
    "slug", ["world-cup-2022", "كأس-العالم", "v1.2", "a_b", "日本", "2017", "हिन्दी", "a" * LONGEST]
)
def test_slugs(slug: str) -> None:
    """Letters and digits of any script are fine, with hyphens and dots between."""
    assert slug_fault(slug) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("a b", "contains space"),
        ("a/b", "contains '/'"),
        ("a\\b", "contains"),
        ("a?b", "contains '?'"),
        ("a\u200fb", "contains right-to-left mark"),
        ("a\x00b", "contains the character 0x0000"),
        (".hidden", "does not begin"),
        ("..", "does not begin"),
        ("-x", "does not begin"),
        ("_x", "does not begin"),
        ("\u0301x", "does not begin"),
        ("a.", "nothing follows"),
        ("a..b", "nothing follows"),
        ("con", "Windows"),
        ("Aux.txt", "Windows"),
        ("lpt1", "Windows"),
        ("e\u0301", "NFC"),
        ("a" * (LONGEST + 1), "longer"),
        ("ك" * 51, "longer"),
    ],
)
def test_what_is_no_slug(text: str, why: str) -> None:
    """A name that some system cannot keep is refused with the reason."""
    assert why in slug_fault(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The World Cup, 2022", "the-world-cup-2022"),
        ("كأس العالم ٢٠٢٢: قطر", "كأس-العالم-٢٠٢٢-قطر"),
        ("كِتَابٌ جديد", "كتاب-جديد"),
        ("Qatar’s emir", "qatars-emir"),
        ("Café — «Ü»", "café-ü"),
        ("Con", "con-1"),
        ("+++", ""),
        ("", ""),
        ("ﬁne", "fine"),
        ("\u0301-x", "x"),
    ],
)
def test_slugs_made_of_text(text: str, slug: str) -> None:
    """A heading becomes an address that one can read."""
    assert slugify(text) == slug


def test_a_long_text_is_cut_between_words() -> None:
    """A slug ends with a whole word."""
    slug = slugify("اجتماع " * 40)

    assert len(slug.encode()) <= LONGEST
    assert set(slug.split("-")) == {"اجتماع"}


@given(st.text(max_size=200))
@settings(max_examples=500, deadline=None)
def test_what_slugify_makes_is_a_slug(text: str) -> None:
    """Any text gives a slug or nothing."""
    slug = slugify(text)

    assert slug == "" or slug_fault(slug) == ""
    assert slugify(slug) == slug


def test_addresses_that_collide() -> None:
    """Two addresses that some disk holds to be one have one key."""
    assert collision_key("Qatar") == collision_key("qatar")
    assert collision_key("caf\u00e9") == collision_key("cafe\u0301")
    assert collision_key("straße") == collision_key("STRASSE")
    assert collision_key("a") != collision_key("b")
