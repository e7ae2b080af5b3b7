"""The corpora for measuring: the same bytes on any machine, in the shape that was asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def corpus(folder: Path, *options: str, hash_seed: str = "0") -> dict[str, bytes]:
    """Write a corpus into *folder* and return its files."""
    command = [sys.executable, str(ROOT / "benchmarks" / "corpus.py"), str(folder), *options]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_same_bytes(tmp_path: Path) -> None:
    """Two runs write the same corpus, whatever the machine's hash seed; another seed, another corpus."""
    first = corpus(tmp_path / "a", "--articles", "6")
    second = corpus(tmp_path / "b", "--articles", "6", hash_seed="1")
    other = corpus(tmp_path / "c", "--articles", "6", "--seed", "2")

    assert first == second
    assert first != other


def test_shape(tmp_path: Path) -> None:
    """Articles are counted as files, with the words and events asked for; one language states facts."""
    files = corpus(
        tmp_path, "--articles", "9", "--languages", "en", "ar", "fr", "--events", "4", "--words", "120"
    )
    articles = {name: data.decode() for name, data in files.items() if name.endswith(".md")}
    own = [text for name, text in articles.items() if name.endswith(".en.md")]
    bodies = [text.split("\n---\n", 1)[1] for text in articles.values()]

    assert len(articles) == 9
    assert [text.count("  - id: ") for text in articles.values()] == [4] * 9
    assert sum("    date:" in text for text in articles.values()) == len(own) == 3
    assert all(120 <= len(body.split()) <= 150 for body in bodies)
