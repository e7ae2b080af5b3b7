"""Problems that have just one mend, and what the mended files are: ``check --fix``."""

from __future__ import annotations

from timeline_gen.checking.mending.files import Mended, put, write_mended
from timeline_gen.checking.mending.mends import mended_files

__all__ = ["Mended", "mended_files", "put", "write_mended"]
