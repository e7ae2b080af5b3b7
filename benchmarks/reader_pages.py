"""The same events as a site of ours, a page of TimelineJS and one of vis-timeline; and an empty page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from corpus import FIRST_DAY, vocabulary

PROGRAM: Final = Path(sys.executable).with_name("timeline-gen")
PACKAGES: Final[Mapping[str, str]] = {"timelinejs": "@knight-lab/timelinejs", "vis": "vis-timeline"}
CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "timeline-gen" / "rivals"
ARTICLE: Final = 25
"""Events that one article tells."""
DAYS: Final = 30 * 365
GROUPS: Final = 4


@dataclass(frozen=True, slots=True)
class Event:
    """One event, known to the day; a fifth of them last for some days."""

    id: str
    title: str
    first: date
    last: date
    group: int


@dataclass(frozen=True, slots=True)
class Tool:
    """How a page of one tool is asked and moved."""

    name: str
    painted: str
    """What stands in the page as soon as there are events to be seen."""
    stage: str
    """What takes the wheel and is dragged."""
    find: str
    """A function of the text to look for; its promise is kept when the change has been painted."""
    ready: str = "() => undefined"
    """What is waited for before anything is asked."""
    zoom: tuple[str, str] = ("", "")
    """The buttons that zoom in and out, where the wheel does not."""


_PAINTED: Final = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"

OURS: Final = Tool(
    name="timeline-gen",
    painted=".entries li, .years li",
    stage=".axis-stage",
    ready="""() => {
        document.querySelector("#find-q").focus();
        return new Promise(done => window.timelineView.load(done));
    }""",
    find=f"""text => new Promise(done => {{
        const field = document.querySelector("#find-q"), shown = document.querySelector(".finder .shown");
        new MutationObserver((_, watch) => {{
            watch.disconnect();
            {_PAINTED}.then(done);
        }}).observe(shown, {{ childList: true, characterData: true, subtree: true }});
        field.value = text;
        field.dispatchEvent(new Event("input", {{ bubbles: true }}));
    }})""",
)
TIMELINEJS: Final = Tool(
    name="TimelineJS",
    painted=".tl-timemarker",
    stage=".tl-timenav",
    # It has no filter: whoever needs one makes it anew of what was found.
    find=f"""async text => {{
        window.make(text);
        while (!document.querySelector(".tl-timemarker")) await new Promise(requestAnimationFrame);
        await {_PAINTED};
    }}""",
    zoom=(".tl-icon-zoom-in", ".tl-icon-zoom-out"),
)
VIS: Final = Tool(
    name="vis-timeline",
    painted=".vis-item",
    stage=".vis-center",
    find=f"""text => new Promise(done => {{
        const drawn = () => {{
            window.timeline.off("changed", drawn);
            {_PAINTED}.then(done);
        }};
        window.timeline.on("changed", drawn);
        window.wanted = text;
        window.seen.refresh();
    }})""",
)
EMPTY: Final = Tool(
    name="an empty page", painted="#stage", stage="#stage", find=f"async () => {{ await {_PAINTED}; }}"
)
TOOLS: Final[Mapping[str, Tool]] = {tool.name: tool for tool in (OURS, TIMELINEJS, VIS, EMPTY)}


def happenings(number: int) -> list[Event]:
    """Return *number* events of thirty years; the same number gives the same events."""
    return [_event(each) for each in range(number)]


def _event(number: int) -> Event:
    dice = Random(f"reader/{number}")
    first = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    last = first + timedelta(days=dice.randint(2, 90) if dice.random() < 0.2 else 0)
    known = vocabulary("en")
    words = [known[int(len(known) * dice.random() ** 1.6)] for _ in range(6)]
    return Event(f"e{number:05}", " ".join(words).capitalize(), first, last, number % GROUPS)


def fetch_rivals(folder: Path = CACHE) -> dict[str, str]:
    """Put the packages of the rivals into *folder*, unless they lie there; return their versions."""
    if not (folder / "node_modules").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm") or sys.exit("the rivals come from npm, which is missing")
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--silent")
        subprocess.run([npm, "install", *quiet, "--prefix", str(folder), *PACKAGES.values()], check=True)
    return {
        package: json.loads((folder / "node_modules" / package / "package.json").read_text("utf-8"))[
            "version"
        ]
        for package in PACKAGES.values()
    }


def write_pages(folder: Path, rivals: Path, number: int) -> dict[str, str]:
    """Write the pages of all tools with *number* events into *folder*; return their addresses by tool."""
    events = happenings(number)
    _write_site(folder / f"site-{number}", events)
    (folder / f"timelinejs-{number}.html").write_text(_timelinejs_page(events), "utf-8")
    (folder / f"vis-{number}.html").write_text(_vis_page(events), "utf-8")
    (folder / "empty.html").write_text(_EMPTY_PAGE, "utf-8")
    for name, package in PACKAGES.items():
        if not (folder / name).exists():
            (folder / name).symlink_to(rivals / "node_modules" / package)
    return {
        OURS.name: f"site-{number}/output/en/",
        TIMELINEJS.name: f"timelinejs-{number}.html",
        VIS.name: f"vis-{number}.html",
        EMPTY.name: "empty.html",
    }


def _write_site(root: Path, events: list[Event]) -> None:
    articles = root / "content" / "articles"
    articles.mkdir(parents=True)
    (root / "site.yaml").write_text(
        'title: A timeline\nurl: "https://example.org/"\nlanguages: [en]\n', encoding="utf-8"
    )
    for start in range(0, len(events), ARTICLE):
        told = [
            {
                "id": event.id,
                "title": event.title,
                "date": event.first.isoformat()
                if event.first == event.last
                else f"{event.first.isoformat()}/{event.last.isoformat()}",
                "tags": [f"group-{event.group}"],
            }
            for event in events[start : start + ARTICLE]
        ]
        text = f"---\ntitle: Article {start}\ndate: 2025-01-01\nevents: {json.dumps(told)}\n---\nText.\n"
        (articles / f"article-{start}.en.md").write_text(text, encoding="utf-8")
    subprocess.run([PROGRAM, "build", "--quiet", "--site", root], check=True)


_EMPTY_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Nothing</title>
<div id="stage" style="height: 600px"></div></html>
"""


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _timelinejs_page(events: list[Event]) -> str:
    rows = [
        {
            "unique_id": event.id,
            "start_date": _day(event.first),
            **({"end_date": _day(event.last)} if event.last > event.first else {}),
            "text": {"headline": event.title},
            "group": f"Group {event.group}",
        }
        for event in events
    ]
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="timelinejs/dist/css/timeline.css">
<script src="timelinejs/dist/js/timeline.js"></script>
<div id="timeline" style="width: 100%; height: 600px"></div>
<script>
const events = {json.dumps(rows)};
window.make = text => {{
    document.querySelector("#timeline").textContent = "";
    const found = events.filter(one => one.text.headline.toLowerCase().includes(text));
    window.timeline = new TL.Timeline("timeline", {{ events: found }}, {{ font: null }});
}};
make("");
</script></html>
"""


def _vis_page(events: list[Event]) -> str:
    rows = [
        {
            "id": event.id,
            "content": event.title,
            "start": event.first.isoformat(),
            **({"end": event.last.isoformat()} if event.last > event.first else {}),
            "group": event.group,
        }
        for event in events
    ]
    groups = [{"id": number, "content": f"Group {number}"} for number in range(GROUPS)]
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>vis-timeline</title>
<link rel="stylesheet" href="vis/styles/vis-timeline-graph2d.min.css">
<script src="vis/standalone/umd/vis-timeline-graph2d.min.js"></script>
<div id="timeline"></div>
<script>
window.wanted = "";
const all = new vis.DataSet({json.dumps(rows)}), groups = new vis.DataSet({json.dumps(groups)});
window.seen = new vis.DataView(all, {{ filter: one => one.content.toLowerCase().includes(window.wanted) }});
const options = {{ height: "600px", verticalScroll: true, zoomable: true }};
window.timeline = new vis.Timeline(document.querySelector("#timeline"), window.seen, groups, options);
</script></html>
"""
