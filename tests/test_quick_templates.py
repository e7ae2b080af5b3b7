"""The quick ways of escaping and of macros have the outcome of the library's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from timeline_gen.rendering.templates.quick_code import CarefulCode, QuickCode, quick_escape
from timeline_gen.rendering.view_models import DateView


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="&<>\"'a"),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.builds(Markup, st.text()),
    )
)
def test_escape(value: object) -> None:
    """Whatever a template shows is escaped as the library escapes it."""
    assert str(quick_escape(value)) == str(escape(value))


MACROS = "{% macro shown(date, more) %}{{ date.text }}: {{ more }}{% endmacro %}"
PAGE = "{% import 'macros' as m %}{% for one in others %}{{ m.shown(date, one) }}\n{% endfor %}"


@pytest.mark.parametrize("quick", [CarefulCode, QuickCode])
def test_what_is_equal_and_printed_otherwise(quick: type[CodeGenerator]) -> None:
    """A macro that remembers tells apart what Python takes for equal: texts and markup, 1 and True."""
    pages = []
    for generator in (CodeGenerator, quick):
        environment = Environment(autoescape=True, loader=DictLoader({"macros": MACROS, "page": PAGE}))
        environment.code_generator_class = generator
        date = DateView((), "1 May", "1 May", "1 May", "2019-05-01")
        others = [Markup("<b>x</b>"), "<b>x</b>", 1, True, False, 0, "1", "1"]
        pages.append(environment.get_template("page").render(date=date, others=others))

    assert pages[1] == pages[0]
