"""What the tests of the documentation share: how its commands are run, and what its sections say."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from pydantic import BaseModel

from timeline_gen import schema

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
    process.communicate(timeout=30)
    assert said, "the server did not say where it is"


SECTIONS: dict[str, type[BaseModel]] = {
    "`site.yaml`": schema.SiteMatter,
    "Languages": schema.LanguageMatter,
    "Dates": schema.DatesMatter,
    "Data": schema.DataMatter,
    "Map": schema.MapMatter,
    "Menu and home": schema.MenuEntryMatter,
    "Policy": schema.PolicyMatter,
    "Markdown": schema.MarkdownMatter,
    "Accept": schema.AcceptedMatter,
    "Silence": schema.SilenceMatter,
    "Taxonomies": schema.TaxonomyMatter,
    "Publish": schema.TargetMatter,
    "Articles": schema.ArticleMatter,
    "Events": schema.EventMatter,
    "Events' own files": schema.EventFileMatter,
    "Sources": schema.CitationMatter,
    "Media": schema.MediaMatter,
    "Image": schema.ImageMatter,
    "Files": schema.FileMatter,
    "Pictures of articles, entities and the site": schema.PictureMatter,
    "Translations": schema.TranslationMatter,
    "Plain pages": schema.PageMatter,
    "`content/entities.yaml`": schema.EntityMatter,
    "`content/eras.yaml`": schema.EraMatter,
    "`theme.yaml`": schema.ThemeMatter,
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
