"""What the templates of a theme that is not trusted may do, and how large a page they may make."""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping
from typing import Final

from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Joiner

from timeline_gen.messages import say

MAX_PAGE: Final = 32 * 1024 * 1024
"""Letters that a page of a theme that is not trusted may have."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of a theme that is not trusted, without the shortcuts of the others.

    Beyond the library's rules, attributes are read of values only, never of functions, and what would grow
    beyond all bounds is refused before it is worked out.
    """

    # 'x' * 10 ** 9, 9 ** 9 ** 9 and '%999999999d' % 1 are a few letters each.
    intercepted_binops = frozenset({"*", "**", "%"})

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """Return what a template sees besides its view; *d* where it brings more."""
        return {**self.globals, **(d or {})}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read *attr* of *obj*."""
        return super().is_safe_attribute(obj, attr, value) and (
            isinstance(obj, _READABLE_CALLABLES) or not callable(obj)
        )

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Work out *left* *operator* *right*, unless that would take much time or memory."""
        if operator == "*" and _repeats(left, right):
            raise SecurityError(say("it repeats a value too often"))
        if operator == "**" and _grows(left, right):
            raise SecurityError(say("the power is too large"))
        if operator == "%" and isinstance(left, str) and _WIDTH.search(left):
            raise SecurityError(say("a format with a width is not allowed"))
        return super().call_binop(context, operator, left, right)


# These can be called and are read, too: loop.index, a macro's name.
_READABLE_CALLABLES: Final = (Macro, BlockReference, LoopContext, Joiner, Undefined)
_LARGEST: Final = 1_000_000
"""Letters or items that a repetition may make."""
_LONGEST: Final = 10_000
"""Bits that a number may have."""
_WIDTH: Final = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(?:\d{4,}|\*|\d*\.(?:\d{4,}|\*))")


def _repeats(left: object, right: object) -> bool:
    """Return whether *left* times *right* repeats a text or a list too often, or makes a number too long."""
    for value, times in ((left, right), (right, left)):
        if isinstance(value, str | bytes | list | tuple) and isinstance(times, int):
            return len(value) * times > _LARGEST
    if isinstance(left, int) and isinstance(right, int):
        return left.bit_length() + right.bit_length() > _LONGEST
    return False


def _grows(left: object, right: object) -> bool:
    """Return whether *left* to the power of *right* is too long a number."""
    return isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > _LONGEST


def within_bounds(pieces: Iterable[str]) -> str:
    """Return *pieces* joined; raise SecurityError where a page grows too large."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_PAGE:
            raise SecurityError(
                say("the page is larger than {max_page} MB", max_page=MAX_PAGE // 1024 // 1024)
            )
        kept.append(piece)
    return "".join(kept)
