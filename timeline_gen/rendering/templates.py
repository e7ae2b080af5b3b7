"""Templates into pages: the one door to Jinja2.

A template sees the fields of its view, the theme's words, and nothing else. Each language has an
environment of its own, so that its words and direction are global and macros stay imported; the
environments share the compiled templates, and a process makes them once for each kit.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from keyword import iskeyword
from pathlib import PurePosixPath
from types import CodeType, TracebackType
from typing import Any, Final

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
from jinja2.compiler import CodeGenerator
from jinja2.nodes import Call, EvalContext, Filter, Getattr, Template, Test
from jinja2.runtime import Macro, Markup, escape, missing  # type: ignore[attr-defined]  # of MarkupSafe

from timeline_gen.errors import ContentError, Level, Place, Problem
from timeline_gen.planning.parts import DateView, EventCard
from timeline_gen.planning.surroundings import Frame, Head
from timeline_gen.planning.views import View
from timeline_gen.rendering.kit import Kit
from timeline_gen.rendering.linked import linked_data
from timeline_gen.text.digits import to_digits
from timeline_gen.text.plurals import Catalogue

FAILURES: Final = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template's own code can raise."""


class MissingAssetError(LookupError):
    """A template asks for a static file that the theme has not."""


class _Templates(BaseLoader):
    """Finds the templates of a kit; they never change, so none is looked at twice."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - Jinja2's interface
        source = self.kit.templates.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, origin(template, self.kit).as_posix(), lambda: True


class _Environment(Environment):
    """One whose templates see its globals themselves: none is ever changed or added to."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template sees beside its view; *d* where it brings more."""
        return {**self.globals, **d} if d else self.globals


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


def codes_of(kit: Kit) -> dict[str, bytes]:
    """Return the templates of *kit* that have been compiled, for a kit with the same templates."""
    shared = environment(kit, "").bytecode_cache
    codes = shared.codes if isinstance(shared, _SharedCode) else {}
    return {key: marshal.dumps(code) for key, code in codes.items()}


def render_page(name: str, view: View, kit: Kit, lang: str) -> bytes:
    """Return the page that the template *name* makes of *view*, in the words of *lang*, as UTF-8.

    Raises ContentError where the template cannot be read, or asks for what is not there.
    """
    shown = {key: getattr(view, key) for key in view.__dataclass_fields__}
    with suppress(*FAILURES):
        return environment(kit, lang).get_template(name).render(shown).encode()
    try:
        return environment(kit, lang, careful=True).get_template(name).render(shown).encode()
    except FAILURES as error:
        raise ContentError([problem_of(error, name, kit)]) from error


def environment(kit: Kit, lang: str, *, careful: bool = False) -> Environment:
    """Return the environment in which *kit* renders pages in *lang*; of no language, that of the first.

    A *careful* one looks everything up as Jinja2 says, and knows what it did not find.
    """
    found = _environments(kit, careful=careful)
    return found.get(lang) or found[""]


@lru_cache(maxsize=4)
def _environments(kit: Kit, *, careful: bool) -> Mapping[str, Environment]:
    loader, codes = _Templates(kit), _SharedCode({} if careful else kit.codes)
    return {
        lang: _environment(kit, lang, loader, codes, CarefulCode if careful else QuickCode)
        for lang in ("", *kit.languages)
    }


