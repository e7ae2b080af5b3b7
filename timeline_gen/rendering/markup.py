"""XML and JSON by hand: what feeds and sitemaps have in common."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write (section 2.2)."""


def xml_text(text: str) -> str:
    """Return *text* as it is written inside an element or a double-quoted attribute (XML 1.0, 2.4)."""
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;"})


def element(name: str, text: str, **attributes: str) -> str:
    """Return the element *name* with *text*; an underscore in an attribute's name stands for a colon."""
    written = "".join(f' {key.replace("_", ":")}="{xml_text(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{xml_text(text)}</{name}>" if text else f"<{name}{written}/>"
