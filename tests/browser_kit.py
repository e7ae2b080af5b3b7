"""Chromium as the tests need it: without a network of its own, and with the fonts of the tests only.

Where something is on a page depends on the fonts that a machine has. Here every page is drawn with two, which
lie in ``data/fonts``; those of the machine are not seen.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.sync_api import Browser, sync_playwright

FONTS = Path(__file__).parent / "data" / "fonts"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
_CONFIG = """<?xml version="1.0"?>
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans</string><string>Amiri</string></edit>
  </match>
</fontconfig>
"""


@contextmanager
def launched() -> Iterator[Browser]:
    """Lend the system's Chromium; the one without windows opens a page in a third of the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    assert chromium, "Chromium is missing; `make test` installs it or says how"
    with tempfile.TemporaryDirectory(prefix="fonts-") as folder, sync_playwright() as playwright:
        config = Path(folder, "fonts.conf")
        config.write_text(_CONFIG.format(fonts=escape(str(FONTS)), cache=escape(folder)), "utf-8")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(FLAGS), env={**os.environ, "FONTCONFIG_FILE": str(config)}
        )
        yield browser
        browser.close()


@dataclass(slots=True)
class Shared:
    """The Chromium that the tests of one process share; it is launched when the first of them needs it."""

    _open: ExitStack = field(default_factory=ExitStack)
    _browser: Browser | None = None

    def lent(self) -> Browser:
        """Return the browser."""
        if self._browser is None:
            self._browser = self._open.enter_context(launched())
        return self._browser

    def close(self) -> None:
        """Close the browser where it is open; it is launched anew when it is lent again."""
        self._browser = None
        self._open.close()
