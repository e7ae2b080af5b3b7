"""Files of the site as readers see them: what they are called, their kind and their size."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.model.assets import Asset, Attachment
from timeline_gen.model.settings import Language
from timeline_gen.pages.site import SiteContext, best
from timeline_gen.reading.assets.kinds import label_of
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.view_models import FileView
from timeline_gen.text.content_types import type_of
from timeline_gen.text.sizes import size_text

_OPENED: Final = frozenset(
    [
        ".pdf",
        ".txt",
        ".json",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".svg",
        ".mp4",
        ".webm",
        ".mp3",
        ".m4a",
        ".ogg",
        ".opus",
        ".wav",
    ]
)
"""Kinds that browsers open; all others they save."""


def file_view(asset: Asset, title: Words | None, language: Language) -> FileView:
    """Return *asset*, called *title*, or else by its name, for readers of *language*."""
    return FileView(
        href=str(asset.address),
        title=title or Words(asset.path.name, "", "auto"),
        type=type_of(str(asset.address)).partition(";")[0],
        label=label_of(asset.path),
        size=size_text(asset.size, language),
        save_as=saved_as(asset.address),
    )


def file_views(
    files: Mapping[str, tuple[Attachment, ...]], lang: str, site: SiteContext
) -> tuple[FileView, ...]:
    """Return those of *files* whose titles are in *lang*, else in the first language that has them."""
    if not files:
        return ()
    found, language = best(files, lang, site.languages), site.languages[lang]
    own = site.languages.get(found) or language
    return tuple(
        file_view(file.asset, Words(file.title, own.code, own.direction) if file.title else None, language)
        for file in files[found]
    )


def saved_as(address: PurePosixPath) -> str:
    """Return the name under which a browser saves the file at *address*; empty where it opens it."""
    if address.suffix in _OPENED:
        return ""
    # Without the hash that its address carries.
    return f"{address.stem.rpartition('.')[0]}{address.suffix}"
