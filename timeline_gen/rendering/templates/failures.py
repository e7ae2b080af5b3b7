"""What is wrong with a template, for its author: what it raised, at its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from types import FrameType, TracebackType
from typing import Final

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.utils import missing as nothing

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.templates.environments import AbsentError, environment, origin
from timeline_gen.rendering.templates.globals import MissingAssetError
from timeline_gen.rendering.templates.places import (
    Missing,
    PrintedWholeError,
    missing_asset,
    missing_field,
    missing_template,
    missing_variable,
    place_of,
    printed_whole,
    unread,
)

FAILURES: Final = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    *(RecursionError, MemoryError),
)

_TOO_DEEP: Final = (RecursionError, MemoryError)

_MODULE: Final = re.compile(r"timeline_gen\.(?:pages|rendering)\.(?:[a-z_]+\.)+")


def check_templates(context: RenderContext) -> tuple[Problem, ...]:
    """Return a problem for each template that cannot be read, and for each language without words."""
    compiled = (problem for name in sorted(context.templates) for problem in _compiled(name, context))
    return (*compiled, *_wordless(context))


def _wordless(context: RenderContext) -> Iterator[Problem]:
    folder = next(iter(context.origins.values()), PurePosixPath("templates", "x")).parents[1]
    for lang, catalogue in context.catalogues.items():
        if not catalogue.messages:
            yield Problem(
                "TG709",
                say(
                    "the theme has no words for the language {lang!r}, whose pages show the English ones",
                    lang=lang,
                ),
                Place(folder / "locale" / f"{lang}.po"),
                say("translate the catalogue of another language"),
                Level.WARNING,
            )


def _compiled(name: str, context: RenderContext) -> Iterator[Problem]:
    try:
        environment(context, "", careful=not context.trusted).get_template(name)
    except (TemplateError, *_TOO_DEEP) as error:
        yield problem_of(error, name, context)


def problem_of(error: BaseException, name: str, context: RenderContext) -> Problem:
    """Return what *error* means to the author of the template *name*, at its line and column."""
    if isinstance(error, TemplateSyntaxError):
        path = PurePosixPath(error.filename or origin(error.name or name, context))
        code, missing = "TG701", _unread(error, context)
        return _placed(code, missing, path, error.lineno, context)
    path, line = _innermost(error, name, context)
    code, missing = _said(error, context, _line(path, line, context))
    return _placed(code, missing, path, line, context)


def _placed(code: str, missing: Missing, path: PurePosixPath, line: int, context: RenderContext) -> Problem:
    return Problem(
        code, missing.message, place_of(missing.name, path, line, _source(path, context)), missing.hint
    )


def _source(path: PurePosixPath, context: RenderContext) -> str:
    return next(
        (source for template, source in context.templates.items() if origin(template, context) == path), ""
    )


def _line(path: PurePosixPath, line: int, context: RenderContext) -> str:
    lines = _source(path, context).split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _unread(error: TemplateSyntaxError, context: RenderContext) -> Missing:
    """Return the problem of a template that cannot be read."""
    made = environment(context, "")
    return unread(_clause(error.message or ""), made.filters, made.tests)


def _said(error: BaseException, context: RenderContext, text: str) -> tuple[str, Missing]:
    """Return the code and message of what a template raised at a line *text* while it ran."""
    if isinstance(error, UndefinedError):
        return "TG703", _undefined(error, context)
    if isinstance(error, TemplateNotFound):
        return "TG702", missing_template(str(error.name), context.templates)
    if isinstance(error, MissingAssetError):
        return "TG704", missing_asset(str(error.args[0]), context.assets)
    if isinstance(error, PrintedWholeError):
        return "TG720", printed_whole(error.fields, text)
    return _failed(error)


def _failed(error: BaseException) -> tuple[str, Missing]:
    """Return the code and message of *error*, which has no name of its own in the template."""
    if isinstance(error, SecurityError):
        message = say("the theme is not trusted, so this is refused: {error}", error=_clause(str(error)))
        hint = say("write it another way; or trust the theme, if you know what it does")
        return "TG715", Missing(message, hint, "")
    if isinstance(error, RecursionError):
        message = say("the template extends, includes or imports itself, or calls a macro that never ends")
        return "TG716", Missing(
            message, say("break the circle: put what both need into a third template"), ""
        )
    return "TG705", Missing(
        say("the template fails: {error}", error=_clause(str(error) or type(error).__name__)), "", ""
    )


def _undefined(error: UndefinedError, context: RenderContext) -> Missing:
    """Return the problem of what a template asks for in vain, which made it raise *error*."""
    known: set[str] = {*environment(context, "").globals}
    for frame in _stack(error.__traceback__):
        # `shown` is the view, as render_page() calls it: what the template could have asked for.
        view = frame.f_locals.get("shown")
        known |= view.keys() if isinstance(view, dict) else set()
    if isinstance(error, AbsentError) and error.name:
        return (
            missing_variable(error.name, known)
            if error.value is nothing
            else missing_field(error.name, error.value)
        )
    message = say("the template asks for what is not there: {error}", error=_clause(str(error)))
    return Missing(message, say("docs/templates.md lists what each template sees"), "")


def _clause(text: str) -> str:
    """Return *text* fit for the inside of a sentence: Jinja2 ends some of its messages with a stop."""
    return _MODULE.sub("", text.rstrip("."))


def _innermost(error: BaseException, name: str, context: RenderContext) -> tuple[PurePosixPath, int]:
    """Return the innermost template, and the line in it, that *error* went through."""
    files = {origin(template, context).as_posix() for template in context.templates}
    found = [frame for frame in _frames(error.__traceback__) if frame[0] in files]
    path, line = found[-1] if found else (origin(name, context).as_posix(), 1)
    return PurePosixPath(path), line


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next


def _stack(traceback: TracebackType | None) -> Iterator[FrameType]:
    while traceback is not None:
        yield traceback.tb_frame
        traceback = traceback.tb_next
