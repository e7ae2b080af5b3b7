"""The list of all corrections."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.collecting.timeline import Correction
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.view_models.articles import correction_view
from timeline_gen.rendering.layout import Head, Layout
from timeline_gen.rendering.view_models import CorrectionView


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """``/<lang>/corrections/``. Template ``corrections.html``."""

    layout: Layout
    head: Head
    corrections: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage(TemplatePage):
    """All corrections, newest first."""

    corrections: tuple[Correction, ...]

    template = "corrections.html"
    listed = True

    def address(self) -> str:
        """Return the address of the list."""
        return addresses.corrections(self.lang)

    def view(self) -> CorrectionsView:
        """Return each correction."""
        found = sorted(self.corrections, key=lambda item: (-item.by.stamp, item.event, item.by.slug))
        views = tuple(correction_view(correction, self.lang, self.site) for correction in found)
        return CorrectionsView(self.layout, head_of(self, social=Social()), views)
