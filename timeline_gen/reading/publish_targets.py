"""``publish:`` in ``site.yaml``: the places that the site is published to, checked and complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.model.texts import Position
from timeline_gen.reading.assets.kinds import PICTURE
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import position_at
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.schema.publish_targets import (
    NEEDED_EXAMPLES,
    FolderTarget,
    GitTarget,
    KnownTarget,
    RsyncTarget,
    Target,
    UnknownTarget,
)
from timeline_gen.schema.site import PolicySchema
from timeline_gen.text.slugs import slug_fault, slugify

_BRANCHES: Final[Mapping[str, str]] = {"codeberg": "pages", "gitlab": "pages", "netlify": "site"}
_WITH_HEADERS: Final = frozenset({"netlify", "cloudflare"})
"""The hosts that read ``_headers``."""
_PASSWORD: Final = re.compile(r"^[a-z0-9+.-]+://[^/@\s]*:[^/@\s]+@", re.IGNORECASE)
_TOKEN: Final = re.compile(r"^https?://[^/@\s]+@", re.IGNORECASE)

# default-src decides about neither base-uri nor form-action (CSP Level 3); an injected <base> would
# move all links.
_POLICY: Final = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"


_DIRECTIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "script-src": ("script",),
    "style-src": ("style",),
    "img-src": ("image", "script"),
    "font-src": ("font",),
    "frame-src": ("frame",),
    "connect-src": ("connect", "script"),
}
"""The directives, and which of the hosts under ``policy:`` each permits: a script may send to its own host,
by a request or by a picture of one pixel."""
_POLICY_HOST: Final = re.compile(
    r"(?:https://)?((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?)/?", re.IGNORECASE
)


def policy_of(search: str, hosts: Mapping[str, tuple[str, ...]]) -> str:
    """Return the content security policy of a site with the *search* engine (CSP, level 3).

    *hosts* are others that its pages may load from, by what they load.
    """
    parts = [_POLICY]
    for directive, kinds in _DIRECTIVES.items():
        sources = [host for kind in kinds for host in hosts.get(kind, ())]
        if directive == "script-src" and search == "pagefind":
            # Pagefind is WebAssembly, which script-src 'self' does not let a page compile (CSP Level 3).
            sources.insert(0, "'wasm-unsafe-eval'")
        if sources:
            parts.append(" ".join((directive, "'self'", *dict.fromkeys(sources))))
    return "; ".join(parts)


def policy_hosts(matter: PolicySchema, tree: YamlMap, diagnostics: Diagnostics) -> dict[str, tuple[str, ...]]:
    """Return the hosts that *matter* names, as a policy names them; what is none is a problem."""
    hosts: dict[str, tuple[str, ...]] = {}
    for kind in PolicySchema.model_fields:
        found: list[str] = []
        for number, typed in enumerate(getattr(matter, kind)):
            host = _POLICY_HOST.fullmatch(typed)
            if host:
                found.append(f"https://{host[1].lower()}")
                continue
            message = say("{typed!r} is no host that pages may load from", typed=typed)
            hint = say("write only the name, as in policy: {{{kind}: [stats.example.org]}}", kind=kind)
            diagnostics.add("TG860", message, position_at(tree, ("policy", kind, number)), hint)
        if found:
            hosts[kind] = tuple(found)
    return hosts


_FILE_LIMITS: Final[Mapping[str, tuple[int, str]]] = {
    "cloudflare": (20_000, say("the free plan of Cloudflare Pages takes 20,000")),
    "gitlab": (200_000, say("GitLab Pages takes 200,000")),
}
"""How many files a host takes, and in words."""


def too_many_files(target: PublishTarget, count: int) -> tuple[Problem, ...]:
    """Return the problem of a host of *target* that does not take *count* files, or only twice as many."""
    most, because = _FILE_LIMITS.get(target.host, (2 * count, ""))
    if 2 * count <= most:
        return ()
    return (
        Problem(
            "TG855",
            say(
                "the target {name!r} gets {count:,} files, and {said}",
                name=target.name,
                count=count,
                said=because,
            ),
            Place(PurePosixPath("site.yaml"), *target.position),
            say("make fewer with 'embeds:' and 'data:', choose a plan that takes more, or another host"),
            Level.WARNING if count > most else Level.INFO,
        ),
    )


_SIZE_LIMITS: Final = {"cloudflare": (25 * 1024 * 1024, say("Cloudflare Pages takes files of up to 25 MiB"))}
"""How many bytes a file may have at a host, and in words."""


def too_large_files(target: PublishTarget, assets: Iterable[Asset]) -> Iterator[Problem]:
    """Yield a problem for each of *assets* that the host of *target* does not take."""
    most, because = _SIZE_LIMITS.get(target.host, (0, ""))
    for asset in assets:
        if because and asset.kind != PICTURE and asset.size > most:
            message = say(
                "this file has {size:.0f} MiB, and {said}: {name!r} lacks it",
                size=asset.size / 1024 / 1024,
                said=because,
                name=target.name,
            )
            hint = say(
                "save it smaller, or put it where large files are served and give its address: src: https://…"
            )
            yield Problem("TG856", message, Place(asset.path), hint, Level.WARNING)


def in_pages(target: PublishTarget) -> bool:
    """Return whether the site as it is built for its own address carries the policy for *target*."""
    return target.policy == "meta" and not target.url and not target.preview


def read_targets(
    given: Mapping[str, Target], tree: YamlMap, diagnostics: Diagnostics
) -> dict[str, PublishTarget]:
    """Return the targets *given*, by name; what is wrong with them is put into *diagnostics*."""
    known = {name: matter for name, matter in given.items() if not isinstance(matter, UnknownTarget)}
    return {name: _target(name, matter, tree, diagnostics) for name, matter in known.items()}


def _target(name: str, matter: KnownTarget, tree: YamlMap, diagnostics: Diagnostics) -> PublishTarget:
    position = position_at(tree, ("publish", name))
    if fault := slug_fault(name):
        hint = say("write {name}", name=slugify(name) or "production")
        diagnostics.add(
            "TG307",
            say("a target cannot be called {name!r}: the name {fault}", name=name, fault=fault),
            position,
            hint,
        )
    target = _with_own(_with_common(name, matter, position), matter)
    _check_secrets(target, tree, diagnostics)
    _check_names(target, tree, diagnostics)
    return target


def _with_common(name: str, matter: KnownTarget, position: Position) -> PublishTarget:
    """Return the target *name* with what all kinds of targets have."""
    host = matter.host or ""
    return PublishTarget(
        name=name,
        to=matter.to,
        url=f"{matter.url.rstrip('/')}/" if matter.url else "",
        preview=matter.preview,
        strict=matter.strict,
        host=host,
        policy=matter.policy or _policy(matter.to, host),
        headers=matter.headers,
        keep=matter.keep,
        deletions=matter.deletions,
        position=position,
    )


def _with_own(target: PublishTarget, matter: KnownTarget) -> PublishTarget:
    """Return *target* with what only its kind has."""
    if isinstance(matter, GitTarget):
        return replace(
            target,
            remote=matter.remote,
            branch=matter.branch or _BRANCHES.get(target.host, "gh-pages"),
            history=matter.history,
            domain=matter.domain,
        )
    if isinstance(matter, FolderTarget):
        return replace(target, path=matter.path)
    if isinstance(matter, RsyncTarget):
        return replace(target, remote=matter.remote)
    return replace(
        target,
        bucket=matter.bucket,
        prefix=f"{matter.prefix.strip('/')}/" if matter.prefix.strip("/") else "",
        endpoint=matter.endpoint or "",
        region=matter.region,
        cdn=matter.cdn,
    )


def _policy(to: str, host: str) -> str:
    """Return how the policy is sent by default: hosts of pages and buckets send no headers."""
    # A header covers all kinds of files, and directives that a meta element may not have (HTML, 4.2.5.3).
    if host in _WITH_HEADERS:
        return "headers"
    return "meta" if host or to in {"git", "s3"} else "none"


def _check_secrets(target: PublishTarget, tree: YamlMap, diagnostics: Diagnostics) -> None:
    for key, text in (("remote", target.remote), ("endpoint", target.endpoint)):
        # A user before "@" of an https address is a token at most hosts; in git@host: it is only a name.
        if _PASSWORD.match(text) or _TOKEN.match(text):
            position = position_at(tree, ("publish", target.name, key))
            message = say(
                "{key!r} holds a password or a token, which everyone who reads site.yaml could use", key=key
            )
            hint = say(
                "write only the host, {text}, and keep secrets in a credential helper",
                text=_without_user(text),
            )
            diagnostics.add("TG311", message, position, hint)


_BRANCH: Final = re.compile(
    r"""
    (?! [-/.] | refs/ | HEAD$ | @$ )     # options, whole references, and names that git itself gives
    (?! .* (?: \.\. | @\{ | // | /\. | \.lock(?:/|$) | [./]$ ) )
    [^\s~^:?*\[\\\x00-\x1f\x7f]+
    """,
    re.VERBOSE,
)
"""The name of a branch (git-check-ref-format)."""


def _check_names(target: PublishTarget, tree: YamlMap, diagnostics: Diagnostics) -> None:
    """Refuse what the tools would take for something else: an option in a name's place."""
    if target.remote.startswith("-"):
        position = position_at(tree, ("publish", target.name, "remote"))
        hint = say("write {example}", example=NEEDED_EXAMPLES[target.to])
        diagnostics.add(
            "TG311",
            say("the remote {remote!r} would be read as an option", remote=target.remote),
            position,
            hint,
        )
    if target.branch and not _BRANCH.fullmatch(target.branch):
        position = position_at(tree, ("publish", target.name, "branch"))
        hint = say("write only its name, such as gh-pages")
        diagnostics.add(
            "TG311", say("{branch!r} is no name of a branch", branch=target.branch), position, hint
        )


def _without_user(text: str) -> str:
    parts = urlsplit(text)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
