"""Events at known places, as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

ENTITIES = """\
doha: {kind: place, name: {en: Doha, ar: الدوحة}, coordinates: [25.29, 51.53]}
suva: {kind: place, name: Suva, coordinates: [-18.14, 178.44]}
ankara: {kind: place, name: Ankara}
"""
EVENTS = (
    "{id: talks, date: October 2019, title: Talks, places: [doha]}",
    "{id: flight, date: 2017, title: Flight, places: [doha, suva]}",
    "{id: vote, date: 2018, title: Vote, places: [ankara]}",
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site with places that have coordinates, and one that has none."""
    root = tmp_path_factory.mktemp("places")
    files = {"content/entities.yaml": ENTITIES, "content/articles/a.en.md": article("A", *EVENTS)}
    write_site(root, files, settings=f"{SETTINGS}data: {{from: 1}}\n")
    build(root, Options(jobs=1))
    return root / "output"


def features(file: Path) -> dict[str, Any]:
    """Return the features of a *file* by their ids."""
    read = json.loads(file.read_text("utf-8"))
    assert read["type"] == "FeatureCollection"
    return {feature["id"]: feature for feature in read["features"]}


def test_places_of_an_event(output: Path) -> None:
    """An event is at each of its places, longitude first; one without a known place is left out."""
    found = features(output / "ar/events.geojson")

    assert {name: feature["geometry"] for name, feature in found.items()} == {
        "flight": {"type": "MultiPoint", "coordinates": [[51.53, 25.29], [178.44, -18.14]]},
        "talks": {"type": "Point", "coordinates": [51.53, 25.29]},
    }


def test_what_is_said_of_an_event(output: Path) -> None:
    """A feature has the date as it is known, and words in the language of the file."""
    found = features(output / "ar/events.geojson")["talks"]["properties"]

    assert (found["date"], found["date_text"], found["places"]) == ("2019-10", "أكتوبر 2019", ["الدوحة"])
    assert found["url"] == "https://records.org/ar/events/talks/"


def test_only_where_there_is_something_to_show(output: Path) -> None:
    """A timeline without a place that has coordinates has no such file; each other has its own."""
    assert not (output / "en/places/ankara/events.geojson").exists()
    assert features(output / "en/places/suva/events.geojson").keys() == {"flight"}
