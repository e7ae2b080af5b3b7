"""Themes, whose templates are compiled and whose files are prepared once in a process.

A theme that changes one template has some forty others, whose compilation takes most of a second: hundreds of
tests have a theme of their own. Most others build small sites with a theme of the program, which would be a
sixth of their work.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment

from timeline_gen.building import theming
from timeline_gen.errors import Problem
from timeline_gen.rendering.assets import Assets, make_assets
from timeline_gen.rendering.templates.unused import unused_parts

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


_files: dict[bytes, bytes] = {}
"""The bytes of each file, once: most are in the themes of all sites."""
_assets: dict[object, tuple[Assets, tuple[Problem, ...]]] = {}
_unused: dict[object, tuple[Problem, ...]] = {}


def _assets_once(
    static: Mapping[PurePosixPath, bytes], folder: PurePosixPath
) -> tuple[Assets, tuple[Problem, ...]]:
    """Return what ``make_assets`` returns, or has returned for the same."""
    same = {path: _files.setdefault(data, data) for path, data in static.items()}
    key = (frozenset(same.items()), folder)
    if key not in _assets:
        _assets[key] = make_assets(same, folder)
    return _assets[key]


def _unused_once(
    templates: Mapping[str, str],
    chain: Sequence[str],
    origins: Mapping[str, PurePosixPath],
    pages: Collection[str],
) -> tuple[Problem, ...]:
    """Return what ``unused_parts`` yields, or has yielded for the same."""
    key = (tuple(templates.items()), tuple(chain), frozenset(origins.items()), tuple(pages))
    if key not in _unused:
        _unused[key] = tuple(unused_parts(templates, chain, origins, pages))
    return _unused[key]


def prepare_once() -> None:
    """Let every template be compiled, and the files of every theme be prepared, once in this process."""
    Environment.compile = _compiled_once  # type: ignore[assignment, method-assign]
    for function, once in ((make_assets, _assets_once), (unused_parts, _unused_once)):
        assert vars(theming)[function.__name__] is function
        vars(theming)[function.__name__] = once
