"""The fingerprint of the program: its own files, and the versions of all libraries that decide bytes."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final
from xml.parsers.expat import EXPAT_VERSION

from timeline_gen import __version__

_DECIDING: Final = [
    "Babel",
    "hijridate",
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    "nh3",
    "pillow",
    "pydantic",
    "pydantic_core",
    "python-dateutil",
    "PyYAML",
    "tinycss2",
    "webencodings",
    "tzdata",
]
_OPTIONAL: Final = ["Pygments", "pyromark"]


@cache
def program_fingerprint() -> str:
    """Return a hash that changes whenever the program might make other bytes of the same content.

    It is taken once: a process goes on with the modules that it has loaded, whatever is installed meanwhile.
    """
    digest = blake2b(f"{__version__} {sys.version} {EXPAT_VERSION}".encode(), digest_size=16)
    for name in _DECIDING:
        digest.update(f"{name} {version(name)}\n".encode())
    for name in _OPTIONAL:
        digest.update(f"{name} {_version_of_optional(name)}\n".encode())
    _add(files("timeline_gen"), "", digest)
    return digest.hexdigest()


def _version_of_optional(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _add(folder: Traversable, prefix: str, digest: blake2b) -> None:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            # The themes have a digest of their own, page by page.
            if entry.name not in {"__pycache__", "themes"}:
                _add(entry, f"{prefix}{entry.name}/", digest)
        elif entry.name.endswith((".py", ".toml", ".po", ".bin")):
            digest.update(f"{prefix}{entry.name}\0".encode())
            digest.update(entry.read_bytes())
