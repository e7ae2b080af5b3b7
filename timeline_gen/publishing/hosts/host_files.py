"""Files that are there for the host and not for readers: ``_headers``, ``_redirects`` and the like.

Formats and limits: Netlify and Cloudflare Pages both read ``_headers`` and ``_redirects``; Cloudflare takes
100 rules of headers, 2,000 characters a line, 2,000 redirects and 1,000 characters a redirect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, urlsplit

from timeline_gen.errors import ContentError, Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.files import is_hashed
from timeline_gen.publishing.headers import FOR_EVER, POLICY, page_policy, site_headers
from timeline_gen.text.content_types import ATOM, type_of

MOST_RULES: Final = 100
MOST_REDIRECTS: Final = 2000
LONGEST_HEADER: Final = 2000
LONGEST_REDIRECT: Final = 1000

_HASHED_FOLDERS: Final = ("assets", "media")
_WITH_FILES: Final = frozenset({"netlify", "cloudflare"})
_PAGES_JOB: Final = b"""pages:
  script:
    - mkdir .public
    - cp -r ./* .public
    - rm -rf public
    - mv .public public
  artifacts:
    paths: [public]
"""


def host_files(
    target: PublishTarget,
    paths: Iterable[str],
    *,
    policy: str,
    url: str,
    redirects: Mapping[str, str],
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return what the host of *target* needs besides the site's own *paths*, by path, and limits exceeded.

    *policy* is the site's content security policy, *url* its address there, *redirects* lead from former
    addresses to present ones, to other sites, or to an empty text where something is gone.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    paths = frozenset(paths)
    if target.host in _WITH_FILES:
        rules = tuple(_rules(target, sorted(paths), policy, _base(url)))
        lines = tuple(_redirects(target, redirects, _base(url)))
        problems += _exceeded(target, rules, lines)
        files["_headers"] = _joined(rules)
        if lines:
            files["_redirects"] = "".join(f"{line}\n" for line in lines[:MOST_REDIRECTS]).encode()
    elif target.to == "git":
        # Without it GitHub Pages runs Jekyll over the site, which leaves out files that begin with an
        # underscore.
        files[".nojekyll"] = b""
    if target.host == "gitlab":
        files[".gitlab-ci.yml"] = _PAGES_JOB
    if target.domain:
        files[".domains" if target.host == "codeberg" else "CNAME"] = f"{target.domain}\n".encode()
    problems += _given(target, files, paths)
    return {path: data for path, data in files.items() if path not in paths}, tuple(problems)


def _given(target: PublishTarget, files: Iterable[str], paths: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of *files* for the host that the site has already, copied from ``static/``.

    Raises ``ContentError`` where both are needed.
    """
    both = sorted(path for path in files if path in paths)
    needed = [path for path in both if path != "CNAME"]
    if needed:
        raise ContentError(
            Problem(
                "TG813",
                say(
                    "static/{path} cannot be published: the target {name!r} gets a {path} of the program",
                    path=path,
                    name=target.name,
                ),
                Place(PurePosixPath("static", path)),
                say(
                    "delete static/{path}, and write what it says into site.yaml: headers, or aliases",
                    path=path,
                ),
                related=(Place(PurePosixPath("site.yaml"), *target.position),),
            )
            for path in needed
        )
    for path in both:
        message = say(
            "static/{path} takes the place of the {path} that the target {name!r} would get",
            path=path,
            name=target.name,
        )
        yield Problem("TG814", message, Place(PurePosixPath("static", path)), level=Level.INFO)


def _base(url: str) -> str:
    return urlsplit(url).path or "/"


def _rules(
    target: PublishTarget, paths: Iterable[str], policy: str, base: str
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield address patterns with their headers; no two patterns that match one page name one header twice.

    Where two rules name the same header, some hosts join the values and others take one of them.
    """
    paths = tuple(paths)
    yield f"{base}*", site_headers(target)
    folders = {path.partition("/")[0] for path in paths if "/" in path}
    for folder in _HASHED_FOLDERS:
        inside = [path for path in paths if path.startswith(f"{folder}/")]
        # A file that was copied there has no hash in its name, and may change.
        if inside and all(map(is_hashed, inside)):
            yield f"{base}{folder}/*", {"Cache-Control": FOR_EVER}
    for pattern in sorted({_pattern(path, folders) for path in paths if type_of(path) == ATOM}):
        yield f"{base}{pattern}", {"Content-Type": ATOM}
    if target.policy != "headers":
        return
    guarded = page_policy(policy, target, embed=False)
    for pattern in ("", "404.html", ":lang/", ":lang/:page/", *_deep(paths, folders)):
        yield f"{base}{pattern}", {POLICY: guarded}
    open_to_all = page_policy(policy, target, embed=True)
    for folder in sorted({path.split("/")[0] for path in paths if _is_embed(path)}):
        yield f"{base}{folder}/embed/*", {POLICY: open_to_all}


def _pattern(path: str, folders: Iterable[str]) -> str:
    """Return the pattern of addresses like that of the feed *path*: one for all entities of a taxonomy."""
    parts = path.split("/")
    if parts[0] not in folders or len(parts) not in {2, 4}:
        return path
    return f":lang/{parts[1]}" if len(parts) == 2 else f":lang/{parts[1]}/:id/{parts[3]}"


def _is_embed(path: str) -> bool:
    parts = path.split("/")
    return len(parts) > 2 and parts[1] == "embed" and parts[2] != "index.html"


def _deep(paths: Iterable[str], folders: Iterable[str]) -> Iterator[str]:
    """Yield patterns of the pages that lie two folders deep or deeper, but for those made to be embedded."""
    languages = sorted(set(folders).difference(_HASHED_FOLDERS))
    sections = {tuple(path.split("/")[:2]) for path in paths if path.count("/") >= 3}
    names = sorted({section for lang, section in sections if lang in languages and section != "embed"})
    yield from (f":lang/{name}/:page/*" for name in names)


def _redirects(target: PublishTarget, redirects: Mapping[str, str], base: str) -> Iterator[str]:
    # The former address has a page too; Netlify would show it without the exclamation mark.
    force = "!" if target.host == "netlify" else ""
    for former, present in sorted(redirects.items()):
        here = f"{base}{quote(former)}"
        if present:
            there = present if "://" in present else f"{base}{quote(present, safe='/#')}"
            yield f"{here} {there} 301{force}"
        elif target.host == "netlify":
            # Cloudflare takes no other status than those of redirects: there the page says so.
            yield f"{here} {here}{'index.html' if here.endswith('/') else ''} 410{force}"


def _joined(rules: Iterable[tuple[str, Mapping[str, str]]]) -> bytes:
    return "".join(
        f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for pattern, headers in rules
    ).encode()


def _exceeded(
    target: PublishTarget, rules: tuple[tuple[str, Mapping[str, str]], ...], lines: tuple[str, ...]
) -> Iterator[Problem]:
    long = [name for _, headers in rules for name, value in headers.items() if len(value) > LONGEST_HEADER]
    found = (
        (
            len(rules) > MOST_RULES,
            say(
                "{rules} rules of headers, and hosts read {most_rules}",
                rules=len(rules),
                most_rules=MOST_RULES,
            ),
        ),
        (
            len(lines) > MOST_REDIRECTS,
            say(
                "{lines} redirects, and hosts read {most_redirects}",
                lines=len(lines),
                most_redirects=MOST_REDIRECTS,
            ),
        ),
        (
            bool(long),
            say(
                "a header of more than {longest_header} characters ({long})",
                longest_header=LONGEST_HEADER,
                long=", ".join(long),
            ),
        ),
        (
            any(len(line) > LONGEST_REDIRECT for line in lines),
            say("a redirect of more than {longest_redirect} characters", longest_redirect=LONGEST_REDIRECT),
        ),
    )
    for is_so, message in found:
        if is_so:
            yield Problem(
                "TG851",
                say("the target {name!r} gets {said}", name=target.name, said=message),
                Place(PurePosixPath("site.yaml"), *target.position),
                say("the pages at former addresses lead on without redirects of the host, too"),
                Level.WARNING,
            )
