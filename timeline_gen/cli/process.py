"""What a command leaves to the end of its process."""

from __future__ import annotations

import gc
from typing import Final

_held: Final[list[object]] = []


def keep_until_exit(value: object) -> None:
    """Keep *value* until the process ends: it is then given back to the system at once, with all the rest."""
    _held.append(value)
    # Nor is it worth while to look through it for what could be freed.
    gc.disable()


def is_leaving_quickly() -> bool:
    """Return whether there is anything that would take long to free."""
    return bool(_held)
