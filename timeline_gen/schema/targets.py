"""The keys of a place that the site is published to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from timeline_gen.schema.values import Address, Schema, Whole


class TargetSchema(Schema):
    """A place that the site is published to."""

    to: Literal["git", "folder", "rsync", "s3"]
    url: Address | None = None
    preview: bool = False
    strict: bool = False
    host: Literal["github", "gitlab", "codeberg", "netlify", "cloudflare"] | None = None
    policy: Literal["meta", "headers", "none"] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    keep: Annotated[Whole, Field(ge=0, le=100)] = 5
    deletions: Annotated[Whole, Field(ge=0, le=100)] = 20
    remote: str = ""
    branch: str = ""
    history: Literal["full", "single"] = "full"
    domain: str = ""
    path: str = ""
    bucket: str = ""
    prefix: str = ""
    endpoint: Address | None = None
    region: str = ""
    cdn: str = ""
