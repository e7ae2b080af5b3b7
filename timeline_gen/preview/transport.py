"""The socket between server and browser: livereload's, with what is unsafe about it replaced.

livereload lets any page connect, drops what comes within three seconds of the last reload, and knows its
readers by a global set. Of it remain the protocol, its handshake and its script in the page; what to
tell whom, and when, the state decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import livereload  # type: ignore[import-untyped]
from livereload.handlers import LiveReloadHandler  # type: ignore[import-untyped]

from timeline_gen.messages import say
from timeline_gen.preview.hosts import Hosts, refusal
from timeline_gen.preview.pages import PageHashes
from timeline_gen.preview.site_state import SiteState

PLUGIN: Final = "timeline-gen"
"""The name under which the page's script sends what it shows."""


def script() -> bytes:
    """Return livereload's script, which keeps the connection and loads the page again."""
    return (Path(livereload.__file__).parent / "vendors" / "livereload.js").read_bytes()


class Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The connection to one open page."""

    def initialize(self, state: SiteState, hosts: Hosts) -> None:
        """Take what all connections of one server share."""
        self.state = state
        self.hosts = hosts

    def prepare(self) -> None:
        """Refuse a connection that does not come from a page of this server."""
        headers = self.request.headers
        why = refusal(self.hosts, headers.get("Host", ""), "", "")
        # A page of any site may open a socket: only the server looks at its origin (RFC 6455, section 10.2).
        if why or not self.hosts.welcome(headers.get("Origin", "")):
            self.set_status(403)
            self.finish(why or say("pages of other sites may not listen here"))

    def check_origin(self, origin: str) -> bool:
        """Return whether a page of *origin* may connect."""
        return self.hosts.welcome(origin)

    def on_message(self, message: str | bytes) -> None:
        """Answer the handshake of livereload's protocol, then note what the page shows."""
        content = _read(message)
        if content.get("command") == "hello":
            super().on_message(json.dumps(content))
        elif content.get("command") == "info":
            plugins = content.get("plugins")
            page = plugins.get(PLUGIN) if isinstance(plugins, dict) else None
            shown = page if isinstance(page, dict) else {}
            looks = PageHashes(str(shown.get("page", "")), str(shown.get("styles", "")))
            self.state.add_reader(self, str(content.get("url", "")), looks)

    def on_close(self) -> None:
        """Note that the page is gone."""
        self.state.remove_reader(self)

    def tell(self, path: str) -> None:
        """Tell the page that *path* has changed."""
        self.send_message(
            {
                "command": "reload",
                "path": path,
                "liveCSS": False,
                "liveImg": False,
                "generation": self.state.generation,
            }
        )


def _read(message: str | bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(message)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
