"""Templates, each compiled once in a process.

A theme that changes one template has some forty others, whose compilation takes most of a second: hundreds of
tests have a theme of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment

_compile: Callable[..., Any] = Environment.compile
_codes: dict[object, Any] = {}


def _compiled_once(made: Environment, source: object, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as Jinja2 has it
    """Compile *source*, or return what the same has been compiled to in an environment of this kind."""
    kind = (type(made), made.code_generator_class, made.optimized, made.finalize)
    if not isinstance(source, str) or not type(made).__module__.startswith("timeline_gen."):
        return _compile(made, source, *arguments, **named)
    key = (kind, source, arguments, tuple(sorted(named.items())))
    if key not in _codes:
        # What fails is no code, and fails again.
        _codes[key] = _compile(made, source, *arguments, **named)
    return _codes[key]


def compile_once() -> None:
    """Let every template be compiled once in this process."""
    Environment.compile = _compiled_once  # type: ignore[assignment, method-assign]
