"""The codes of all problems, each with the one line that says what it stands for.

A code never changes its meaning; the wording beside it may.
``TG1xx`` files, YAML and front matter · ``TG2xx`` dates · ``TG3xx`` the schema ·
``TG4xx`` Markdown bodies and pictures · ``TG5xx`` what articles say together ·
``TG6xx`` addresses and pages · ``TG7xx`` themes and their words · ``TG8xx`` the built site.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # files, YAML and front matter
        "TG101": "the file is not UTF-8 text",
        # dates
        "TG201": "the date cannot be read",
    }
)
