"""Small sites for tests, written from texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SETTINGS = "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\n"


def write_site(root: Path, files: Mapping[str, str], *, settings: str = SETTINGS) -> Path:
    """Write a site with *files*, texts by path, in the folder *root*, and return it."""
    for name, text in {"site.yaml": settings, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def article(title: str, *events: str, date: str = "2021-12-06", body: str = "Text.", more: str = "") -> str:
    """Return the text of an article that lists *events*, each a mapping in YAML's flow style."""
    listed = "".join(f"  - {event}\n" for event in events)
    dated = f"date: {date}\n" if date else ""
    told = f"events:\n{listed}" if events else ""
    return f"---\ntitle: {title}\n{dated}{more}{told}---\n{body}\n"
