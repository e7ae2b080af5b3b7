"""Problems that have just one fix, and what the fixed files are: ``check --fix``."""

from __future__ import annotations

from timeline_gen.checking.fixing.files import FixedFile, put, write_fixed
from timeline_gen.checking.fixing.fixes import fixed_files

__all__ = ["FixedFile", "fixed_files", "put", "write_fixed"]
