"""A page of each kind out of a built site, with the scripts and styles that it needs."""

from __future__ import annotations

from timeline_gen.model.settings import Settings
from timeline_gen.publishing.local import Local
from timeline_gen.rendering.policies import WASM, Need, needs_of

_LANGUAGES_AND_SECTIONS = 2


def sampled_needs(local: Local, settings: Settings) -> dict[str, tuple[Need, ...]]:
    """Return what the first page of each kind of the site *local* needs, by its path.

    Pages of a kind come out of one template: their paths differ in what follows language and section.
    """
    samples: dict[tuple[object, ...], str] = {}
    for path in sorted(local.entries):
        if path.endswith(".html"):
            parts = path.split("/")
            samples.setdefault((len(parts), *parts[:-1][:_LANGUAGES_AND_SECTIONS]), path)
    needs = {
        path: needs_of((local.folder / path).read_text(encoding="utf-8", errors="replace"))
        for path in samples.values()
    }
    if settings.search == "pagefind":
        home = f"{settings.languages[0].code}/index.html"
        needs[home] = (*needs.get(home, ()), WASM)
    return needs
