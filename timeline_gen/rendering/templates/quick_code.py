"""Compiled templates that look up, call and escape without detours: all that builds on Jinja's compiler.

Nothing here changes what a page shows. Without it rendering takes half as long again or more (docs/why.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from keyword import iskeyword
from typing import Any, Final

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, EvalContext, Filter, Getattr, Template, Test
from jinja2.runtime import Macro, Markup, escape, missing  # type: ignore[attr-defined]  # of MarkupSafe

from timeline_gen.rendering.templates.places import refuse_whole
from timeline_gen.rendering.view_models import DateView, EventCard

_SPECIAL: Final = re.compile("[&<>\"']")
_PLAIN: Final = frozenset({str, int, bool, type(None), Markup, type(missing)})
_MANY: Final = 5_000
"""What a macro keeps at most; then it begins anew."""


_as_markup: Final = str.__new__
"""``Markup(text)`` asks twice what the text is; what a macro writes is one for certain."""


def quick_escape(value: object) -> str:
    """Return *value* as HTML, as ``markupsafe.escape`` does, for a place where it is only joined to more."""
    if type(value) is str:
        return escape(value) if _SPECIAL.search(value) else value
    if type(value) is Markup:
        return value
    if type(value) is int or type(value) is float:
        return str(value)
    return escape(refuse_whole(value))


class KeptMacro(Macro):
    """A macro that remembers what it made of the cards and dates that many pages show."""

    def __init__(self, *arguments: Any, **more: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*arguments, **more)
        self._kept: dict[tuple[object, ...], tuple[object, str]] = {}
        plain = not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller)
        self._most = self._argument_count if plain else -1
        """How many arguments it takes by their places only; else less than none."""

    def __call__(self, *arguments: object, **named: object) -> str:
        """Return what the library's macro does; where all arguments are in their places, sooner."""
        left_out = self._most - len(arguments)
        if named or left_out < 0 or (arguments and type(arguments[0]) is EvalContext):
            return super().__call__(*arguments, **named)
        if left_out:
            arguments += (missing,) * left_out
        if not arguments or not _is_shared(arguments[0]):
            return _as_markup(Markup, self._func(*arguments))
        others = arguments[1:]
        # True equals 1, and Markup equals a text that is yet to be escaped; they are not printed alike.
        kinds = tuple(map(type, others))
        if not _PLAIN.issuperset(kinds):
            return _as_markup(Markup, self._func(*arguments))
        key = (id(arguments[0]), others, kinds)
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MANY:
                self._kept.clear()
            # What it was made of is kept too, so that nothing else takes its identity.
            kept = self._kept[key] = (arguments[0], _as_markup(Markup, self._func(*arguments)))
        return kept[1]


def _is_shared(value: object) -> bool:
    """Return whether *value* is one that a process makes once and shows on many pages."""
    if type(value) is DateView:
        return value.instead is None
    return type(value) is EventCard and not value.articles


class CarefulCode(CodeGenerator):
    """Compiles templates that look up the quick ``escape`` and ``Macro`` in place of the library's.

    A text without special characters is passed on as it is, and a macro that is given the same date or card
    as before gives what it gave then. What the macros of an imported template see besides their arguments
    never changes within an environment; those of a page's own template live no longer than the page.
    """

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:
        """Write the module of a template."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import KeptMacro as Macro, quick_escape as escape")


class QuickCode(CarefulCode):
    """Compiles templates that call and look up directly what the library goes to through two functions.

    Views are finished values: nearly always a field is there, and what is called asks for no context. Where
    that is wrong, the page fails, and :func:`render_page` makes it again with care, which decides.
    """

    _doubts = 0
    """How many tests for what may not be there surround the node that is being written."""

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:
        """Write a look at an attribute."""
        if self._doubts or not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call."""
        named = node.kwargs or node.dyn_args or node.dyn_kwargs
        if named or forward_caller or not frame.eval_ctx.autoescape or frame.eval_ctx.volatile:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for number, argument in enumerate(node.args):
            self.write(", " if number else "")
            self.visit(argument, frame)
        self.write(")")

    def visit_Test(self, node: Test, frame: Frame) -> None:
        """Write a test; whether something is there is not asked in haste."""
        with self._in_doubt(node.name in {"defined", "undefined"}):
            super().visit_Test(node, frame)

    def visit_Filter(self, node: Filter, frame: Frame) -> None:
        """Write a filter; one that may replace something absent is compiled as Jinja2 does it."""
        with self._in_doubt(node.name in {"default", "d"}):
            super().visit_Filter(node, frame)

    @contextmanager
    def _in_doubt(self, doubtful: bool) -> Iterator[None]:
        self._doubts += doubtful
        yield
        self._doubts -= doubtful
