"""Files among the content that texts show or offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

_PHOTOGRAPHS: Final = frozenset({".jpg", ".jpeg"})

_LARGE: Final = 10_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file among the content that texts show or offer, measured."""

    path: PurePosixPath
    """Relative to the site's folder."""
    address: PurePosixPath
    """Where it is in the site, under a name that carries the hash of its content."""
    kind: str = "picture"
    """``picture``, ``film``, ``audio``, ``document``; ``refused`` or ``broken`` where it is not published."""
    size: int = 0
    """In bytes, as it is published; of a picture as it is given."""
    width: int = 0
    """In pixels; 0 of what shows nothing by itself."""
    height: int = 0

    @property
    def has_webp(self) -> bool:
        """Return whether it is a photograph that is offered as WebP, too; small ones are not."""
        return self.address.suffix in _PHOTOGRAPHS and self.size >= _LARGE


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article or an event offers."""

    asset: Asset
    src: str
    """Its path, as typed."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a film, a sound, a document or an embed that belongs to an event."""

    src: str
    alt: str = ""
    caption: str = ""
    """Plain text."""
    credit: str = ""
    picture: Asset | None = None
    """The file, where *src* names a picture of the site."""
    caption_html: str = ""
    """Clean HTML of one line; empty where the caption has no markup."""
    credit_html: str = ""
    file: Asset | None = None
    """The file, where *src* names anything else of the site."""
    poster: Asset | None = None
    """The picture that a film shows before it plays."""
    captions: Mapping[str, Asset] = field(default_factory=dict)
    """The captions of a film or a sound, as WebVTT, by language."""
    transcript: str = ""
    """The same as clean HTML."""
    transcript_lang: str = ""
    """The language of that, where it is another version's."""
    transcript_file: Asset | None = None

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Return the files that belong to it."""
        own = (self.picture, self.file, self.poster, *self.captions.values(), self.transcript_file)
        return tuple(asset for asset in own if asset)
