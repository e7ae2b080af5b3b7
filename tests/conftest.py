"""What all tests share: one Chromium in each worker, which is there only while tests need it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from browser_kit import Shared
from clock_kit import REAL, set_clock_resolution
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect
from theme_kit import prepare_once

CHROMIUM = Shared()

DEAR = frozenset(
    {
        *("test_incremental.py", "test_texts.py", "test_preview_serving.py", "test_writing_killed.py"),
        *("test_page_checks.py", "test_find_browser.py", "test_first_screen_browser.py"),
        *("test_preview_browser.py", "test_browser.py", "test_almanac_browser.py", "test_long_timeline.py"),
    }
)
"""Files that come before others of their kind: none of them is what one worker has left at the end."""

# The same examples in every run: a change is judged by what it changes. `make fuzz` looks for new ones.
settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    # How long an example takes is a matter of what else the machine does.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("repeatable")

expect.set_options(timeout=30_000)

set_clock_resolution(0)
prepare_once()


@pytest.fixture
def ticking() -> Iterator[None]:
    """Let the clock of file systems tick, so that young files are not trusted."""
    set_clock_resolution(REAL)
    yield
    set_clock_resolution(0)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Lend the Chromium of this worker; the contexts and pages that a test opens are closed after it."""
    lent = CHROMIUM.lent()
    yield lent
    for context in lent.contexts:
        context.close()


def needs_browser(item: pytest.Item) -> bool:
    """Return whether a test needs the browser."""
    return "browser" in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Close the browser before a test that needs none.

    Playwright leaves an event loop and a thread in this process: no other loop can run, and builds no longer
    fork.
    """
    if not needs_browser(item):
        CHROMIUM.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with tests that need the browser after all others, these together, and dear files first.

    Of two such files the first has them at its end and the second at its beginning: the browser is closed and
    launched half as often.
    """
    places = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    late = dict.fromkeys(item.path for item in items if needs_browser(item))
    turned = frozenset([*late][1::2])
    items.sort(
        key=lambda item: (
            item.path in late,
            item.path.name not in DEAR,
            places[item.path],
            needs_browser(item) != (item.path in turned),
        )
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what is there for as long as the tests run."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Close the browser after the last test."""
    CHROMIUM.close()
