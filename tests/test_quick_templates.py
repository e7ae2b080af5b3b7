"""The quick ways of escaping and of macros have the outcome of the library's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from timeline_gen.rendering.templates.quick_code import quick_escape


@given(st.one_of(st.text(), st.text(alphabet="&<>\"'a"), st.integers(), st.builds(Markup, st.text())))
def test_escape(value: object) -> None:
    """Whatever a template shows is escaped as the library escapes it."""
    assert str(quick_escape(value)) == str(escape(value))
