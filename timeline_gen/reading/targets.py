"""``publish:`` in ``site.yaml``: the places that the site is published to, checked and complete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from timeline_gen.model import Target
from timeline_gen.reading.matter import spot_at
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.yaml_tree import YamlMap
from timeline_gen.schema import TargetMatter, nearest
from timeline_gen.text.slugs import slug_fault, slugify

_OF_ALL: Final = frozenset(
    {"to", "url", "preview", "strict", "host", "policy", "headers", "keep", "deletions"}
)
_OWN: Final[Mapping[str, frozenset[str]]] = {
    "git": frozenset({"remote", "branch", "history", "domain"}),
    "folder": frozenset({"path"}),
    "rsync": frozenset({"remote"}),
    "s3": frozenset({"bucket", "prefix", "endpoint", "region", "cdn"}),
}
"""The keys that each kind of target has of its own."""
_NEEDED: Final[Mapping[str, str]] = {"git": "remote", "folder": "path", "rsync": "remote", "s3": "bucket"}
_BRANCHES: Final[Mapping[str, str]] = {"codeberg": "pages", "gitlab": "pages", "netlify": "site"}
_WITH_HEADERS: Final = frozenset({"netlify", "cloudflare"})
"""The hosts that read ``_headers``."""
_PASSWORD: Final = re.compile(r"^[a-z0-9+.-]+://[^/@\s]*:[^/@\s]+@", re.IGNORECASE)
_TOKEN: Final = re.compile(r"^https?://[^/@\s]+@", re.IGNORECASE)

_POLICY: Final = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"


def policy_of(search: str) -> str:
    """Return the content security policy of a site with the *search* engine (CSP, level 3)."""
    return f"{_POLICY}; script-src 'self' 'wasm-unsafe-eval'" if search == "pagefind" else _POLICY


def in_pages(target: Target) -> bool:
    """Tell whether the site as it is built for its own address carries the policy for *target*."""
    return target.policy == "meta" and not target.url and not target.preview


def read_targets(given: Mapping[str, TargetMatter], tree: YamlMap, notes: Notes) -> dict[str, Target]:
    """Return the targets *given*, by name; what is wrong with them is put into *notes*."""
    return {name: _target(name, matter, tree, notes) for name, matter in given.items()}


def _target(name: str, matter: TargetMatter, tree: YamlMap, notes: Notes) -> Target:
    spot = spot_at(tree, ("publish", name))
    if fault := slug_fault(name):
        hint = f"write {slugify(name) or 'production'}"
        notes.add("TG307", f"a target cannot be called {name!r}: the name {fault}", spot, hint)
    _check_keys(name, matter, tree, notes)
    _check_secrets(name, matter, tree, notes)
    _check_names(name, matter, tree, notes)
    host = matter.host or ""
    return Target(
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
        remote=matter.remote,
        branch=matter.branch or _BRANCHES.get(host, "gh-pages"),
        history=matter.history,
        domain=matter.domain,
        path=matter.path,
        bucket=matter.bucket,
        prefix=f"{matter.prefix.strip('/')}/" if matter.prefix.strip("/") else "",
        endpoint=matter.endpoint or "",
        region=matter.region,
        cdn=matter.cdn,
        spot=spot,
    )


def _policy(to: str, host: str) -> str:
    """Return where the policy stands unless the settings say: hosts of pages and buckets send none."""
    if host in _WITH_HEADERS:
        return "headers"
    return "meta" if host or to in {"git", "s3"} else "none"


def _check_keys(name: str, matter: TargetMatter, tree: YamlMap, notes: Notes) -> None:
    taken = _OF_ALL | _OWN[matter.to]
    for key in _given(name, tree):
        if key not in taken and key in TargetMatter.model_fields:
            near = nearest(key, taken)
            hint = f"did you mean '{near}'?" if near else f"its keys are {', '.join(sorted(taken))}"
            message = f"{key!r} belongs to another kind of target than 'to: {matter.to}'"
            notes.add("TG311", message, spot_at(tree, ("publish", name, key)), hint)
    needed = _NEEDED[matter.to]
    if not getattr(matter, needed):
        message = f"the key {needed!r} is missing, and a target with 'to: {matter.to}' needs it"
        notes.add("TG301", message, spot_at(tree, ("publish", name)), f"write {_EXAMPLES[matter.to]}")


_EXAMPLES: Final[Mapping[str, str]] = {
    "git": "remote: origin, or the address of a repository",
    "folder": "path: /srv/www/site",
    "rsync": "remote: host.example.org:/srv/www/site/",
    "s3": "bucket: the-bucket",
}


def _given(name: str, tree: YamlMap) -> Iterator[str]:
    targets = tree.entries.get("publish")
    target = targets.entries.get(name) if isinstance(targets, YamlMap) else None
    if isinstance(target, YamlMap):
        yield from target.entries


def _check_secrets(name: str, matter: TargetMatter, tree: YamlMap, notes: Notes) -> None:
    for key, text in (("remote", matter.remote), ("endpoint", matter.endpoint or "")):
        if _PASSWORD.match(text) or _TOKEN.match(text):
            spot = spot_at(tree, ("publish", name, key))
            message = f"{key!r} holds a password or a token, which whoever reads site.yaml could use"
            hint = f"write only the host, {_without_user(text)}, and keep secrets in a credential helper"
            notes.add("TG311", message, spot, hint)


_BRANCH: Final = re.compile(
    r"""
    (?! [-/.] | refs/ | HEAD$ | @$ )     # options, whole references, and names that git itself gives
    (?! .* (?: \.\. | @\{ | // | /\. | \.lock(?:/|$) | [./]$ ) )
    [^\s~^:?*\[\\\x00-\x1f\x7f]+
    """,
    re.VERBOSE,
)
"""The name of a branch (git-check-ref-format)."""


def _check_names(name: str, matter: TargetMatter, tree: YamlMap, notes: Notes) -> None:
    """Refuse what the tools would take for something else: an option in a name's place."""
    if matter.remote.startswith("-"):
        spot = spot_at(tree, ("publish", name, "remote"))
        hint = f"write {_EXAMPLES.get(matter.to, _EXAMPLES['git'])}"
        notes.add("TG311", f"the remote {matter.remote!r} would be read as an option", spot, hint)
    if matter.branch and not _BRANCH.fullmatch(matter.branch):
        spot = spot_at(tree, ("publish", name, "branch"))
        hint = "write its name alone, such as gh-pages"
        notes.add("TG311", f"{matter.branch!r} is no name of a branch", spot, hint)


def _without_user(text: str) -> str:
    parts = urlsplit(text)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
