"""The small page at a former address: it leads on at once, and says so to those whose browser does not."""

from __future__ import annotations

from timeline_gen.planning.file_views import RedirectView
from timeline_gen.rendering.markup import xml_text


def write_redirect(view: RedirectView) -> bytes:
    """Return *view* as a page of HTML that works without a script, a style or a theme."""
    href, title = xml_text(view.href), xml_text(view.title.text)
    return (
        f'<!doctype html>\n<html lang="{view.lang}" dir="{view.direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={href}">\n'
        f'<link rel="canonical" href="{xml_text(view.url)}">\n</head>\n<body>\n'
        f'<p><a href="{href}" lang="{view.title.lang}" dir="{view.title.direction}">{title}</a></p>\n'
        "</body>\n</html>\n"
    ).encode()
