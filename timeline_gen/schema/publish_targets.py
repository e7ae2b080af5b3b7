"""The keys of a place that the site is published to, by the kind of place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic.json_schema import SkipJsonSchema

from timeline_gen.messages import say
from timeline_gen.schema.faults import Fault, KeyPath
from timeline_gen.schema.values import Address, Schema, Whole
from timeline_gen.text.suggestions import nearest

_Needed: TypeAlias = Annotated[str, Field(min_length=1)]


class TargetSchema(Schema):
    """A place that the site is published to: the keys that all kinds have."""

    to: str
    url: Address | None = None
    preview: bool = False
    strict: bool = False
    host: Literal["github", "gitlab", "codeberg", "netlify", "cloudflare"] | None = None
    policy: Literal["meta", "headers", "none"] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    keep: Annotated[Whole, Field(ge=0, le=100)] = 5
    deletions: Annotated[Whole, Field(ge=0, le=100)] = 20


class GitTarget(TargetSchema):
    """A branch of a repository."""

    to: Literal["git"]
    remote: _Needed
    branch: str = ""
    history: Literal["full", "single"] = "full"
    domain: str = ""


class FolderTarget(TargetSchema):
    """A folder of this machine."""

    to: Literal["folder"]
    path: _Needed


class RsyncTarget(TargetSchema):
    """A folder that rsync writes to."""

    to: Literal["rsync"]
    remote: _Needed


class S3Target(TargetSchema):
    """A bucket of S3, or of a service like it."""

    to: Literal["s3"]
    bucket: _Needed
    prefix: str = ""
    endpoint: Address | None = None
    region: str = ""
    cdn: str = ""


TARGET_KINDS: Final = (GitTarget, FolderTarget, RsyncTarget, S3Target)
_OWN: Final = {key for kind in TARGET_KINDS for key in kind.model_fields} - TargetSchema.model_fields.keys()
"""The keys that not all kinds have."""


class UnknownTarget(TargetSchema):
    """A target whose kind is missing or misspelt: always refused, but not for the keys of any kind."""

    to: Literal["git", "folder", "rsync", "s3"]

    @model_validator(mode="before")
    @classmethod
    def _without_own_keys(cls, data: object) -> object:
        return {key: data[key] for key in data if key not in _OWN} if isinstance(data, dict) else data


_GIT, _FOLDER, _RSYNC, _S3, _UNKNOWN = "‹git›", "‹folder›", "‹rsync›", "‹s3›", "‹unknown›"
_BY_TAG: Final[Mapping[str, type[TargetSchema]]] = dict(
    zip((_GIT, _FOLDER, _RSYNC, _S3), TARGET_KINDS, strict=True)
)
TARGET_TAGS: Final = frozenset({*_BY_TAG, _UNKNOWN})
"""The names of the branches in the paths of faults."""


def _tag_of(value: object) -> str:
    """Return the branch that *value* takes, by its ``to``."""
    tag = f"‹{value.get('to')}›" if isinstance(value, dict) else _UNKNOWN
    return tag if tag in _BY_TAG else _UNKNOWN


KnownTarget: TypeAlias = GitTarget | FolderTarget | RsyncTarget | S3Target
Target: TypeAlias = Annotated[
    Annotated[GitTarget, Tag(_GIT)]
    | Annotated[FolderTarget, Tag(_FOLDER)]
    | Annotated[RsyncTarget, Tag(_RSYNC)]
    | Annotated[S3Target, Tag(_S3)]
    | Annotated[SkipJsonSchema[UnknownTarget], Tag(_UNKNOWN)],
    Discriminator(_tag_of),
]
"""A target of the kind that its ``to`` names."""

NEEDED_EXAMPLES: Final = {
    "git": "remote: origin, or the address of a repository",
    "folder": "path: /srv/www/site",
    "rsync": "remote: host.example.org:/srv/www/site/",
    "s3": "bucket: the-bucket",
}
"""How the key that each kind needs is written."""


def target_fault(error: str, location: KeyPath, path: KeyPath) -> Fault | None:
    """Return the fault of a target that lacks the key of its kind, or has one of another kind; else None.

    *error* is pydantic's type, and *location* is *path* with the names of branches.
    """
    tag = str(location[2]) if location[:1] == ("publish",) and len(location) > 2 else ""
    if tag not in _BY_TAG:
        return None
    to, key = tag[1:-1], str(path[-1])
    if error == "missing":
        return _missing(to, key, path)
    if error == "extra_forbidden" and key in _OWN:
        return _of_another_kind(to, key, tuple(_BY_TAG[tag].model_fields), path)
    return None


def _missing(to: str, key: str, path: KeyPath) -> Fault:
    """Return the fault of the target that lacks *key*, at the target: the key may be there and be empty."""
    message = say("the key {needed!r} is missing, and a target with 'to: {to}' needs it", needed=key, to=to)
    return Fault(
        "TG301", path[:-1], message, say("write {examples}", examples=NEEDED_EXAMPLES[to]), lacks=key
    )


def _of_another_kind(to: str, key: str, here: tuple[str, ...], path: KeyPath) -> Fault:
    """Return the fault of a *key* that another kind of target has, where the keys *here* are known."""
    near = nearest(key, here)
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("its keys are {taken}", taken=", ".join(sorted(here)))
    )
    message = say("{key!r} belongs to another kind of target than 'to: {to}'", key=key, to=to)
    return Fault("TG311", path, message, hint)
