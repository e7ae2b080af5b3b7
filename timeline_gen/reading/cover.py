"""The picture that the site opens with: named in ``site.yaml``, found among the pictures of the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from timeline_gen.errors import Problem
from timeline_gen.model.assets import Asset, Media
from timeline_gen.model.settings import Settings
from timeline_gen.reading.assets.finding import find_asset, note_missing_alt
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.media import text_in, text_languages
from timeline_gen.reading.site_paths import CONTENT, SETTINGS
from timeline_gen.schema.media import PictureSchema


def cover_of(matter: PictureSchema, codes: Sequence[str]) -> dict[str, Media]:
    """Return the cover that *matter* describes, by the languages of its texts, of *codes* first."""
    return {
        lang: Media(
            matter.src, text_in(matter.alt, lang), text_in(matter.caption, lang), text_in(matter.credit, lang)
        )
        for lang in text_languages(matter, codes) or ("",)
    }


def find_cover(
    settings: Settings, assets: Mapping[PurePosixPath, Asset]
) -> tuple[dict[str, Media], tuple[Problem, ...]]:
    """Return the cover that *settings* name with its file among *assets*; none after noting why."""
    if not settings.cover:
        return {}, ()
    diagnostics = Diagnostics(SETTINGS)
    position = next(
        (settings.positions[key] for key in ("cover.src", "cover") if key in settings.positions), (1, 1)
    )
    named = next(iter(settings.cover.values())).src
    picture = find_asset(named, position, diagnostics, assets, folder=PurePosixPath(CONTENT))
    if picture is None:
        return {}, diagnostics.sorted()
    if not any(media.alt for media in settings.cover.values()):
        note_missing_alt(diagnostics, position)
    return {
        lang: replace(media, picture=picture) for lang, media in settings.cover.items()
    }, diagnostics.sorted()
