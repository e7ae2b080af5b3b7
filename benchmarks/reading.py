"""Measure what reading costs: YAML, the schema, Markdown, cleaning, and whole articles, on one core.

Run it with the number of articles to read; the corpus is the one of ``corpus.py``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from corpus import Shape, write_corpus

from timeline_gen.reading.article import parse_article
from timeline_gen.reading.disk.contents import survey
from timeline_gen.reading.disk.files import read_all
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.front_matter.halves import Halves, split
from timeline_gen.reading.front_matter.matter import plain
from timeline_gen.reading.front_matter.yaml_nodes import YamlNode
from timeline_gen.reading.front_matter.yaml_tree import read_yaml
from timeline_gen.reading.prose.body import parse_body
from timeline_gen.reading.prose.cleaning import clean
from timeline_gen.reading.prose.markup import convert
from timeline_gen.reading.settings import parse_settings
from timeline_gen.schema.articles import article_schema
from timeline_gen.schema.validation import check

T = TypeVar("T")
R = TypeVar("R")
ROUNDS = 3


def timed(name: str, work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Do *work* on all *items*, several times over; print the least processor time and return the results."""
    given = list(items)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        results = [work(item) for item in given]
        best = min(best, time.process_time() - start)
    print(f"{name:<28} {best:8.3f} s  {best / max(len(given), 1) * 1000:8.4f} ms each")
    return results


def main() -> None:
    """Measure each step of reading by itself."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=2000)
    with TemporaryDirectory() as folder:
        measure(Path(folder), parser.parse_args().articles)


def measure(root: Path, articles: int) -> None:
    """Write a corpus of so many *articles* into *root* and read it."""
    write_corpus(root, Shape(articles=articles))
    settings, _ = parse_settings(load_settings(root))
    assert settings is not None
    ((contents, _),) = timed("survey", survey, [root])
    (sources,) = timed("read", lambda found: [*read_all(root, found, [])], [contents.articles])
    splits = timed("split", split, sources)
    halves = [(source.path, half) for source, (half, _) in zip(sources, splits, strict=True) if half]

    def tree(pair: tuple[object, Halves]) -> YamlNode:
        node, _ = read_yaml(pair[1].matter, sources[0].path)
        assert node is not None
        return node

    trees = timed("YAML into a tree", tree, halves)
    plains = timed("tree into plain values", plain, trees)
    schema = article_schema(tuple(taxonomy.key for taxonomy in settings.taxonomies))
    timed("schema", lambda data: check(schema, data), plains)
    converted = timed("Markdown", lambda pair: convert(pair[1].body), halves)
    timed("cleaning", lambda one: clean(one.html), converted)
    timed("body, all of it", lambda p: parse_body(p[1].body, first_line=1, path=p[0], assets={}), halves)
    timed("article, all of it", lambda source: parse_article(source, settings, {}), sources)


if __name__ == "__main__":
    main()
