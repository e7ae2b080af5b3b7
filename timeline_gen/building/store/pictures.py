"""Files of pictures as they are published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from timeline_gen.building.store.store import Step, Store

PICTURES: Final[Step[bytes]] = Step("pictures", in_memory=False)
"""By their addresses, which hold the hash of the picture that each was made from."""


def keep_pictures(store: Store, made: Iterable[tuple[str, bytes]]) -> None:
    """Keep the files of pictures that were *made*, each with its address."""
    store.keep(PICTURES, {address: (b"", data) for address, data in made})
