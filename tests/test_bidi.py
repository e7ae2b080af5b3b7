"""Directions in plain text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.rendering.layout import Words
from timeline_gen.text.bidi import direction_of, isolate, unbalanced

LRI, RLI, FSI, PDI, RLE, PDF = "\u2066", "\u2067", "\u2068", "\u2069", "\u202b", "\u202c"


def test_a_fragment_is_isolated_by_its_direction() -> None:
    """A title in another direction does not move what stands around it."""
    assert isolate("قطر", "rtl") == f"{RLI}قطر{PDI}"
    assert isolate("Qatar", "ltr") == f"{LRI}Qatar{PDI}"
    assert isolate("?") == f"{FSI}?{PDI}"
    assert isolate("", "rtl") == ""


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("plain", ()),
        (f"a{LRI}b{PDI}c", ()),
        (f"a{RLE}b{PDF}c", ()),
        (f"a{LRI}b", (1,)),
        (f"a{PDI}b", (1,)),
        (f"a{PDF}b", (1,)),
        (f"{LRI}{RLE}a{PDI}", (1,)),
        (f"{RLE}{LRI}a{PDF}{PDI}{PDF}", (3,)),
        (f"{RLE}a\nb{PDF}", (0, 4)),
        (f"{FSI}{FSI}a{PDI}", (0,)),
    ],
)
def test_controls_without_their_partner_are_found(text: str, offsets: tuple[int, ...]) -> None:
    """A control that opens without end, or ends what is not open, is found."""
    assert unbalanced(text) == offsets


def test_a_stray_control_cannot_leave_its_fragment() -> None:
    """A title with a stray control does not turn the rest of the line around."""
    assert isolate(f"a{PDI}b{RLE}c", "ltr") == f"{LRI}abc{PDI}"


@given(st.text(alphabet=f"ab\n{LRI}{RLI}{FSI}{PDI}{RLE}{PDF}\u202a\u202d\u202e"))
@settings(max_examples=500, deadline=None)
def test_what_is_isolated_is_balanced(text: str) -> None:
    """Whatever a text holds, isolated it is balanced."""
    assert unbalanced(isolate(text.replace("\n", ""))) == ()


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Doha", "ltr"), ("«1» الدوحة Doha", "rtl"), ("שלום", "rtl"), ("12 – 14", ""), ("", "")],
)
def test_direction_of_text(text: str, direction: str) -> None:
    """The first strong letter of a text says which way it runs; digits and marks say nothing."""
    assert direction_of(text) == direction


@pytest.mark.parametrize(
    ("text", "direction", "html"),
    [
        (
            "غرق العبّارة «Saint Nicolas» (1899)",
            "rtl",
            "غرق العبّارة «<bdi>Saint Nicolas</bdi>» (1899)",
        ),
        ("شركة «Port Ferries Ltd.»", "rtl", "شركة «<bdi>Port Ferries Ltd.</bdi>»"),
        ("يقول «إنه Ltd.»", "rtl", "يقول «إنه <bdi>Ltd</bdi>.»"),
        ("The paper الأهرام & <more>", "ltr", "The paper <bdi>الأهرام</bdi> &amp; &lt;more&gt;"),
        ("minutes.pdf", "auto", "minutes.pdf"),
        ("12 – 14", "auto", "12 – 14"),
    ],
)
def test_runs_of_a_title_are_isolated(text: str, direction: str, html: str) -> None:
    """In a title, too, a name in the other script keeps its marks and numbers on their sides."""
    assert Words(text, "ar", direction).html == html
