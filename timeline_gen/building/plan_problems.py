"""What only the plan of a site shows to be wrong: dead links, lost addresses, files in each other's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from timeline_gen.building.parse.content import Content
from timeline_gen.building.render.pictures import asset_files
from timeline_gen.building.site_plan import SitePlan, assets_of, texts_of
from timeline_gen.building.social_image_fonts import undrawn_letters
from timeline_gen.building.store.addresses import known_addresses
from timeline_gen.building.workspace import Workspace
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.errors import Place, Problem
from timeline_gen.model.files import Output
from timeline_gen.model.settings import Settings
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.plan.dead_paths import dead_paths, ids_in
from timeline_gen.pages.plan.lost_addresses import lost_problems
from timeline_gen.pages.plan.statics import static_problems
from timeline_gen.pages.social_image import SocialImage
from timeline_gen.reading.publish_targets import too_large_files, too_many_files
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.templates.places import missing_template


def lost_addresses(site: Workspace, settings: Settings, pages: Sequence[Page]) -> tuple[Problem, ...]:
    """Return the addresses of earlier builds that none of *pages* has."""
    if site.problems.broken:
        # What seems lost may only be misread.
        return ()
    return lost_problems(known_addresses(site.root, settings, site.options), pages)


def missing_templates(timeline: Timeline, context: RenderContext) -> Iterator[Problem]:
    """Yield a problem for each plain page that names a template which the theme does not have."""
    for text in (text for plain in timeline.plain_pages for text in plain.versions.values()):
        if text.template and text.template not in context.templates:
            missing = missing_template(text.template, context.templates)
            place = Place(text.path, *text.positions.get("template", (1, 1)))
            yield Problem("TG702", missing.message, place, missing.hint, about=text.template)


def late_problems(plan: SitePlan) -> Iterator[Problem]:
    """Yield what is wrong with the files of *plan*: those that take each other's place, and their number."""
    yield from _static_problems(plan)
    pictures = (page for page in plan.pages if isinstance(page, SocialImage))
    yield from undrawn_letters(pictures, plan.context.fonts)
    count = len(plan.pages) + len(plan.assets) + len(plan.content.statics) + len(_content_files(plan))
    for target in plan.site.settings.publish.values():
        yield from too_many_files(target, count)
        yield from too_large_files(target, assets_of(plan))


def dead_links(
    timeline: Timeline,
    pages: Iterable[Page],
    content: Content,
    outputs: Iterable[Output],
    templates: Iterable[str],
) -> tuple[Problem, ...]:
    """Return the links in texts to neither one of *pages* nor one of *outputs*, or to ids that nothing has.

    *templates* are the sources of those of the theme, which give pages ids of their own.
    """
    texts = texts_of(timeline, content)
    if not any(link.to.startswith("path:") or "#" in link.to for _, links in texts for link in links):
        return ()
    files = {page.file for page in pages} | {output.path for output in outputs}
    files |= {str(asset.address) for text in content.files.values() for asset in text.given}
    files |= {static.path for static in content.statics}
    return dead_paths(texts, timeline.targets, files, ids_in(templates))


def _content_files(plan: SitePlan) -> list[str]:
    return [str(file.address) for _, files in asset_files(plan) for file in files]


def _static_problems(plan: SitePlan) -> tuple[Problem, ...]:
    """Return the problems of files of ``static/`` among the other files of the site."""
    statics = [static.path for static in plan.content.statics]
    if not statics:
        return ()
    files = [asset.path for asset in plan.assets] + _content_files(plan)
    if plan.site.settings.search == "pagefind":
        files.append(addresses.texts("").rstrip("/"))
    return static_problems(statics, plan.pages, files)
