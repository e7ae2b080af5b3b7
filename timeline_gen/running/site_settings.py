"""The settings of a site as a command asks for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from timeline_gen.model import Settings
from timeline_gen.reading.load import load_settings
from timeline_gen.reading.settings import parse_settings
from timeline_gen.reading.targets import policy_of
from timeline_gen.running.options import Options
from timeline_gen.running.problems import Problems


def settings_of(root: Path, options: Options, problems: Problems) -> Settings:
    """Return the settings of the site in the folder *root*, with what *options* put in their place."""
    settings = problems.of(parse_settings(load_settings(root)))
    problems.stop()
    if settings is None:
        raise TypeError("settings without an error are whole")
    return replace(
        settings,
        url=options.url.rstrip("/") + "/" if options.url else settings.url,
        policy=_policy(settings, wanted=options.policy),
        links=options.links,
        noindex=options.noindex,
    )


def _policy(settings: Settings, *, wanted: bool | None) -> str:
    if wanted is None:
        return settings.policy
    return policy_of(settings.search) if wanted else ""
