"""Templates that are not trusted, in a process that can do nothing but make pages of them, within limits.

The sandbox of the templates keeps them from Python's inner parts. It does not keep them from taking time and
memory: a single filter can do so, and nothing inside a process can interrupt it. So another process compiles
and runs them. Before the first template it gives up the means to open and write files; the kernel ends it
where it exceeds its CPU time. Its answers are bytes and plain JSON, so that they can do no harm either.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from threading import Timer
from typing import IO, Any, Final

from timeline_gen.errors import ContentError, Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.pages.page import DrawPage
from timeline_gen.pages.plan.kinds import page_kinds, page_templates
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.layout import View
from timeline_gen.rendering.templates.environments import load_all, origin
from timeline_gen.rendering.templates.failures import check_templates, problem_of
from timeline_gen.rendering.templates.render import render_page
from timeline_gen.rendering.templates.sandbox import MAX_PAGE

with suppress(ImportError):  # Windows has none
    import resource

_HAS_LIMITS: Final = "resource" in globals()
_COUNTS_CPU: Final = hasattr(signal, "setitimer")


@dataclass(frozen=True, slots=True)
class Budget:
    """What templates may take."""

    seconds: float = 10.0
    """CPU time that is there to begin with, and the most that one page may take."""
    earned: float = 0.5
    """CPU time that each page adds to what is left, up to that."""
    memory: int = 512 * 1024 * 1024
    """Bytes beyond what the process takes before the first template."""
    clock_factor: float = 30.0
    """How many times its CPU time a page may take by the clock; a machine may be busy with other things."""


_HEAD: Final = struct.Struct(">BQ")
_PAGE, _PROBLEMS = 0, 1
_MOST: Final = 4 * MAX_PAGE + _HEAD.size
"""Bytes that an answer may have."""
_START: Final = "from timeline_gen.building.workers.confined import serve; serve()"


def page_maker(context: RenderContext) -> DrawPage:
    """Return what makes pages with *context*: here where templates are trusted, else in another process."""
    return render_page if context.trusted else _confined_page


def _confined_page(name: str, view: View, context: RenderContext, lang: str) -> bytes:
    return confined(context).page(name, view, lang)


_latest: Final[list[Confined]] = []
"""The process that this one started last, and before it any that were inherited."""


def confined(context: RenderContext) -> Confined:
    """Return the process for the templates of *context*; one for another context is ended."""
    if _latest and _latest[0].serves(context):
        return _latest[0]
    if not _latest:
        atexit.register(_end_all)
    _end_all()
    _latest[:] = [Confined(context), *(process for process in _latest if not process.is_own)]
    return _latest[0]


def _end_all() -> None:
    for process in _latest:
        process.end()


class Confined:
    """The process, seen from the one that started it."""

    def __init__(self, context: RenderContext, budget: Budget | None = None) -> None:
        self._context, self._budget, self._owner = context, budget or Budget(), os.getpid()
        self._process: subprocess.Popen[bytes] | None = None

    def serves(self, context: RenderContext) -> bool:
        """Return whether this is a process for *context* that this process started, and did not inherit."""
        return self._context == context and self.is_own

    @property
    def is_own(self) -> bool:
        """Return whether this process started it, and did not inherit it."""
        return self._owner == os.getpid()

    def check(self) -> tuple[Problem, ...]:
        """Return a problem for each template that cannot be read, and each language without words."""
        try:
            self._ask(("check",), page_templates()[0])
        except ContentError as error:
            return error.problems
        return ()

    def page(self, name: str, view: View, lang: str) -> bytes:
        """Return the page that the template *name* makes of *view*, in the words of *lang*.

        Raises ContentError where the template fails, does what it may not, or takes too much.
        """
        return self._ask(("page", name, view, lang), name)

    def end(self) -> None:
        """End the process; another starts when it is needed."""
        process = self._process
        if process is None or not self.is_own:
            return
        self._process = None
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        process.wait()

    def _ask(self, request: tuple[object, ...], name: str) -> bytes:
        process = self._process = self._process or self._started()
        # The kernel counts CPU time, of which a process that waits takes none; the clock ends that one.
        timer = Timer(self._budget.seconds * self._budget.clock_factor, process.kill)
        timer.start()
        try:
            kind, data = _exchange(process, request)
        except (OSError, EOFError):
            self.end()
            raise ContentError([self._overrun(name, process.returncode)]) from None
        finally:
            timer.cancel()
            timer.join()
        if kind == _PAGE:
            return data
        raise ContentError(map(_problem, json.loads(data)))

    def _started(self) -> subprocess.Popen[bytes]:
        # Its folder is not searched for modules, and of the environment it gets what Python needs.
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
        paths = os.pathsep.join(path for path in sys.path if path)
        process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-P", "-B", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        )
        with suppress(OSError):
            # Where it is gone at once, the first request fails.
            _send(process.stdin, (replace(self._context, fonts={}, codes={}), self._budget))
        return process

    def _overrun(self, name: str, status: int | None) -> Problem:
        time_is_up = _COUNTS_CPU and status == -signal.SIGPROF
        took = say("more CPU time") if time_is_up else say("more time or memory")
        seconds = say(
            "{seconds:g} seconds, {memory} MiB",
            seconds=self._budget.seconds,
            memory=self._budget.memory // 1024 // 1024,
        )
        message = say(
            "the theme is not trusted, and this template takes {took} than it may ({seconds})",
            took=took,
            seconds=seconds,
        )
        return Problem(
            "TG714", message, Place(origin(name, self._context)), say("make its loops and texts shorter")
        )


def _exchange(process: subprocess.Popen[bytes], request: object) -> tuple[int, bytes]:
    """Send *request* and return the answer; raise EOFError or OSError where there is none."""
    _send(process.stdin, request)
    kind, size = _HEAD.unpack(_received(process.stdout, _HEAD.size))
    if size > _MOST:
        raise EOFError
    return kind, _received(process.stdout, size)


def _send(stream: IO[bytes] | None, value: object) -> None:
    if stream:
        pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()


def _received(stream: IO[bytes] | None, size: int) -> bytes:
    data = stream.read(size) if stream else b""
    if len(data) != size:
        raise EOFError
    return data


def _data(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "code": problem.code,
        "message": problem.message,
        "place": [str(place.path), place.line, place.column],
        "hint": problem.hint,
        "level": int(problem.level),
    }


def _problem(data: dict[str, Any]) -> Problem:
    path, line, column = data["place"]
    place = Place(PurePosixPath(path), line, column)
    return Problem(data["code"], data["message"], place, data["hint"], Level(data["level"]))


# ---------------------------------------------------------------- inside the process


def serve() -> None:
    """Answer what comes over stdin until that is closed; this is all that the process does."""
    context, budget = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    load_all(context)
    # Views are classes of the modules of pages, which could not be read any more later.
    page_kinds()
    _give_up_means(budget.memory)
    left = budget.seconds
    with suppress(EOFError, OSError):
        while True:
            request = pickle.load(sys.stdin.buffer)  # noqa: S301 - likewise
            begun = time.process_time()
            _limit(min(left, budget.seconds))
            kind, data = _answer(context, *request)
            _limit(0)
            left = min(left - (time.process_time() - begun) + budget.earned, budget.seconds)
            sys.stdout.buffer.write(_HEAD.pack(kind, len(data)))
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()


def _answer(context: RenderContext, question: str, *arguments: Any) -> tuple[int, bytes]:  # noqa: ANN401 - by the question
    name = str(arguments[0]) if arguments else ""
    try:
        if question == "page":
            _, view, lang = arguments
            return _PAGE, render_page(name, view, context, lang)
        return _PROBLEMS, _written(check_templates(context))
    except ContentError as error:
        return _PROBLEMS, _written(error.problems)
    except Exception as error:  # noqa: BLE001 - whatever a template brings about is a fault of the template
        return _PROBLEMS, _written([problem_of(error, name, context)])


def _written(problems: Iterable[Problem]) -> bytes:
    return json.dumps([_data(problem) for problem in problems]).encode()


def _give_up_means(memory: int) -> None:
    """Give up the means to open files, to write into them, and to take more than *memory* bytes more."""
    if not _HAS_LIMITS:
        return
    # The three standard files are open already. RLIMIT_FSIZE is no limit of pipes (setrlimit(2)), by which
    # the answers go.
    limits = {resource.RLIMIT_NOFILE: 3, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    with suppress(OSError, ValueError):
        pages = int(open("/proc/self/statm", "rb").read().split()[0])  # noqa: PTH123, SIM115 - before all else
        limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory
    for kind, most in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def _limit(seconds: float) -> None:
    """Let the kernel end this process after *seconds* of CPU time; 0 takes that back."""
    if _COUNTS_CPU:
        # The default action: a handler would run between two bytecodes only, and never within one filter.
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001) if seconds else 0)
