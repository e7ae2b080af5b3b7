"""The order of files, of keys and of articles changes nothing."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.keys import content_hash

SITE = Path(__file__).parent / "sites" / "merging"


def shuffled_front_matter(text: str, dice: Random) -> str:
    """Return an article with the keys of its front matter, and its events, in another order."""
    matter, body = text.removeprefix("---\n").split("\n---\n", 1)
    blocks: list[str] = []
    for line in matter.splitlines():
        if line.startswith((" ", "-")) and blocks:
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
    dice.shuffle(blocks)
    return "---\n" + "\n".join(_shuffled_events(block, dice) for block in blocks) + f"\n---\n{body}"


def _shuffled_events(block: str, dice: Random) -> str:
    head, *events = block.split("\n  - ")
    dice.shuffle(events)
    return "\n  - ".join((head, *events))


@cache
def built(seed: int | None) -> dict[str, str]:
    """Return the hash of each file of the output, the site written in an order that *seed* decides."""
    dice = Random(seed)  # noqa: S311 (no secret)
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        shutil.copy(SITE / "site.yaml", root)
        files = sorted(path for path in (SITE / "content").rglob("*") if path.is_file())
        if seed is not None:
            dice.shuffle(files)
        for path in files:
            target = root / path.relative_to(SITE)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".md" and seed is not None:
                text = shuffled_front_matter(text, dice)
            target.write_text(text, encoding="utf-8")
        build(root, Options(jobs=1))
        output = root / "output"
        return {
            path.relative_to(output).as_posix(): content_hash(path.read_bytes())
            for path in output.rglob("*")
            if path.is_file()
        }


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_shuffled(seed: int) -> None:
    """Shuffled files, keys and events give the same bytes."""
    assert built(seed) == built(None)
