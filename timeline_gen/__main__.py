"""``python -m timeline_gen`` is ``timeline-gen``, also where that is not on the path."""

from __future__ import annotations

from timeline_gen.cli import run

if __name__ == "__main__":
    run()
