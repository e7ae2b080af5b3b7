"""Addresses that were published: which of them would be gone, and what is remembered of them here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from timeline_gen.building.options import Options
from timeline_gen.building.store.addresses import (
    built_addresses,
    note_lost,
    remember_published,
    remember_record,
)
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.model.settings import Settings
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.plan.lasting_addresses import addresses_of_files, home_of_embed, missing
from timeline_gen.publishing.record import Record

_TAG = "tag"


@dataclass(frozen=True, slots=True)
class PublishedAddresses:
    """The addresses of the site in the folder *root* at one target, which is built for with *options*."""

    root: Path
    settings: Settings
    target: PublishTarget
    options: Options

    def gone(self, record: Record, files: Collection[str]) -> tuple[str, ...]:
        """Return the addresses that *record* lists and that none of *files* serves; remember all of them.

        The next build then reports what it has lost, wherever it was published from.
        """
        if self.target.preview or not record.generation:
            return ()
        # Records of earlier versions name no addresses: these follow from the files.
        known = record.addresses or tuple(self._of_files(record.files))
        if not record.addresses:
            remember_record(self.root, self.target.name, record.files)
        remember_published(self.root, self.target.name, known)
        lost = missing(known, files)
        note_lost(self.root, self.target.name, lost)
        # What is framed moves with its page: one line mends both.
        return tuple(address for address in lost if not home_of_embed(address))

    def present(self, files: Collection[str]) -> tuple[str, ...]:
        """Return those addresses of *files*, the site as it was built, that others may link to."""
        found = built_addresses(self.root, self.options)
        if found is None:
            found = tuple(self._of_files(files))
        return tuple(address for address in found if addresses.file_name(address) in files)

    def _of_files(self, files: Collection[str]) -> Collection[str]:
        tags = {taxonomy.key for taxonomy in self.settings.taxonomies if taxonomy.kind == _TAG}
        return tuple(addresses_of_files(files, tags))
