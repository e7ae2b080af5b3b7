"""The places that a site is published to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline_gen.model.texts import Position


@dataclass(frozen=True, slots=True)
class PublishTarget:
    """A place that the site is published to; what belongs to another kind of target is empty."""

    name: str
    to: str
    """``git``, ``folder``, ``rsync`` or ``s3``."""
    url: str = ""
    """The site's address there, ending with a slash; empty where that is the site's own address."""
    preview: bool = False
    """Whether search engines are asked not to index it."""
    strict: bool = False
    """Whether warnings keep the site from being published, too."""
    host: str = ""
    """Who serves it: ``github``, ``gitlab``, ``codeberg``, ``netlify``, ``cloudflare``; empty for others."""
    policy: str = "none"
    """How the content security policy is sent: ``meta`` in the pages, ``headers``, or ``none``."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers in place of the usual ones; an empty value leaves one out."""
    keep: int = 5
    """How many earlier generations are kept."""
    deletions: int = 20
    """How many per cent of the files may be deleted without a question."""
    remote: str = ""
    """The repository, or where rsync writes to."""
    branch: str = ""
    history: str = "full"
    """``full``, or ``single`` for a single commit."""
    domain: str = ""
    """The name that the host serves the site under (``CNAME``)."""
    path: str = ""
    """The folder."""
    bucket: str = ""
    prefix: str = ""
    """What all keys in the bucket begin with; ends with a slash unless empty."""
    endpoint: str = ""
    region: str = ""
    cdn: str = ""
    """The id of a CloudFront distribution whose changed paths are invalidated."""
    position: Position = (1, 1)
