"""The kinds of pages: a module for each, with a class that declares all that such a page shows."""

from __future__ import annotations
