"""A browser that notices everything a hostile file does in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from playwright.sync_api import Browser, Dialog, Frame, Page, Route

_SITE = "http://site.test/"
_WIDE, _ACROSS = 120, 10
"""How wide and high a frame is in pixels, and how many of them are next to each other."""

_PROVOKE = """
() => {
  addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    const address = link ? String(link.getAttribute("href")).replace(/[\\u0000-\\u0020]/g, "") : "#";
    if (!/^(java|vb)script:|^data:/i.test(address)) event.preventDefault();
  }, true);
  for (const each of document.querySelectorAll("*")) {
    for (const type of ["click", "mouseover", "mouseenter", "focus", "toggle", "load", "error"])
      each.dispatchEvent(new Event(type, {bubbles: type === "click", cancelable: true}));
  }
}
"""
"""Click, touch and focus every element; links lead nowhere unless they run something."""


class Watched:
    """A page that answers with given files only, and keeps what they did."""

    def __init__(self, browser: Browser) -> None:
        self.done: list[str] = []
        self._files: dict[str, tuple[str, bytes]] = {}
        self.page: Page = browser.new_page()
        self.page.on("dialog", self._dismiss)
        self.page.on("popup", lambda _: self.done.append("another window"))
        self.page.route("**/*", self._answer)

    def _dismiss(self, dialog: Dialog) -> None:
        self.done.append("a dialog")
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        url = route.request.url
        kind, data = self._files.get(url, ("", b""))
        if kind:
            route.fulfill(body=data, content_type=kind)
            return
        if not url.startswith(_SITE):
            self.done.append(f"asked for {url}")
        route.abort()

    def lay(self, files: Mapping[str, bytes], kinds: Mapping[str, str]) -> None:
        """Answer with *files* from now on, each of the kind that its ending has in *kinds*."""
        for name, data in files.items():
            kind = kinds.get(PurePosixPath(name).suffix, "application/octet-stream")
            self._files[f"{_SITE}{name}"] = (kind, data)

    def visit(self, name: str, data: bytes, kind: str) -> list[str]:
        """Open one file as :meth:`open` does."""
        self._files = {f"{_SITE}{name}": (kind, data)}
        return self.open(name)

    def visit_together(self, files: Mapping[str, bytes], kind: str) -> list[str]:
        """Open *files* in frames of one page, each as :meth:`open` does, and return what they did."""
        places = {name: divmod(number, _ACROSS) for number, name in enumerate(files)}
        frames = "".join(
            f'<iframe src="{name}" style="position: absolute; border: 0; width: {_WIDE}px; height: {_WIDE}px;'
            f' top: {row * _WIDE}px; left: {column * _WIDE}px"></iframe>'
            for name, (row, column) in places.items()
        )
        self._files = {f"{_SITE}{name}": (kind, data) for name, data in files.items()}
        self._files[f"{_SITE}frames.html"] = ("text/html", f"<!doctype html>{frames}".encode())
        self.page.set_viewport_size({"width": _WIDE * _ACROSS, "height": _WIDE * (len(files) // _ACROSS + 1)})
        self.done.clear()
        self.page.goto(f"{_SITE}frames.html")
        assert len(self.page.frames) == 1 + len(files)
        for frame, (name, (row, column)) in zip(self.page.frames[1:], places.items(), strict=True):
            self._provoke(frame, f"{_SITE}{name}", column * _WIDE, row * _WIDE)
        if self.page.url != f"{_SITE}frames.html":
            self.done.append(f"led to {self.page.url}")
        return list(self.done)

    def open(self, name: str) -> list[str]:
        """Open the file by its address, provoke every element, and return what it did."""
        self.done.clear()
        self.page.goto(f"{_SITE}{name}")
        self._provoke(self.page.main_frame, f"{_SITE}{name}", 0, 0)
        return list(self.done)

    def _provoke(self, frame: Frame, url: str, left: int, top: int) -> None:
        """Provoke every element of *frame*, which is drawn from *left* and *top* on, and note what it did."""
        frame.evaluate(_PROVOKE)
        self.page.mouse.click(left + 20, top + 20)
        if frame.evaluate("() => window.__x !== undefined"):
            self.done.append("ran a script")
        if frame.url.partition("#")[0] != url:
            self.done.append(f"led to {frame.url}")
