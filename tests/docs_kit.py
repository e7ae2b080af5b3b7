"""What the tests of the documentation share: how its commands are run, and what its sections say."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from pydantic import BaseModel, create_model

from timeline_gen.schema.articles import (
    ArticleSchema,
    CitationSchema,
    EventFileSchema,
    EventSchema,
    PageSchema,
    TranslationSchema,
)
from timeline_gen.schema.entities import EntitySchema, EraSchema
from timeline_gen.schema.media import FileSchema, ImageSchema, MediaSchema, PictureSchema
from timeline_gen.schema.publish_targets import TARGET_KINDS
from timeline_gen.schema.site import (
    AcceptedSchema,
    DataSchema,
    DatesSchema,
    LanguageSchema,
    MapSchema,
    MarkdownSchema,
    MenuEntrySchema,
    PolicySchema,
    SilenceSchema,
    SiteSchema,
    TaxonomySchema,
    ThemeSchema,
)

INSTALLING = [["pipx", "install", "."], ["uv", "tool", "install", "."]]
"""Both make an environment and install there as pip does, which is tried once for all pages."""
PROGRAM = Path(sys.executable).with_name("timeline-gen")

ASSEMBLE = Path(__file__).parents[1] / "docs" / "site" / "assemble.py"


def serve(words: list[str], folder: Path) -> None:
    """Run a server with *words* in *folder*, and stop it as soon as it says where it is."""
    command = [str(PROGRAM), *words]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout
    said = next((line for line in process.stdout if "http://127.0.0.1:" in line), "")
    process.terminate()
    try:
        process.communicate(timeout=30)
    finally:
        process.kill()
    assert said, "the server did not say where it is"


SECTIONS: dict[str, type[BaseModel]] = {
    "`site.yaml`": SiteSchema,
    "Languages": LanguageSchema,
    "Dates": DatesSchema,
    "Data": DataSchema,
    "Map": MapSchema,
    "Menu and home": MenuEntrySchema,
    "Policy": PolicySchema,
    "Markdown": MarkdownSchema,
    "Accept": AcceptedSchema,
    "Silence": SilenceSchema,
    "Taxonomies": TaxonomySchema,
    "Publish": create_model("TargetSchema", __base__=TARGET_KINDS),
    "Articles": ArticleSchema,
    "Events": EventSchema,
    "Events' own files": EventFileSchema,
    "Sources": CitationSchema,
    "Media": MediaSchema,
    "Image": ImageSchema,
    "Files": FileSchema,
    "Pictures of articles, entities and the site": PictureSchema,
    "Translations": TranslationSchema,
    "Plain pages": PageSchema,
    "`content/entities.yaml`": EntitySchema,
    "`content/eras.yaml`": EraSchema,
    "`theme.yaml`": ThemeSchema,
}
"""Which heading of the reference documents which mapping."""


def sections(page: Path) -> dict[str, str]:
    """Return the text under each heading of *page*."""
    parts = re.split(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def reference(page: str) -> dict[str, str]:
    """Return the text of each section of the reference in *page*, by its heading in English."""
    docs = Path(__file__).parents[1] / "docs"
    return dict(zip(sections(docs / "reference.md"), sections(docs / page).values(), strict=True))


def assembled(folder: Path) -> Path:
    """Assemble the site of the documentation in *folder*, and return that."""
    spec = spec_from_file_location("assemble", ASSEMBLE)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    # Its dataclasses are looked up there.
    sys.modules["assemble"] = module
    spec.loader.exec_module(module)
    module.assemble(folder)
    return folder
