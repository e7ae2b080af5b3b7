"""The site's settings, and its own words for dates."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import Problem, UsageError
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.reading.disk.files import files_below, read_all
from timeline_gen.reading.site_paths import SETTINGS, WORDS

_LIKE_SETTINGS: Final = ("site.yml", "Site.yaml", "site.yaml.txt", "_config.yml", "config.yaml")
"""What the settings may have been called by mistake."""


def load_settings(root: Path) -> Source:
    """Read ``site.yaml`` in the folder *root*; raise UsageError where there is none."""
    path = root / SETTINGS
    if path.exists() and not path.is_file():
        raise UsageError(
            say("site.yaml cannot be read: it is no ordinary file"), say("put the file itself there")
        )
    try:
        return Source(SETTINGS, path.read_bytes())
    except FileNotFoundError:
        message = say("there is no site here: {root} holds no site.yaml", root=root)
        hint = say("name the site's folder with --site, or make one: timeline-gen new site")
        if other := next((name for name in _LIKE_SETTINGS if (root / name).is_file()), ""):
            hint = say("rename {other} to site.yaml", other=other)
        elif below := next(iter(sorted(root.glob(f"*/{SETTINGS}"))), None):
            hint = say("there is a site in the folder {name}: cd {name}", name=below.parent.name)
        raise UsageError(message, hint) from None
    except OSError as error:
        raise UsageError(say("site.yaml cannot be read: {strerror}", strerror=error.strerror)) from None


def load_words(root: Path) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read the files of words of the site in the folder *root*, in the order of their names."""
    problems: list[Problem] = []
    top = PurePosixPath(WORDS)
    files = files_below(root, top, problems)
    own = (file for file in files if file.path.suffix == ".toml" and file.path.parent == top)
    return tuple(read_all(root, own, problems)), tuple(problems)
