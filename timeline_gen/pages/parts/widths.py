"""The widths in which a picture is written, so that a phone need not load what a desk can show.

A picture has one file for each width, up to three; the widest bears the picture's own address. A photograph
(JPEG) has the same in WebP, which is smaller, for browsers that know it. Drawings (SVG) fit every width by
themselves, and of a GIF, which may move, there is one file.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.reading.prose.finishing import HAS_WEBP
from timeline_gen.rendering.view_models import PictureWidth

STEPS: Final = (480, 960)
WIDEST: Final = 1920
"""No picture is written wider, in pixels."""
WEBP: Final = ".webp"
_ONE_FILE: Final = frozenset({".svg", ".gif"})
_ENOUGH: Final = 0.8
"""A step is left out where it is nearly as wide as the picture itself."""
_SIZES: Final = "(min-width: 44rem) 42rem, 100vw"
"""How wide a picture is in a text, by the width of the window."""

_PICTURE: Final = re.compile(
    r'<img src="site:(?P<address>[^"]+)"(?P<alt> alt="[^"]*") width="(?P<width>\d+)" height="(?P<height>\d+)"'
    rf"(?P<webp>{HAS_WEBP})?(?P<rest>[^>]*>)"
)


class Sized(NamedTuple):
    """One file of a picture."""

    address: PurePosixPath
    width: int


def shown_size(address: PurePosixPath, width: int, height: int) -> tuple[int, int]:
    """Return the size of the widest file of the picture at *address*, which is *width* by *height* itself."""
    if width <= WIDEST or address.suffix in _ONE_FILE:
        return width, height
    return WIDEST, max(1, round(height * WIDEST / width))


def files_of(address: PurePosixPath, width: int, height: int, *, webp: bool = False) -> tuple[Sized, ...]:
    """Return the files of the picture at *address*, narrowest first; the last one is at that address.

    Those in *webp*, where it has such, come before.
    """
    if webp:
        return (*_in_webp(address, width, height), *files_of(address, width, height))
    widest, _ = shown_size(address, width, height)
    steps = () if address.suffix in _ONE_FILE else tuple(step for step in STEPS if step <= widest * _ENOUGH)
    return (*(Sized(_narrower(address, step), step) for step in steps), Sized(address, widest))


def _in_webp(address: PurePosixPath, width: int, height: int) -> tuple[Sized, ...]:
    files = files_of(address, width, height)
    return tuple(Sized(file.address.with_suffix(WEBP), file.width) for file in files)


def _narrower(address: PurePosixPath, width: int) -> PurePosixPath:
    """Return the address of the picture at *address* in *width* pixels; the hash stays at the name's end."""
    stem, _, digest = address.stem.rpartition(".")
    return address.with_name(f"{stem}-{width}.{digest}{address.suffix}")


def widths_of(address: PurePosixPath, width: int, height: int) -> tuple[PictureWidth, ...]:
    """Return the files of a picture as a page offers them; none where there is only one to choose."""
    files = files_of(address, width, height)
    return tuple(PictureWidth(str(file.address), file.width) for file in files) if len(files) > 1 else ()


def webp_widths(address: PurePosixPath, width: int, height: int) -> tuple[PictureWidth, ...]:
    """Return the files of a photograph in WebP as a page offers them."""
    return tuple(
        PictureWidth(str(picture.address), picture.width) for picture in _in_webp(address, width, height)
    )


def with_widths(html: str, root: str) -> str:
    """Return *html*, whose pictures are still marked, with the widths of each; *root* leads to the site."""

    def picture(match: re.Match[str]) -> str:
        address, width, height = PurePosixPath(match["address"]), int(match["width"]), int(match["height"])
        size = shown_size(address, width, height)
        offered = ", ".join(
            f"{escape(root + picture.href)} {picture.width}w" for picture in widths_of(address, width, height)
        )
        choice = f' srcset="{offered}" sizes="{_SIZES}"' if offered else ""
        sized = f'{match["alt"]} width="{size[0]}" height="{size[1]}"{match["rest"]}'
        shown = f'<img src="site:{match["address"]}"{choice}{sized}'
        if not match["webp"]:
            return shown
        others = ", ".join(
            f"{escape(root + webp_width.href)} {webp_width.width}w"
            for webp_width in webp_widths(address, width, height)
        )
        source = f'<source type="image/webp" srcset="{others}" sizes="{_SIZES}">'
        return f"<picture>{source}{shown}</picture>"

    return _PICTURE.sub(picture, html)
