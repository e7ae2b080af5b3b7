"""Templates into pages: the one door to Jinja2.

A template sees the fields of its view, the theme's words, and nothing else. Each language has an
environment of its own, so that its words and direction are global and macros stay imported; the
environments share the compiled templates, and a process makes them once for each context.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from keyword import iskeyword
from pathlib import PurePosixPath
from types import CodeType, FrameType, TracebackType
from typing import Any, Final, NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.nodes import Call, EvalContext, Filter, Getattr, Template, Test
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Markup, Undefined, escape, missing  # type: ignore[attr-defined]  # of MarkupSafe
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Joiner

from timeline_gen.errors import ContentError, Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.fallback_words import with_languages
from timeline_gen.rendering.layout import View
from timeline_gen.rendering.template_globals import MissingAssetError, globals_of
from timeline_gen.rendering.template_places import (
    Missing,
    PrintedWholeError,
    missing_asset,
    missing_field,
    missing_template,
    missing_variable,
    place_of,
    printed_whole,
    refuse_whole,
    unread,
)
from timeline_gen.rendering.view_models import DateView, EventCard

FAILURES: Final = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    *(RecursionError, MemoryError),
)
"""What a template's own code can raise."""

MAX_PAGE: Final = 32 * 1024 * 1024
"""Letters that a page of a theme that is not trusted may have."""


class _Templates(BaseLoader):
    """Finds the templates of a context; they never change, so none is looked at twice."""

    def __init__(self, context: RenderContext) -> None:
        self.context = context

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self.context.templates.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, origin(template, self.context).as_posix(), lambda: True


class _Environment(Environment):
    """One whose templates see its globals themselves: none is ever changed or added to."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template sees beside its view; *d* where it brings more."""
        return {**self.globals, **d} if d else self.globals


