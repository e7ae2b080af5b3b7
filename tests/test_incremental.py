"""A build that touches only what changed must equal a clean one, whatever happened before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from incremental_kit import Editing
from writing_kit import needs_fork

STEPS = 50
EXAMPLES = 6


@needs_fork
def test_incremental_equals_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After any edit, damage or kill, a build gives what a clean one gives, in bytes and in words."""
    memory = Path("/dev/shm")  # noqa: S108 - a faster place for what is deleted at once
    monkeypatch.setattr(Editing, "place", memory if memory.is_dir() else tmp_path)

    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # To find the shortest way to a fault takes many minutes; the steps are printed as they are.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
