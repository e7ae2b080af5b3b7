"""Events of the same date: the article that tells of them first decides, and nothing that is not seen."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import plan_site
from timeline_gen.building.workspace import open_workspace
from timeline_gen.collecting.timeline import Event


def events_of(root: Path) -> tuple[Event, ...]:
    """Return the events of the site in *root*, in order."""
    with open_workspace(root, Options(jobs=1)) as site:
        return plan_site(site).timeline.events


def event(name: str, more: str = "") -> str:
    """Return an event of one day."""
    return f"{{id: {name}, date: 2019-05-01, title: {name}{more}}}"


FILES = {
    "late.en.md": article("Late", event("a"), event("both"), date="2021-03-01"),
    "early.en.md": article("Early", event("z"), event("both"), event("y"), date="2021-01-01"),
    "same-day.en.md": article("Same day", event("b"), date="2021-01-01"),
    "forced.en.md": article("Forced", event("c", ", order: -1"), event("d", ", order: 9"), date="2021-02-01"),
}
ORDER = ["c", "z", "both", "y", "b", "a", "d"]


def test_the_article_that_tells_first_decides(tmp_path: Path) -> None:
    """After ``order:`` come the day of the article, its slug, and the place in its list; ids come last."""
    root = write_site(tmp_path, {f"content/articles/{name}": text for name, text in FILES.items()})

    assert [one.id for one in events_of(root)] == ORDER


@pytest.mark.parametrize("names", list(permutations(FILES))[::5])
def test_order_of_files(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Whichever file was written first, the order is the same."""
    for name in names:
        write_site(tmp_path, {f"content/articles/{name}": FILES[name]})

    assert [one.id for one in events_of(tmp_path)] == ORDER


@pytest.mark.parametrize(
    "added",
    [
        "---\ntitle: مبكر\nevents:\n  - {id: y, title: ي}\n  - {id: z, title: ز}\n---\nنص.\n",
        (
            "---\ntitle: مبكر\ntranslation_of: {lang: en}\nevents:\n"
            "  - {id: y, title: ي, date: 2019-05-01}\n  - {id: z, title: ز, date: 2019-05-01}\n---\nنص.\n"
        ),
    ],
)
def test_added_language(tmp_path: Path, added: str) -> None:
    """A version in another language, which lists the events in another order, moves none of them."""
    files = {f"content/articles/{name}": text for name, text in FILES.items()}
    root = write_site(tmp_path, {**files, "content/articles/early.ar.md": added})

    assert [one.id for one in events_of(root)] == ORDER
