"""``silence:`` of ``site.yaml``: which problems the site has decided to hear no more of, and why."""

from __future__ import annotations

from collections.abc import Iterable

from timeline_gen.codes import CODES
from timeline_gen.messages import say
from timeline_gen.model.settings import Silence
from timeline_gen.reading.front_matter.matter import spot_at
from timeline_gen.reading.front_matter.notes import Diagnostics
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.schema.site import SilenceSchema
from timeline_gen.text.suggestions import nearest


def read_silence(given: Iterable[SilenceSchema], tree: YamlMap, notes: Diagnostics) -> tuple[Silence, ...]:
    """Return the entries *given* in *tree*; a code that does not exist is put into *notes*."""
    found: list[Silence] = []
    for number, entry in enumerate(given):
        code, way = entry.code.upper(), ("silence", number)
        if code in CODES:
            found.append(Silence(code, entry.path, entry.because, spot_at(tree, way)))
            continue
        near = nearest(code, CODES)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("the codes are those that check prints, such as TG404")
        )
        notes.add(
            "TG304",
            say("there is no problem with the code {code!r}", code=entry.code),
            spot_at(tree, (*way, "code")),
            hint,
        )
    return tuple(found)
