"""A build that touches only what changed must equal a clean one, whatever happened before.

Run as a script, this file goes on for as long as ``make soak`` asks.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from incremental_kit import LARGE, Editing
from writing_kit import needs_fork

STEPS: Final = 50
"""Edits of one site at most; behind most of them it is built."""
SITES: Final = 4
"""Some of which get few edits: Hypothesis tries the simplest ways, too."""

EVERY: Final = 3
"""After how many steps, and sites, a comparison is made here; ``make soak`` makes one after each.

What a build leaves behind, the next ones seldom clear away: it is still there when the site is compared.
"""

_AT_ONCE: Final = settings(
    stateful_step_count=STEPS,
    deadline=None,
    # To find the shortest way to a fault takes many minutes; the steps are printed as they are.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def roomy(otherwise: Path) -> Path:
    """Return a folder for the sites: one in memory where there is one, as they are deleted soon."""
    memory = Path("/dev/shm")  # noqa: S108 - each site makes a folder of its own in it
    return memory if memory.is_dir() else otherwise


@needs_fork
@pytest.mark.usefixtures("ticking")
def test_incremental_equals_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After any edit, damage or kill, a build gives what a clean one gives, in bytes and in words."""
    monkeypatch.setattr(Editing, "place", roomy(tmp_path))
    monkeypatch.setattr(Editing, "every", EVERY)
    for counter in ("begun", "built", "compared"):
        monkeypatch.setattr(Editing, counter, 0)
    for module, name, value in LARGE:
        monkeypatch.setattr(module, name, value)

    run_state_machine_as_test(Editing, settings=settings(_AT_ONCE, max_examples=SITES))

    assert Editing.built >= 120
    assert Editing.compared >= 120 // EVERY - SITES


def soak(steps: int) -> None:
    """Compare builds after so many *steps*, others each time; the way to the first difference is shown."""
    begun = time.perf_counter()
    for module, name, value in LARGE:
        setattr(module, name, value)
    Editing.place = roomy(Path(tempfile.gettempdir()))
    # Without a database no step is taken twice; where CI is set, Hypothesis would take the same each time.
    chance = settings(_AT_ONCE, max_examples=SITES, derandomize=False, database=None)
    while Editing.compared < steps:
        run_state_machine_as_test(Editing, settings=chance)
        print(
            f"{Editing.compared:,} builds equal clean ones, {time.perf_counter() - begun:,.0f} s", flush=True
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=soak.__doc__)
    parser.add_argument("--steps", type=int, default=20_000)
    soak(parser.parse_args().steps)
