"""A view into a page, by a template."""

from __future__ import annotations

from contextlib import suppress

from timeline_gen.errors import ContentError
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.fallback_words import with_languages
from timeline_gen.rendering.layout import View
from timeline_gen.rendering.templates.environments import environment
from timeline_gen.rendering.templates.failures import FAILURES, problem_of
from timeline_gen.rendering.templates.sandbox import within_bounds


def render_page(name: str, view: View, context: RenderContext, lang: str) -> bytes:
    """Return the page that the template *name* makes of *view*, in the words of *lang*, as UTF-8.

    Raises ContentError where the template cannot be read, or asks for what is not there.
    """
    shown = {key: getattr(view, key) for key in view.__dataclass_fields__}
    if context.trusted:
        # What fails here is made again below, by code that knows what it did not find.
        with suppress(*FAILURES):
            return _whole(environment(context, lang).get_template(name).render(shown), context, lang)
    try:
        template = environment(context, lang, careful=True).get_template(name)
        html = template.render(shown) if context.trusted else within_bounds(template.generate(shown))
        return _whole(html, context, lang)
    except FAILURES as error:
        raise ContentError([problem_of(error, name, context)]) from error


def _whole(html: str, context: RenderContext, lang: str) -> bytes:
    """Return the page *html* with what is only in English marked so."""
    if any(catalogue.fallback for catalogue in context.catalogues.values()):
        language = context.languages.get(lang) or next(iter(context.languages.values()))
        html = with_languages(html, language.code, language.direction)
    return html.encode()
