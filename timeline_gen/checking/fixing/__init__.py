"""Problems that have just one mend, and what the mended files are: ``check --fix``."""

from __future__ import annotations

from timeline_gen.checking.fixing.files import FixedFile, put, write_fixed
from timeline_gen.checking.fixing.fixes import fixed_files

__all__ = ["Mended", "mended_files", "put", "write_mended"]
