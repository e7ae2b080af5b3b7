"""A client of yaml-language-server: what an editor asks it, over its protocol (LSP 3.17) on its streams."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

WAIT = 30
"""Seconds after which the server is held to be stuck."""


class LanguageServer:
    """A running server that has the folder of a site open."""

    def __init__(self, program: Path, root: Path, settings: dict[str, Any]) -> None:
        """Start *program* for the site in *root*, with the *settings* that VS Code has there."""
        self.root, self._settings = root, settings
        self._number = self._version = 0
        self._process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
        )
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        """Introduce the client."""
        try:
            self._introduce()
        except BaseException:
            self._end()
            raise
        return self

    def _introduce(self) -> None:
        uri = self.root.as_uri()
        item = {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}}
        capabilities = {
            "textDocument": {"completion": item, "hover": {"contentFormat": ["markdown"]}},
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        folders = [{"uri": uri, "name": self.root.name}]
        self.ask(
            "initialize", processId=None, rootUri=uri, capabilities=capabilities, workspaceFolders=folders
        )
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": self._settings}})
        # It asks for its settings then, and answers without them until it has them.
        assert any(self.completions("site.yaml", "^") for _ in range(50)), "the server knows no schema"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server."""
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()

    @contextmanager
    def opened(self, path: str, text: str) -> Iterator[str]:
        """Open the file *path* of the site as *text*, and lend its URI."""
        uri = (self.root / path).as_uri()
        # The server remembers what it made of a file by its version.
        self._version += 1
        document = {"uri": uri, "languageId": "yaml", "version": self._version, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        yield uri
        self._send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})
        while self._diagnostics(uri):
            """Those of the closed file are none."""

    def completions(self, path: str, text: str) -> dict[str, str]:
        """Return what is offered in *path* where *text* has a ``^``, each with its description."""
        found = self._at(path, text, "textDocument/completion")
        return {item["label"]: _markup(item.get("documentation")) for item in found.get("items", ())}

    def hover(self, path: str, text: str) -> str:
        """Return what is shown in *path* for the word where *text* has a ``^``."""
        found = self._at(path, text, "textDocument/hover")
        return _markup(found["contents"]) if found else ""

    def problems(self, path: str, text: str) -> list[tuple[int, int, str]]:
        """Return what is marked in *path* if it has this *text*: line and column from 1, and the message."""
        with self.opened(path, text) as uri:
            return [_problem(each) for each in self._diagnostics(uri)]

    def _diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """Return what the server says next of the file *uri*."""
        while True:
            message = self._receive()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri:
                found: list[dict[str, Any]] = params["diagnostics"]
                return found

    def _at(self, path: str, text: str, method: str) -> dict[str, Any]:
        before, _, after = text.partition("^")
        spot = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        with self.opened(path, before + after) as uri:
            return self.ask(method, textDocument={"uri": uri}, position=spot)

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Return the answer to the request *method* with *params*; an empty one where there is none."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"] or {}

    def _receive(self) -> dict[str, Any]:
        """Return the next message; what the server asks itself is answered."""
        message = self._inbox.get(timeout=WAIT)
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: dict[str, Any]) -> list[object] | None:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section")) for item in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._inbox.put(json.loads(stream.read(length)))


def _markup(value: object) -> str:
    return str(value.get("value", "") if isinstance(value, dict) else value or "")


def _problem(found: dict[str, Any]) -> tuple[int, int, str]:
    start = found["range"]["start"]
    return start["line"] + 1, start["character"] + 1, found["message"]
