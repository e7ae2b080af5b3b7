"""What an SVG may hold: the names in ``svg_names.toml``, as sets."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"

ACTIVE_NAMESPACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "http://www.w3.org/1999/xhtml": "HTML",
        "http://www.w3.org/1998/Math/MathML": "MathML",
        "http://www.w3.org/1999/XSL/Transform": "XSLT",
        "http://www.w3.org/2001/xml-events": "XML Events",
    }
)
"""Namespaces that browsers act on. Elements of all others, which only editors read, do nothing."""

_TABLE: Final = tomllib.loads((files("timeline_gen.reading.pictures") / "svg_names.toml").read_text("utf-8"))


def _names(key: str) -> frozenset[str]:
    return frozenset(_TABLE[key].split())


ANIMATIONS: Final = frozenset({"animate", "animateMotion", "animateTransform", "set"})
ELEMENTS: Final = _names("elements") | ANIMATIONS
UNSEEN_ELEMENTS: Final = _names("unseen_elements")

PLAIN_ATTRIBUTES: Final = _names("plain_attributes")
QUIET_ATTRIBUTES: Final = _names("quiet_attributes")
PROPERTIES: Final = _names("properties") | _names("style_attributes")
STYLE_ATTRIBUTES: Final = _names("style_attributes") | {"gradientTransform", "patternTransform"}
ANIMATION_ATTRIBUTES: Final = _names("animation_attributes")
ANIMATABLE: Final = (PLAIN_ATTRIBUTES | STYLE_ATTRIBUTES) - _names("conditions")
"""What an animation may change: never an address, a style or what happens on a click."""

FUNCTIONS: Final = _names("functions")
SELECTOR_FUNCTIONS: Final = _names("selector_functions")
GROUP_RULES: Final = frozenset({"media", "supports"})
KEYFRAMES: Final = frozenset({"keyframes", "-webkit-keyframes", "-moz-keyframes"})
