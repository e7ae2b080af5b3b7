"""The keys of pictures, films, sounds and files."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias, TypeVar

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from timeline_gen.schema.values import (
    LIST,
    MAPPING,
    TEXT,
    LineByLanguage,
    Prose,
    Schema,
    Text,
    TextByLanguage,
    Words,
    branch_of,
)


class ImageSchema(Schema):
    """A picture."""

    src: Text
    alt: Prose = ""
    caption: Prose = ""
    credit: Words = ""


class MediaSchema(ImageSchema):
    """A picture, a film, a sound, a document or an embed that belongs to an event."""

    poster: str = ""
    captions: LineByLanguage | None = None
    transcript: Prose = ""


class FileSchema(Schema):
    """A file that an article or an event offers."""

    src: Text
    title: Words = ""


def _as_source(value: object) -> object:
    """Read a path that is given where a mapping may be as its ``src``."""
    # An empty text stays one, so that the fault is an empty path and not a missing key.
    return {"src": value} if isinstance(value, str) and value else value


_Sourced = TypeVar("_Sourced", bound=Schema)
"""What is given by its ``src`` and texts about it."""
_PATH: Final = WithJsonSchema({"type": "string", "minLength": 1})
_OrPath: TypeAlias = Annotated[
    Annotated[_Sourced, BeforeValidator(_as_source), Tag(TEXT), _PATH] | Annotated[_Sourced, Tag(MAPPING)],
    Discriminator(branch_of),
]
_OrPathOrList: TypeAlias = Annotated[
    Annotated[_Sourced, BeforeValidator(_as_source), Tag(TEXT), _PATH]
    | Annotated[_Sourced, Tag(MAPPING)]
    | Annotated[tuple[_OrPath[_Sourced], ...], Field(min_length=1), Tag(LIST)],
    Discriminator(branch_of),
]
Image: TypeAlias = _OrPath[ImageSchema]
"""A picture, or its path."""
MediaOrList: TypeAlias = _OrPathOrList[MediaSchema]
FilesOrOne: TypeAlias = _OrPathOrList[FileSchema]


class PictureSchema(Schema):
    """A picture whose texts may be given by language."""

    src: Text
    alt: TextByLanguage | None = None
    caption: TextByLanguage | None = None
    credit: LineByLanguage | None = None


Picture: TypeAlias = _OrPath[PictureSchema]
