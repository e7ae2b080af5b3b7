"""``publish --init``: the settings of a target, and a workflow that builds, checks and publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.hosts.running_git import Git
from timeline_gen.publishing.installed_from import named_requirement, requirement
from timeline_gen.text.slugs import slug_fault
from timeline_gen.text.suggestions import nearest
from timeline_gen.text.web import unowned_host
from timeline_gen.writing.disk import refusing

_GITHUB: Final = (".github/workflows/publish.yml", "github.yml")
LOCK: Final = "timeline-gen-requirements.txt"
"""What the workflow installs before the program, in the folder of the site: exact versions with hashes."""
# The helper reads the environment, so that the token is in no file and no address.
_HELPER: Final = (
    "          git config --global credential.helper"
    " '!f() { echo username=x-access-token; echo \"password=$GITHUB_TOKEN\"; }; f'\n"
)
_URL: Final = re.compile(r"""^url:[ \t]*["']?(?P<url>[^\s"'#]+)""", re.MULTILINE)
_GITHUB_REPOSITORY: Final = re.compile(r"github\.com[:/]([\w-]+)/([\w.-]+?)(?:\.git)?$")
_KEY: Final = """\
          install -d -m 700 ~/.ssh
          install -m 600 /dev/stdin ~/.ssh/id_ed25519 <<<"$PUBLISH_KEY"
          echo "$PUBLISH_HOST" >>~/.ssh/known_hosts
"""


_LOCKED: Final = "--no-deps --no-build-isolation"
_WITH_ITS_OWN: Final = "--no-build-isolation"
"""A requirement that the author names may need other packages than those that are locked."""


@dataclass(frozen=True, slots=True)
class _Installed:
    """What of the program a workflow installs, after the packages that it needs."""

    requirement: str
    options: str = _LOCKED


@dataclass(frozen=True, slots=True)
class _TargetKind:
    """A way to publish, as it begins."""

    settings: str
    workflow: tuple[str, str] = _GITHUB
    """Where it is, and what it is made from."""
    secrets: tuple[str, ...] = ("GITHUB_TOKEN",)
    before: str = _HELPER
    needs: str = ""
    """What of the program is installed besides."""
    then: str = ""
    """What is left for a person to do before the workflow runs."""
    at_last: str = ""
    """What is left when it has run for the first time."""


KINDS: Final = {
    "github": _TargetKind(
        "{to: git, remote: origin, branch: gh-pages, host: github}",
        at_last=say("when the workflow has run, let Pages serve the branch gh-pages (in the settings)"),
    ),
    "gitlab": _TargetKind(
        "{to: git, remote: origin, branch: pages, host: gitlab}",
        (".gitlab-ci.yml", "gitlab.yml"),
        then=say(
            "give the project a variable PUBLISH_TOKEN: an access token that may write to the repository"
        ),
    ),
    "codeberg": _TargetKind(
        "{to: git, remote: origin, branch: pages, host: codeberg}",
        (".woodpecker/publish.yml", "codeberg.yml"),
        then=say("give Woodpecker a secret PUBLISH_TOKEN: an access token that may write to the repository"),
    ),
    "netlify": _TargetKind(
        "{to: git, remote: origin, branch: site, host: netlify}",
        at_last=say("when the workflow has run, let Netlify deploy the branch site, without a build command"),
    ),
    "cloudflare": _TargetKind(
        "{to: git, remote: origin, branch: site, host: cloudflare}",
        at_last=say(
            "when the workflow has run, let Cloudflare Pages deploy the branch site, without a build"
        ),
    ),
    "s3": _TargetKind(
        "{to: s3, bucket: the-bucket, region: eu-central-1}",
        secrets=("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        before="",
        needs="[s3]",
        then=say("name the bucket in site.yaml; give the repository the secrets that the workflow names"),
    ),
    "rsync": _TargetKind(
        "{to: rsync, remote: 'user@host.example.org:/srv/www/site/'}",
        secrets=("PUBLISH_KEY", "PUBLISH_HOST"),
        before=_KEY,
        then=say(
            "name the host in site.yaml; give the repository the secrets that the workflow "
            "names: a key, and the host's line for known_hosts"
        ),
    ),
}


def start(root: Path, kind: str, name: str = "", install: str = "") -> Iterator[str]:
    """Write the settings and the workflow of a target of *kind*, called *name*, for the site in *root*.

    The workflow installs *install* (PEP 508), else this program from where it was installed here. A target
    of that name stays as it is. Yields what was written and what is left to do. Raises ``UsageError`` where
    there is such a workflow already, or no public source of the program; nothing is written then.
    """
    if kind == "folder":
        raise UsageError(
            say("a folder needs no workflow"),
            say(
                "write into site.yaml 'publish: {here: {to: folder, path: ../www}}', "
                "then: timeline-gen publish"
            ),
        )
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("the kinds are {kinds}", kinds=", ".join(KINDS))
        )
        raise UsageError(say("there is no kind of target {kind!r}", kind=kind), hint=hint)
    name = name or "production"
    if fault := slug_fault(name):
        raise UsageError(say("a target cannot be called {name!r}: the name {fault}", name=name, fault=fault))
    begun = KINDS[kind]
    settings, workflow = root / "site.yaml", root / begun.workflow[0]
    if workflow.exists():
        hint = say("delete it to have it written anew, or rename it")
        raise UsageError(say("{workflow} is there already", workflow=begun.workflow[0]), hint)
    installed = (
        _Installed(named_requirement(install, root), _WITH_ITS_OWN)
        if install
        else _Installed(requirement(begun.needs))
    )
    try:
        text, newline = _read(settings)
    except FileNotFoundError as error:
        raise UsageError(say("there is no site here: {root} holds no site.yaml", root=root)) from error
    text = _with_target(text, name, begun.settings)
    with refusing(root):
        settings.write_text(text, encoding="utf-8", newline=newline)
        workflow.parent.mkdir(parents=True, exist_ok=True)
        workflow.write_text(_workflow(begun, name, installed, branch_of(root)), encoding="utf-8")
        (root / LOCK).write_text(_packaged("requirements.txt"), encoding="utf-8")
    yield say("site.yaml: the target {name!r}", name=name)
    yield begun.workflow[0]
    yield LOCK
    yield from _address(root, text)
    if begun.then:
        yield say("next: {then}", then=begun.then)
    yield from _commands(root, begun.workflow[0])
    if begun.at_last:
        yield say("at last: {at_last}", at_last=begun.at_last)


def _read(file: Path) -> tuple[str, str]:
    """Return the text in *file*, and how its lines end.

    Written with other ends, all of its lines would be changed in the history of the site.
    """
    text = file.read_bytes().decode()
    return text.replace("\r\n", "\n"), "\r\n" if "\r\n" in text else "\n"


def branch_of(root: Path) -> str:
    """Return the branch of the repository that the site in *root* is in; ``main`` outside of one."""
    done = Git(root).tried("symbolic-ref", "--short", "HEAD")
    return done.stdout.decode(errors="replace").strip() or "main"


def _address(root: Path, settings: str) -> Iterator[str]:
    """Yield what to write in place of an address in *settings* that readers cannot reach."""
    found = _URL.search(settings)
    if found and not unowned_host(found["url"]):
        return
    remote = Git(root).tried("remote", "get-url", "origin").stdout.decode(errors="replace").strip()
    repository = _GITHUB_REPOSITORY.search(remote)
    pages = f"https://{repository[1].lower()}.github.io/{repository[2]}/" if repository else "https://…/"
    yield say('next: write the address of the site into site.yaml, such as url: "{pages}"', pages=pages)


def _commands(root: Path, workflow: str) -> Iterator[str]:
    """Yield what is to be typed for the workflow to run."""
    git = Git(root)
    # Before the first commit, the content is in no history either.
    added = (
        "."
        if git.tried("rev-parse", "--verify", "HEAD").returncode
        else say("site.yaml {workflow} {lock}", workflow=workflow, lock=LOCK)
    )
    if git.tried("rev-parse", "--git-dir").returncode:
        yield say("then: git init --initial-branch main")
    if git.tried("remote", "get-url", "origin").returncode:
        yield say("then: git remote add origin ADDRESS-OF-THE-EMPTY-REPOSITORY")
    yield say("then: git add {added} && git commit --message 'Publish the site'", added=added)
    yield say("then: git push --set-upstream origin {root}", root=branch_of(root))


def _with_target(text: str, name: str, settings: str) -> str:
    """Return *text*, a ``site.yaml``, with the target *name*: the one that is there, or a new one."""
    line = f"  {name}: {settings}\n"
    found = re.search(r"^publish:(?P<rest>.*)\n?", text, re.MULTILINE)
    if found is None:
        newline = "" if text.endswith("\n") or not text else "\n"
        return f"{text}{newline}publish:\n{line}"
    if re.search(rf"^[ \t]+{re.escape(name)}[ \t]*:", text[found.end() :], re.MULTILINE):
        return text
    if found["rest"].split("#")[0].strip():
        message = say("site.yaml has all its targets on one line")
        raise UsageError(message, hint=say("write it by hand: {line}", line=line.strip()))
    end = found.end()
    before = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
    indent = re.match(r"[ \t]+(?=\S)", text[end:])
    return before + (f"{indent[0]}{line.strip()}\n" if indent else line) + text[end:]


def _packaged(name: str) -> str:
    return files("timeline_gen.publishing").joinpath("workflows", name).read_text("utf-8")


def _workflow(begun: _TargetKind, name: str, installed: _Installed, branch: str) -> str:
    template = _packaged(begun.workflow[1])
    lines = (f"          {secret}: ${{{{ secrets.{secret} }}}}" for secret in begun.secrets)
    return (
        template.replace("@requirement@", installed.requirement)
        .replace("@options@", installed.options)
        .replace("@lock@", LOCK)
        .replace("@branch@", branch)
        .replace("@secrets@", "\n".join(lines))
        .replace("@before@", begun.before)
        .replace("@target@", name)
    )
