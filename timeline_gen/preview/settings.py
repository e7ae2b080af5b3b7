"""What a preview takes from the settings of a site before anything is built."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from timeline_gen.building.options import Options
from timeline_gen.building.site_settings import named_files
from timeline_gen.errors import ContentError, UsageError
from timeline_gen.model.settings import Settings
from timeline_gen.preview.outcome import BuildOutcome
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.settings import parse_settings
from timeline_gen.reading.site_paths import SETTINGS


def about(root: Path, options: Options) -> BuildOutcome:
    """Return what is known from the settings of the site in *root*, before a build; they may be broken."""
    watched, settings = (str(SETTINGS),), settings_in(root)
    if settings is None:
        return BuildOutcome(watched_files=watched, home=home_of(options.url) if options.url else "")
    named = tuple(sorted(named_files(settings)))
    return BuildOutcome(home=home_of(options.url or settings.url), watched_files=watched + named)


def settings_in(root: Path) -> Settings | None:
    """Return the settings of the site in *root*; None where they are broken."""
    try:
        return parse_settings(load_settings(root))[0]
    except (ContentError, UsageError, OSError):
        return None


def home_of(url: str) -> str:
    """Return the path of the address *url*, as it is asked for, with slashes at both ends."""
    path = quote(unquote(urlsplit(url).path)).strip("/")
    return f"/{path}/" if path else "/"