class _Sandbox(ImmutableSandboxedEnvironment):
    """One for the templates of a theme that is not trusted, without the shortcuts of the others.

    Beyond the library's rules, attributes are read of values only, never of functions, and what would grow
    beyond all bounds is refused before it is worked out.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template sees beside its view; *d* where it brings more."""
        return {**self.globals, **(d or {})}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Tell whether a template may read *attr* of *obj*."""
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


_READABLE_CALLABLES: Final = (Macro, BlockReference, LoopContext, Joiner, Undefined)
_LARGEST: Final = 1_000_000
"""Letters or items that a repetition may make."""
_LONGEST: Final = 10_000
"""Bits that a number may have."""
_WIDTH: Final = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(?:\d{4,}|\*|\d*\.(?:\d{4,}|\*))")


def _repeats(left: object, right: object) -> bool:
    """Tell whether *left* times *right* repeats a text or a list too often, or makes a number too long."""
    for value, times in ((left, right), (right, left)):
        if isinstance(value, str | bytes | list | tuple) and isinstance(times, int):
            return len(value) * times > _LARGEST
    if isinstance(left, int) and isinstance(right, int):
        return left.bit_length() + right.bit_length() > _LONGEST
    return False


def _grows(left: object, right: object) -> bool:
    """Tell whether *left* to the power of *right* is too long a number."""
    return isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > _LONGEST


class AbsentError(UndefinedError):
    """A template uses what is not there."""

    def __init__(self, message: str, name: str, value: object) -> None:
        super().__init__(message)
        self.name = name
        self.value = value
        """What was asked for it; ``missing`` where it is a variable."""


class _Absent(StrictUndefined):
    """What is not there; whatever is done with it raises an error that knows its name."""

    __slots__ = ()

    def _fail(self, *_: object, **__: object) -> NoReturn:
        name = "" if self._undefined_name is None else str(self._undefined_name)
        raise AbsentError(self._undefined_message, name, self._undefined_obj)


for _name in dir(StrictUndefined):
    if getattr(StrictUndefined, _name) is Undefined._fail_with_undefined_error:  # noqa: SLF001 - as its own subclasses do
        setattr(_Absent, _name, _Absent._fail)  # noqa: SLF001


class _SharedCode(BytecodeCache):
    """Keeps compiled templates in memory, for the environments of the other languages."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known = known
        self.codes: dict[str, CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the file: a template of a theme bears two names, with and without that of the theme."""
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self.codes.get(bucket.key)
        if code is None and bucket.key in self._known:
            code = self.codes[bucket.key] = marshal.loads(self._known[bucket.key])  # noqa: S302 - our own
        bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.codes[bucket.key] = bucket.code


def codes_of(context: RenderContext) -> dict[str, bytes]:
    """Return the templates of *context* that have been compiled, for a context with the same templates."""
    if not context.trusted:
        return {}
    shared = environment(context, "").bytecode_cache
    codes = shared.codes if isinstance(shared, _SharedCode) else {}
    return {key: marshal.dumps(code) for key, code in codes.items()}


def render_page(name: str, view: View, context: RenderContext, lang: str) -> bytes:
    """Return the page that the template *name* makes of *view*, in the words of *lang*, as UTF-8.

    Raises ContentError where the template cannot be read, or asks for what is not there.
    """
    shown = {key: getattr(view, key) for key in view.__dataclass_fields__}
    if context.trusted:
        with suppress(*FAILURES):
            return _whole(environment(context, lang).get_template(name).render(shown), context, lang)
    try:
        template = environment(context, lang, careful=True).get_template(name)
        html = template.render(shown) if context.trusted else _within_bounds(template.generate(shown))
        return _whole(html, context, lang)
    except FAILURES as error:
        raise ContentError([problem_of(error, name, context)]) from error


def _whole(html: str, context: RenderContext, lang: str) -> bytes:
    """Return the page *html* with what is only in English marked so."""
    if any(one.fallback for one in context.catalogues.values()):
        language = context.languages.get(lang) or next(iter(context.languages.values()))
        html = with_languages(html, language.code, language.direction)
    return html.encode()


def _within_bounds(pieces: Iterable[str]) -> str:
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


def environment(context: RenderContext, lang: str, *, careful: bool = False) -> Environment:
    """Return the environment in which *context* renders pages in *lang*; of no language, that of the first.

    A *careful* one looks everything up as Jinja2 says, and knows what it did not find.
    """
    found = _environments(context, careful=careful)
    return found.get(lang) or found[""]


@lru_cache(maxsize=4)
def _environments(context: RenderContext, *, careful: bool) -> Mapping[str, Environment]:
    loader, codes = _Templates(context), _SharedCode({} if careful else context.codes)
    return {
        lang: _environment(context, lang, loader, codes, CarefulCode if careful else QuickCode)
        for lang in ("", *context.languages)
    }


def _environment(
    context: RenderContext,
    lang: str,
    loader: BaseLoader,
    codes: BytecodeCache,
    generator: type[CodeGenerator],
) -> Environment:
    kind: type[Environment] = _Environment if context.trusted else _Sandbox
    made = kind(
        loader=loader,
        bytecode_cache=codes if context.trusted else None,
        # What is constant would be worked out while the template is compiled.
        optimized=context.trusted,
        undefined=_Absent,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        # The code that is made for themes that are trusted asks by itself.
        finalize=None if context.trusted else refuse_whole,
    )
    if context.trusted:
        made.code_generator_class = generator
    else:
        del made.globals["lipsum"]
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(globals_of(context, lang))
    return made


# ---------------------------------------------------------------- what is done for every value and macro

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
    return escape(refuse_whole(value))


class KeptMacro(Macro):
    """A macro that remembers what it made of the cards and dates that many pages show."""

    def __init__(self, *arguments: Any, **more: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*arguments, **more)
        self._kept: dict[tuple[object, ...], tuple[object, str]] = {}
        plain = not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller)
        self._most = self._argument_count if plain else -1
        """How many arguments it takes by their places alone; else less than none."""

    def __call__(self, *arguments: object, **named: object) -> str:
        """Return what the library's macro does; where all arguments stand in their places, sooner."""
        left_out = self._most - len(arguments)
        if named or left_out < 0 or (arguments and type(arguments[0]) is EvalContext):
            return super().__call__(*arguments, **named)
        if left_out:
            arguments += (missing,) * left_out
        if not arguments or not _is_shared(arguments[0]) or not _PLAIN.issuperset(map(type, arguments[1:])):
            return _as_markup(Markup, self._func(*arguments))
        key = (id(arguments[0]), arguments[1:])
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MANY:
                self._kept.clear()
            # What it was made of is kept too, so that nothing else takes its identity.
            kept = self._kept[key] = (arguments[0], _as_markup(Markup, self._func(*arguments)))
        return kept[1]


def _is_shared(value: object) -> bool:
    """Tell whether *value* is one that a process makes once and shows on many pages."""
    if type(value) is DateView:
        return value.instead is None
    return type(value) is EventCard and not value.articles


class CarefulCode(CodeGenerator):
    """Compiles templates that look up the quick ``escape`` and ``Macro`` in place of the library's.

    A text without special characters is passed on as it is, and a macro that is given the same date or card
    as before gives what it gave then. What the macros of an imported template see beside their arguments
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
        """Write a filter; what may stand in for something absent is not chosen in haste."""
        with self._in_doubt(node.name in {"default", "d"}):
            super().visit_Filter(node, frame)

    @contextmanager
    def _in_doubt(self, doubtful: bool) -> Iterator[None]:
        self._doubts += doubtful
        yield
        self._doubts -= doubtful


# ---------------------------------------------------------------- what goes wrong


def check_templates(context: RenderContext) -> tuple[Problem, ...]:
    """Return a problem for each template that cannot be read, and for each language without words."""
    compiled = (problem for name in sorted(context.templates) for problem in _compiled(name, context))
    return (*compiled, *_wordless(context))


_LAZY: Final = "{{ ['a\\n']|pprint|wordwrap(5)|tojson|striptags|urlize }}{{ 'a b'|urlencode }}"
"""What loads modules of the library, and of Python, when it is first used."""


def load_all(context: RenderContext) -> None:
    """Make the environments of *context*, and load what the library loads only when something goes wrong."""
    for made in _environments(context, careful=True).values():
        for text in ("{{ nothing }}", "{% for", _LAZY):
            with suppress(TemplateError):
                made.from_string(text).render()


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


def origin(name: str, context: RenderContext) -> PurePosixPath:
    """Return the file that the template *name* comes from."""
    return context.origins.get(name) or PurePosixPath("templates", name)


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
    return next((source for one, source in context.templates.items() if origin(one, context) == path), "")


def _line(path: PurePosixPath, line: int, context: RenderContext) -> str:
    lines = _source(path, context).split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _unread(error: TemplateSyntaxError, context: RenderContext) -> Missing:
    """Return what to say of a template that cannot be read."""
    made = environment(context, "")
    return unread(_clause(error.message or ""), made.filters, made.tests)


def _said(error: BaseException, context: RenderContext, text: str) -> tuple[str, Missing]:
    """Return the code and what to say of what a template raised at a line *text* while it ran."""
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
    """Return the code and what to say of *error*, which has no name of its own in the template."""
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
    """Return what to say of what a template asks for in vain, which made it raise *error*."""
    known: set[str] = {*environment(context, "").globals}
    for frame in _stack(error.__traceback__):
        view = frame.f_locals.get("shown")
        known |= view.keys() if isinstance(view, dict) else set()
    if isinstance(error, AbsentError) and error.name:
        return (
            missing_variable(error.name, known)
            if error.value is missing
            else missing_field(error.name, error.value)
        )
    message = say("the template asks for what is not there: {error}", error=_clause(str(error)))
    return Missing(message, say("docs/templates.md lists what each template sees"), "")


_TOO_DEEP: Final = (RecursionError, MemoryError)

_MODULE: Final = re.compile(r"timeline_gen\.(?:pages|rendering)\.\w+\.")


def _clause(text: str) -> str:
    """Return *text* fit to stand inside a sentence: Jinja2 ends some of its messages with a stop."""
    return _MODULE.sub("", text.rstrip("."))


def _innermost(error: BaseException, name: str, context: RenderContext) -> tuple[PurePosixPath, int]:
    """Return the innermost template, and the line in it, that *error* went through."""
    files = {origin(one, context).as_posix() for one in context.templates}
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
