"""The environments in which Jinja2 renders the templates of a context, and their compiled code.

A template sees the fields of its view, the theme's words, and nothing else. Each language has an
environment of its own, so that its words and direction are global and macros stay imported; the
environments share the compiled templates, and a process makes them once for each context.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache
from pathlib import PurePosixPath
from types import CodeType
from typing import Final, NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    UndefinedError,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Undefined

from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.templates.globals import globals_of
from timeline_gen.rendering.templates.places import refuse_whole
from timeline_gen.rendering.templates.quick_code import CarefulCode, QuickCode
from timeline_gen.rendering.templates.sandbox import Sandbox


class _Environment(Environment):
    """One whose templates see its globals themselves: none is ever changed or added to."""

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """Return what a template sees besides its view; *d* where it brings more."""
        return {**self.globals, **d} if d else self.globals


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


# The library gives its failing method to each operator by name: to override it changes none of these.
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


def origin(name: str, context: RenderContext) -> PurePosixPath:
    """Return the file that the template *name* comes from."""
    return context.origins.get(name) or PurePosixPath("templates", name)


def environment(context: RenderContext, lang: str, *, careful: bool = False) -> Environment:
    """Return the environment in which *context* renders pages in *lang*; of no language, that of the first.

    A *careful* one looks everything up as Jinja2 does, and knows what it did not find.
    """
    found = _environments(context, careful=careful)
    return found.get(lang) or found[""]


def _loader(context: RenderContext) -> FunctionLoader:
    """Return what finds the templates of *context*; they never change, so none is looked at twice."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = context.templates.get(name)
        return None if source is None else (source, origin(name, context).as_posix(), lambda: True)

    return FunctionLoader(load)


@lru_cache(maxsize=4)
def _environments(context: RenderContext, *, careful: bool) -> Mapping[str, Environment]:
    loader, codes = _loader(context), _SharedCode({} if careful else context.codes)
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
    kind: type[Environment] = _Environment if context.trusted else Sandbox
    made = kind(
        loader=loader,
        # Code for trusted themes lacks the checks that the sandbox compiles in.
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
        # One call of it makes a text of any length.
        del made.globals["lipsum"]
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(globals_of(context, lang))
    return made


_LAZY: Final = "{{ ['a\\n']|pprint|wordwrap(5)|tojson|striptags|urlize }}{{ 'a b'|urlencode }}"
"""What loads modules of the library, and of Python, when it is first used."""


def load_all(context: RenderContext) -> None:
    """Make the environments of *context*, and load what the library loads only when something goes wrong."""
    for made in _environments(context, careful=True).values():
        for text in ("{{ nothing }}", "{% for", _LAZY):
            with suppress(TemplateError):
                made.from_string(text).render()
