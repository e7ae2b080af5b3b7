"""Where the time of a build goes: by stage, in a table, and by function, in a file that speedscope opens.

A timer interrupts the build a thousand times a second to note what it is in the middle of, and for how
long it has been since the last note. The build itself knows nothing of this, and loses little time by it.
Of work that other processes do, only the waiting is seen.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import CodeType, FrameType
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.options import Options, Report
from timeline_gen.building.parse.content import ContentReading
from timeline_gen.building.pipeline import plan_site
from timeline_gen.building.render.outputs import Outputs, page_keys
from timeline_gen.building.scan import keep_build, look_at, scan
from timeline_gen.building.site_settings import settings_of
from timeline_gen.building.theming import prepare_theme
from timeline_gen.collecting.collect import collect
from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.pages.plan.all_pages import plan
from timeline_gen.pages.site import make_site
from timeline_gen.writing.output_state import survey
from timeline_gen.writing.write import write

_PAUSE: Final = 0.001
_PACKAGE: Final = Path(__file__).parents[1]

_Stack: TypeAlias = tuple[CodeType, ...]
"""What calls what, the outermost first."""

_STAGES: Final = ("start", "look", "read", "collect", "plan", "render", "write", "other")
_FUNCTIONS: Final[Mapping[CodeType, str]] = {
    function.__code__: stage
    for stage, functions in {
        "look": (survey, look_at, scan, keep_build),
        "read": (settings_of, prepare_theme, ContentReading.__init__, ContentReading.whole),
        "collect": (collect,),
        "plan": (make_site, plan, page_keys, plan_site),
        "render": (Outputs.__iter__,),
        "write": (write,),
    }.items()
    for function in functions
}
"""The functions in which stages begin; the innermost one that is under way decides the stage."""


class ProfiledStage(NamedTuple):
    """One row of the table."""

    name: str
    items: int | None
    """What the stage is there for: files, events, pages; None where that cannot be counted."""
    hits: int | None
    """How many of them were taken from earlier builds."""
    seconds: float
    share: float


class Profile:
    """What was noted while a build ran."""

    def __init__(self) -> None:
        self.notes: list[tuple[_Stack, float]] = []
        """What was under way, and for how many seconds."""
        self._stacks: dict[_Stack, _Stack] = {}
        self._last = perf_counter()

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Take notes of this thread, the main one, of its process.

        Raises ``UsageError`` where the system has no timer that could interrupt it.
        """
        if not hasattr(signal, "setitimer"):
            raise UsageError(say("builds cannot be profiled on this system"), say("leave --profile out"))
        before = signal.signal(signal.SIGALRM, self._note)
        self._last = perf_counter()
        # Not ITIMER_PROF: to wait for the disk and for other processes is part of a build.
        signal.setitimer(signal.ITIMER_REAL, _PAUSE, _PAUSE)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            self._note(0, sys._getframe())  # noqa: SLF001 (the one way to it)

    def _note(self, _: int, frame: FrameType | None) -> None:
        now = perf_counter()
        stack = _stack_of(frame)
        self.notes.append((self._stacks.setdefault(stack, stack), now - self._last))
        self._last = now

    def stages(self, report: Report) -> tuple[ProfiledStage, ...]:
        """Return what each stage of the build that ended with *report* took."""
        seconds = dict.fromkeys(_STAGES, 0.0)
        known: dict[_Stack, str] = {}
        for stack, taken in self.notes:
            seconds[known.setdefault(stack, _stage_of(stack))] += taken
        whole = sum(seconds.values()) or 1.0
        counts = _counts(report)
        return tuple(
            ProfiledStage(name, items, hits, seconds[name], seconds[name] / whole)
            for name in _STAGES
            for items, hits in [counts.get(name, (None, None))]
        )

    def speedscope(self) -> str:
        """Return the notes as a file of speedscope's (speedscope.app/file-format-schema.json)."""
        frames: dict[CodeType, int] = {}
        samples = [[frames.setdefault(code, len(frames)) for code in stack] for stack, _ in self.notes]
        profile = {
            "type": "sampled",
            "name": "timeline-gen build",
            "unit": "seconds",
            "startValue": 0,
            "endValue": sum(taken for _, taken in self.notes),
            "samples": samples,
            "weights": [taken for _, taken in self.notes],
        }
        return json.dumps(
            {
                "$schema": "https://www.speedscope.app/file-format-schema.json",
                "exporter": "timeline-gen",
                "shared": {"frames": [_frame(code) for code in frames]},
                "profiles": [profile],
            }
        )


def in_one_process(options: Options) -> Options:
    """Return *options* with all work in this process, which takes the notes, unless they say otherwise."""
    return replace(options, jobs=options.jobs or 1)


def _stack_of(frame: FrameType | None) -> _Stack:
    found = []
    while frame is not None:
        found.append(frame.f_code)
        frame = frame.f_back
    return tuple(reversed(found))


def _stage_of(stack: _Stack) -> str:
    for code in reversed(stack):
        # What loads a module is no part of the stage that happens to need it first.
        if code.co_filename.startswith("<frozen importlib"):
            return "start"
        if stage := _FUNCTIONS.get(code):
            return stage
    return "other"


def _short(name: str) -> str:
    """Return the *name* of a file as its package calls it, wherever that is installed."""
    if name.startswith(str(_PACKAGE)):
        return Path(name).relative_to(_PACKAGE).as_posix()
    folders = [folder for folder in sys.path if folder and name.startswith(f"{folder}/")]
    return name[len(max(folders, key=len)) + 1 :] if folders else name


def _frame(code: CodeType) -> dict[str, str | int]:
    return {"name": code.co_qualname, "file": _short(code.co_filename), "line": code.co_firstlineno}


def _counts(report: Report) -> dict[str, tuple[int, int | None]]:
    """Return how many items each stage had, and how many of them were taken from earlier builds."""
    return {
        "read": (report.texts, report.texts - report.parsed),
        "collect": (report.events, None),
        "plan": (report.pages, None),
        "render": (report.pages, report.pages - report.rendered),
        "write": (report.files, report.files - report.written),
    }


def table(stages: tuple[ProfiledStage, ...]) -> Iterator[str]:
    """Yield the lines of a table of *stages*."""
    yield f"{'stage':<8} {'items':>9} {'hits':>9} {'seconds':>9} {'share':>7}"
    for name, items, hits, seconds, share in stages:
        yield f"{name:<8} {_number(items):>9} {_number(hits):>9} {seconds:>9.3f} {share:>7.1%}"


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"
