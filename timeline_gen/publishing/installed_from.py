"""Where this program was installed from, so that another machine can install the same.

An installer records it in ``direct_url.json`` (PEP 610): the commit of a repository, an archive, a folder.
Without a record the program comes from the package index, by its version.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from timeline_gen import __version__
from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.files import JsonObject
from timeline_gen.publishing.hosts.running_git import Git

PROGRAM: Final = "timeline-gen"
_SCP: Final = re.compile(r"(?:[\w.-]+@)?([\w.-]+\.[A-Za-z]{2,}):(?!//)(.+)")
"""How git writes an address of SSH: ``git@example.org:group/project.git``."""
_HINT: Final = say(
    "say where the workflow gets it from: --install '{program} @ git+https://…@COMMIT'; or, "
    "once the package index has this version, --install '{program}=={version}'; or copy its wheel into "
    "the folder of the site, --install ./NAME.whl"
)
_VERSIONS: Final = r"(?:(?:===?|[!~]=|[<>]=?)[ ]*[\w.*+!-]+(?:[ ]*,[ ]*)?)+"
_REQUIREMENT: Final = re.compile(
    rf"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?:\[[\w., -]+\])?[ ]*(?:{_VERSIONS}|@[ ]*(?P<url>[^\s'\"…]+))?"
)
"""A package as pip takes it (PEP 508), without markers."""
_GAP: Final = re.compile(r"…|\.\.\.|\bCOMMIT\b|\bNAME\b")
"""What a hint leaves to be filled in."""
_FILES: Final = (".whl", ".tar.gz", ".zip")


def requirement(extras: str = "") -> str:
    """Return what pip is to install (PEP 508) for this program, with *extras* such as ``[s3]``.

    Raises ``UsageError`` where no public source of it is known.
    """
    record = _record()
    if record is None:
        return f"{PROGRAM}{extras}=={__version__}"
    url = str(record.get("url", ""))
    if "vcs_info" in record:
        return _of_repository(url, record["vcs_info"]["commit_id"], extras)
    if urlsplit(url).scheme in {"http", "https"}:
        return f"{PROGRAM}{extras} @ {url}{_checksum(record)}"
    return _of_folder(Path(unquote(urlsplit(url).path)), extras)


def named_requirement(typed: str, root: Path) -> str:
    """Return what pip is to install where *typed* names it: a package, or a file in the site's folder *root*.

    Raises ``UsageError`` where the machine that publishes could not install that.
    """
    wanted = typed.strip()
    if gap := _GAP.search(wanted):
        raise UsageError(
            say("--install {wanted!r} has a gap: {gap}", wanted=wanted, gap=gap[0]),
            say("write the address, the commit or the file itself in its place"),
        )
    if wanted.endswith(_FILES) and "://" not in wanted:
        return _file_of_site(wanted, root)
    found = _REQUIREMENT.fullmatch(wanted)
    if found is None:
        raise UsageError(
            say("--install {wanted!r} is nothing that pip installs", wanted=wanted),
            say("write a package, such as {program}=={version}", program=PROGRAM, version=__version__),
        )
    if found["url"] and not public_url(found["url"]):
        raise UsageError(
            say("--install {wanted!r} leads to no public address", wanted=wanted),
            _HINT.filled(program=PROGRAM, version=__version__),
        )
    return wanted


def _file_of_site(wanted: str, root: Path) -> str:
    file = (root / wanted).resolve()
    if Path(wanted).is_absolute() or not file.is_relative_to(root.resolve()) or not file.is_file():
        raise UsageError(
            say("--install {wanted!r} is no file in the folder of the site", wanted=wanted),
            say("copy it there, and name it from there: --install ./{name}", name=Path(wanted).name),
        )
    return f"./{file.relative_to(root.resolve()).as_posix()}"


def _record() -> JsonObject | None:
    """Return what the installer recorded; None where the program comes from an index."""
    try:
        text = distribution(PROGRAM).read_text("direct_url.json")
    except PackageNotFoundError:
        # Run from a checkout that was never installed.
        return {"url": Path(__file__).parents[2].as_uri(), "dir_info": {}}
    return json.loads(text) if text else None


def _checksum(record: JsonObject) -> str:
    found = record.get("archive_info", {}).get("hashes", {}).get("sha256", "")
    return f"#sha256={found}" if found else ""


def _of_folder(folder: Path, extras: str) -> str:
    """Return the commit of the checkout in *folder* at its public remote."""
    if not folder.is_dir():
        raise UsageError(
            say("{program} was installed from a file that is only on this machine", program=PROGRAM),
            _HINT.filled(program=PROGRAM, version=__version__),
        )
    git = Git(folder)
    commit, remote = _printed(git, "rev-parse", "HEAD"), _printed(git, "remote", "get-url", "origin")
    if not commit or not remote:
        raise UsageError(
            say("{program} was installed from a folder that is only on this machine", program=PROGRAM),
            _HINT.filled(program=PROGRAM, version=__version__),
        )
    if not _printed(git, "branch", "--remotes", "--contains", commit):
        message = say("{program} was installed from a commit that is only on this machine", program=PROGRAM)
        raise UsageError(
            message, say("push it; or {hint}", hint=_HINT.filled(program=PROGRAM, version=__version__))
        )
    return _of_repository(remote, commit, extras)


def _of_repository(url: str, commit: str, extras: str) -> str:
    public = public_url(url)
    if not public:
        raise UsageError(
            say("{program} comes from {url}, which is no public address", program=PROGRAM, url=url),
            _HINT.filled(program=PROGRAM, version=__version__),
        )
    return f"{PROGRAM}{extras} @ git+{public}@{commit}"


def public_url(url: str) -> str:
    """Return the public address of the repository at *url*; empty where there is none."""
    found = _SCP.fullmatch(url)
    if found:
        return f"https://{found[1]}/{found[2]}"
    parts = urlsplit(url.removeprefix("git+"))
    host = parts.hostname or ""
    if parts.scheme not in {"https", "ssh", "git"} or "." not in host or host.replace(".", "").isdigit():
        return ""
    return f"https://{host}{parts.path}"


def _printed(git: Git, *arguments: str) -> str:
    """Return what git prints, stripped; empty where it fails."""
    done = git.tried(*arguments)
    return "" if done.returncode else done.stdout.decode(errors="replace").strip()
