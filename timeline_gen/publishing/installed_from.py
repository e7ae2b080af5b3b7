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
    "once the package index has this version, --install '{program}=={version}'"
)


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
    """Return the address by which anybody can fetch the repository at *url*; empty where there is none."""
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
