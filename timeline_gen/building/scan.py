"""Look at all that a build reads and at the site it made last, and tell whether there is anything to do.

No stage and no library is loaded here: a build without work is over before they would be there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from timeline_gen.building.options import Report
from timeline_gen.building.store.glance import NOTHING, Glance, Last, glance, last_build, recalled
from timeline_gen.building.workspace import Workspace
from timeline_gen.reading.disk.packaged import packaged_themes
from timeline_gen.writing.manifest import confirm
from timeline_gen.writing.others import notes_on
from timeline_gen.writing.survey import OutputState, survey


@dataclass(frozen=True, slots=True)
class Scan:
    """What there was before a build."""

    output: OutputState
    """The built site, as the last build left it."""
    inputs: Glance = NOTHING
    """All that a build is made from; nothing where builds of one process follow one another."""
    last: Last | None = None
    """The last build, if only the content of some files has changed since."""
    report: Report | None = None
    """What the last build reported, if another one would do nothing."""


def scan(site: Workspace) -> Scan:
    """Look at all that a build of *site* reads, and at what the last one left."""
    started, cache, options = time.time_ns(), site.cache, site.options
    output = survey(site.tree, cache)
    report, inputs = recalled(cache, output, options, lambda named: inputs_of(site, named))
    if report is None:
        return Scan(output, inputs, last_build(cache, output, options, inputs))
    if output.reread:
        confirm(cache, options.tree, output.manifest, started)
    seconds, notes = time.perf_counter() - site.begun, notes_on(options.output, output.others)
    return Scan(output, inputs, report=replace(report, seconds=seconds, notes=notes))


def inputs_of(site: Workspace, named: Iterable[str]) -> Glance:
    """Look at all that a build of *site* reads, the files *named* in its settings included."""
    return glance(site.root, site.options, packaged_themes(), named)
