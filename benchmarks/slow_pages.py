"""Loaded by a Dask worker first (``--preload``): each page takes ``SECONDS_PER_PAGE`` more to render."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from timeline_gen.building.render import outputs
from timeline_gen.building.render.outputs import RenderedFile, RenderJob

SECONDS = float(os.environ["SECONDS_PER_PAGE"])


def dask_setup(_worker: object) -> None:
    """Slow the rendering of pages down; Dask calls this when the worker begins."""
    outputs.render_job = slowed(outputs.render_job)


def slowed(render: Callable[..., list[RenderedFile]]) -> Callable[..., list[RenderedFile]]:
    """Return *render* with a pause for each page of its job."""

    def pausing(job: RenderJob, **context: object) -> list[RenderedFile]:
        time.sleep(SECONDS * len(job.pages))
        return render(job, **context)

    return pausing