def _environment(
    kit: Kit, lang: str, loader: BaseLoader, codes: BytecodeCache, generator: type[CodeGenerator]
) -> Environment:
    made = _Environment(
        loader=loader,
        bytecode_cache=codes,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.code_generator_class = generator
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(_globals(kit, lang))
    return made


def _globals(kit: Kit, lang: str) -> Mapping[str, object]:
    first = next(iter(kit.languages.values()))
    language = kit.languages.get(lang, first)
    catalogue = kit.catalogues[language.code]
    return {
        "_": catalogue.gettext,
        "gettext": catalogue.gettext,
        "ngettext": catalogue.ngettext,
        "pgettext": catalogue.pgettext,
        "npgettext": catalogue.npgettext,
        "in_language": partial(_in_language, kit),
        "number": partial(_number, language.digits),
        "asset": partial(_asset, kit),
        "has_asset": kit.assets.__contains__,
        "kept": Kept(),
        "linked_data": partial(_linked_data, catalogue),
        "lang": language.code,
        "dir": language.direction,
    }


def _number(digits: str, value: float) -> str:
    return to_digits(str(value), digits)


def _in_language(kit: Kit, lang: str, message: str) -> str:
    return kit.catalogues[lang].gettext(message)


def _linked_data(catalogue: Catalogue, head: Head) -> str:
    return linked_data(head, catalogue.pgettext)


def _asset(kit: Kit, name: str) -> str:
    if name not in kit.assets:
        raise MissingAssetError(name)
    return kit.assets[name]


class Kept:
    """Remembers what surrounds every page of a language, such as the menu, while its frame is the same."""

    def __init__(self) -> None:
        self._kept: tuple[Frame | None, dict[tuple[str, str, str], str]] = (None, {})

    def __call__(self, name: str, frame: Frame, head: Head, caller: Callable[[], str]) -> str:
        """Return the part *name*, made by *caller* from *frame*, the root and the own menu item of *head*."""
        made_from, parts = self._kept
        if made_from is not frame:
            parts = {}
            self._kept = (frame, parts)
        own = any(item.href == head.address for item in (*frame.menu, *frame.footer))
        key = (name, head.root, head.address if own else "")
        part = parts.get(key)
        if part is None:
            part = parts[key] = caller()
        return part


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
    return escape(value)


class KeptMacro(Macro):
    """A macro that remembers what it made of the cards and dates that many pages show."""

    def __init__(self, *arguments: Any, **more: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*arguments, **more)
        self._kept: dict[tuple[object, ...], tuple[object, str]] = {}
        plain = not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller)
        self._most = self._argument_count if plain else -1
        """How many arguments it takes by their places alone; else less than none."""

    def __call__(self, *arguments: Any, **named: Any) -> str:  # noqa: ANN401 - as the library has it
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

    def visit_Template(self, node: Template, frame: Any = None) -> None:  # noqa: ANN401, N802 - as the library has it
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

    def visit_Getattr(self, node: Getattr, frame: Any) -> None:  # noqa: ANN401, N802 - as the library has it
        """Write a look at an attribute."""
        if self._doubts or not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: Call, frame: Any, forward_caller: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002, N802 - as the library has it
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

    def visit_Test(self, node: Test, frame: Any) -> None:  # noqa: ANN401, N802 - as the library has it
        """Write a test; whether something is there is not asked in haste."""
        with self._in_doubt(node.name in {"defined", "undefined"}):
            super().visit_Test(node, frame)

    def visit_Filter(self, node: Filter, frame: Any) -> None:  # noqa: ANN401, N802 - as the library has it
        """Write a filter; what may stand in for something absent is not chosen in haste."""
        with self._in_doubt(node.name in {"default", "d"}):
            super().visit_Filter(node, frame)

    @contextmanager
    def _in_doubt(self, doubtful: bool) -> Iterator[None]:  # noqa: FBT001
        self._doubts += doubtful
        yield
        self._doubts -= doubtful


# ---------------------------------------------------------------- what goes wrong


def check_templates(kit: Kit) -> tuple[Problem, ...]:
    """Return a problem for each template of *kit* that cannot be read, and each language without words."""
    compiled = (problem for name in sorted(kit.templates) for problem in _compiled(name, kit))
    return (*compiled, *_wordless(kit))


def _wordless(kit: Kit) -> Iterator[Problem]:
    folder = next(iter(kit.origins.values()), PurePosixPath("templates", "x")).parents[1]
    for lang, catalogue in kit.catalogues.items():
        if not catalogue.messages:
            yield Problem(
                "TG709",
                f"the theme has no words for the language {lang!r}, whose pages show those of the templates",
                Place(folder / "locale" / f"{lang}.po"),
                "translate the catalogue of another language",
                Level.WARNING,
            )


def _compiled(name: str, kit: Kit) -> Iterator[Problem]:
    try:
        environment(kit, "").get_template(name)
    except TemplateError as error:
        yield problem_of(error, name, kit)


def origin(name: str, kit: Kit) -> PurePosixPath:
    """Return the file that the template *name* comes from."""
    return kit.origins.get(name) or PurePosixPath("templates", name)


def problem_of(error: BaseException, name: str, kit: Kit) -> Problem:
    """Return what *error* means to the author of the template *name*, at its file and line."""
    if isinstance(error, TemplateSyntaxError):
        place = Place(PurePosixPath(error.filename or origin(error.name or name, kit)), error.lineno)
        return Problem("TG701", f"the template cannot be read: {_clause(error.message or '')}", place)
    place = _place(error, name, kit)
    if isinstance(error, TemplateNotFound):
        return Problem(
            "TG702",
            f"the theme has no template {error.name!r}",
            place,
            "write it into the theme's folder templates/, or name one that the theme it extends has",
        )
    if isinstance(error, MissingAssetError):
        return Problem(
            "TG704",
            f"the template asks for the static file {error.args[0]!r}, which the theme has not",
            place,
            "put it into the theme's folder static/",
        )
    if isinstance(error, UndefinedError):
        hint = "docs/templates.md lists what each template sees"
        return Problem(
            "TG703", f"the template asks for what is not there: {_clause(str(error))}", place, hint
        )
    return Problem("TG705", f"the template fails: {_clause(str(error) or type(error).__name__)}", place)


_MODULE: Final = re.compile(r"timeline_gen\.planning\.\w+\.")


def _clause(text: str) -> str:
    """Return *text* fit to stand inside a sentence: Jinja2 ends some of its messages with a stop."""
    return _MODULE.sub("", text.rstrip("."))


def _place(error: BaseException, name: str, kit: Kit) -> Place:
    """Return the innermost place in a template that *error* went through."""
    files = {origin(one, kit).as_posix() for one in kit.templates}
    found = [frame for frame in _frames(error.__traceback__) if frame[0] in files]
    path, line = found[-1] if found else (origin(name, kit).as_posix(), 1)
    return Place(PurePosixPath(path), line)


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next
