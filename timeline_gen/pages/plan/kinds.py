"""The kinds of pages: the classes in the modules of the folders ``pages`` and ``pages/exports``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules

from timeline_gen import pages
from timeline_gen.pages import exports
from timeline_gen.pages.page import Page


@cache
def page_kinds() -> tuple[type[Page], ...]:
    """Return every kind of page."""
    names = sorted(
        (module.name, package.__name__)
        for package in (pages, exports)
        for module in iter_modules(package.__path__)
        if not module.ispkg
    )
    modules = [import_module(f"{package}.{name}") for name, package in names]
    return tuple(
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Page) and value.__module__ == module.__name__
        if not isabstract(value)
    )


def page_templates() -> tuple[str, ...]:
    """Return the templates that draw them, each once."""
    return tuple(dict.fromkeys(kind.template for kind in page_kinds() if kind.template))
