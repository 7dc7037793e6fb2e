"""The sheet of a movement: well-formed, everything named is on it, nothing lies on another."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from safeconduct.papers import Bar, Drawing, Outline, Road, Site, picture
from safeconduct.papers.ground import _part
from safeconduct.papers.labels import Box, Crowd
from safeconduct.papers.picture import WIDTH
from safeconduct.papers.svg import room_s, wrapped
from safeconduct.spacetime import Point, Span, Spans

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
HOUR = 3_600
SEVEN = 1_478_242_800  # 2016-11-04 07:00 UTC, 09:00 in Damascus


def at(lon: float, lat: float) -> Point:
    return Point(round(lon * 1e7), round(lat * 1e7))


TOWN = Drawing(
    title="Flour for Birch",
    says="NO-GO, as of the morning",
    lines=("The North: no restraint that counts.",),
    horizon=Span(SEVEN, SEVEN + 8 * HOUR),
    zone="Asia/Damascus",
    roads=(
        Road(a="alder", b="bridge", name="Bridge road", length_dm=60_000, is_route=True),
        Road(
            a="bridge", b="birch", name="Hill road", length_dm=90_000, is_route=True,
            bad=((0, 90_000),), line=(at(37.05, 36.05), at(37.08, 36.1), at(37.1, 36.1)),
        ),
        Road(a="alder", b="birch", name="River road", length_dm=200_000),
    ),
    sites=(
        Site(id="alder", name="Alder", at=at(37, 36), is_on_route=True),
        Site(id="bridge", name="The Bridge", at=at(37.05, 36.05), is_on_route=True),
        Site(id="birch", name="Birch", at=at(37.1, 36.1), is_on_route=True),
    ),
    outlines=(
        Outline(name="North bank", rings=((at(37.04, 36.06), at(37.2, 36.06), at(37.1, 36.2)),)),
        Outline(name="South bank", rings=((at(36.9, 35.9), at(37.2, 35.9), at(37.1, 36.04)),)),
    ),
    unnamed=("Far hills",),
    bars=(
        Bar(party="The North", what="passage", bound=Spans.one(SEVEN, SEVEN + HOUR),
            partly=Spans.one(SEVEN + HOUR, SEVEN + 2 * HOUR), offered=Spans(), note="no on 3"),
        Bar(party="The South", what="consent", bound=Spans(), partly=Spans(),
            offered=Spans.one(SEVEN, SEVEN + 3 * HOUR)),
    ),
    trip=Span(SEVEN + HOUR, SEVEN + 5 * HOUR),
    windows=Spans.one(SEVEN, SEVEN + HOUR),
    credit="roads of two invented towns",
)  # fmt: skip


def words(drawing: Drawing) -> list[str]:
    """Every text of a picture, as an XML reader finds it."""
    return [one.text or "" for one in ET.fromstring(picture(drawing)).iter(f"{SVG}text")]


def drawn(drawing: Drawing, class_: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(picture(drawing)).iter() if one.get("class") == class_]


def test_everything_that_the_drawing_names_is_on_the_sheet() -> None:
    told = " ".join(words(TOWN))
    for name in (
        *("Flour for Birch", "NO-GO, as of the morning", "no restraint that counts"),
        *("Alder", "The Bridge", "Birch", "North bank", "South bank", "Far hills"),
        *("The North", "passage", "no on 3", "The South", "consent"),
        *("roads of two invented towns", "time in Asia/Damascus", "4 Nov 2016", "09:00"),
    ):
        assert name in told, name


def test_the_hours_are_those_of_the_movements_own_zone() -> None:
    assert "09:00" in words(TOWN) and "07:00" not in words(TOWN)
    assert "07:00" in words(replace(TOWN, zone="UTC"))


def test_a_picture_is_the_same_every_time_and_needs_nothing_from_elsewhere() -> None:
    assert picture(TOWN) == picture(TOWN)
    told = picture(TOWN).replace("http://www.w3.org/2000/svg", "")
    for foreign in ("http", "href", "@import", "@font-face", "<script", "<image", "<foreignObject"):
        assert foreign not in told


@pytest.mark.parametrize(
    "hostile",
    [
        "</text><script>alert(1)</script>",
        "a & b < c > d \"e\" 'f'",
        "]]><!-- --><?x?>",
        "\x00\x08\x1b[31m\ud800 red",
        "url(#slant) onload=alert(1)",
    ],
)
def test_a_hostile_name_stays_a_name(hostile: str) -> None:
    bad = replace(
        TOWN,
        title=hostile,
        says=hostile,
        lines=(hostile,),
        sites=(replace(TOWN.sites[0], name=hostile), *TOWN.sites[1:]),
        outlines=(replace(TOWN.outlines[0], name=hostile, group=hostile), *TOWN.outlines[1:]),
        bars=(replace(TOWN.bars[0], party=hostile, what=hostile, note=hostile),),
        credit=hostile,
    )
    root = ET.fromstring(picture(bad).encode("utf-8"))
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    known = {*("svg", "style", "defs", "pattern", "rect", "path", "g", "text", "circle"), "title"}
    assert tags <= known | {"clipPath"}
    assert not [key for one in root.iter() for key in one.attrib if key.startswith("on")]
    told = {re.sub(r"\s", "", one.text or "") for one in root.iter(f"{SVG}text")}
    legal = re.sub("[\x00-\x08\x1b\ud800]", "\ufffd", hostile)
    assert re.sub(r"\s", "", legal) in told


def test_a_name_from_right_to_left_stays_in_one_piece() -> None:
    name = "حلب الشرقية (شرق)"
    arabic = replace(TOWN, sites=(replace(TOWN.sites[0], name=name), *TOWN.sites[1:]))
    assert name in words(arabic)
    assert "unicode-bidi: plaintext" in picture(arabic)


def test_what_is_in_question_is_drawn_on_its_own_stretch_of_the_line() -> None:
    assert len(drawn(TOWN, "bad-bars")) == 2  # the stretch, and its sample in the legend
    straight = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)]
    assert _part(straight, 0.25, 0.75)[0] == (50.0, 0.0)
    assert _part(straight, 0.25, 0.75)[-1] == (100.0, 50.0)
    assert _part(straight, 0, 1) == [straight[0], straight[1], straight[1], straight[2]]


def test_the_bars_have_the_length_of_their_time() -> None:
    (bound,) = [one for one in drawn(TOWN, "bound") if one.tag == f"{SVG}rect"][:1]
    (trip,) = drawn(TOWN, "trip")
    # One hour of eight against four of eight.
    assert float(trip.get("width", 0)) == pytest.approx(4 * float(bound.get("width", 0)), abs=0.5)


def test_without_colour_every_kind_of_bar_still_looks_different() -> None:
    style = picture(TOWN)
    assert ".partly { fill: url(#partly)" in style and ".offered { fill: url(#offered)" in style
    assert ".nothing { stroke" in style and ".bound { fill: #1d5c2f" in style
    assert len({outline.get("fill") for outline in drawn(TOWN, "area")}) == 2


def test_nobody_looked_for_windows_and_there_are_none_are_told_apart() -> None:
    assert "could leave" not in words(replace(TOWN, windows=None))
    assert {"could leave", "at no time"} <= {*words(replace(TOWN, windows=Spans()))}


def test_places_that_are_on_no_map_are_drawn_one_under_the_other_with_their_lengths() -> None:
    nowhere = tuple(replace(site, at=None) for site in TOWN.sites)
    bare = tuple(replace(road, line=()) for road in TOWN.roads)
    told = words(replace(TOWN, sites=nowhere, roads=bare, outlines=()))
    assert [w for w in told if w in ("Alder", "The Bridge", "Birch")] == [
        "Alder", "The Bridge", "Birch",
    ]  # fmt: skip
    assert "Bridge road, 6.0 km" in told and "Hill road, 9.0 km — in question" in told
    assert "Nobody has put these places on a map: lengths are told, not drawn." in told


def test_a_way_there_and_back_is_drawn_once() -> None:
    out = TOWN.roads[:2]
    both = replace(
        TOWN,
        roads=(*out, *reversed(out)),
        sites=tuple(replace(site, at=None) for site in TOWN.sites),
        outlines=(),
    )
    both = replace(both, roads=tuple(replace(road, line=()) for road in both.roads))
    assert words(both).count("Alder") == 1


def test_a_place_that_finds_no_room_gets_a_number_and_stands_below() -> None:
    crowd = tuple(
        Site(id=f"s{n}", name=f"A place with a long name, the {n}th of them", is_on_route=True,
             at=at(37.05 + n / 40_000, 36.05))
        for n in range(40)
    )  # fmt: skip
    told = words(replace(TOWN, sites=(*TOWN.sites, *crowd)))
    below = " ".join(word for word in told)
    assert "On the map by number: 1 " in below
    assert all(f"the {n}th of" in below for n in range(40))


def test_labels_never_lie_on_one_another_or_on_the_edge() -> None:
    frame = Box(0, 0, 400, 300)
    crowd = Crowd(frame)
    found = [crowd.beside("Somewhere", 13 * n % 400, 31 * n % 300, 12, 8) for n in range(60)]
    boxes = [one.box for one in found if one is not None]
    assert len(boxes) > 15
    assert all(frame.holds(box) for box in boxes)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_no_text_is_wider_than_the_sheet() -> None:
    long = "Unreasonably " * 40
    loud = replace(
        TOWN,
        title=long,
        says="W" * 400,
        lines=(long, "M" * 500),
        bars=(replace(TOWN.bars[0], party=long, what="m" * 300),),
        credit=long,
        unnamed=(long,) * 9,
    )
    for one in ET.fromstring(picture(loud)).iter(f"{SVG}text"):
        assert room_s(one.text or "", int(one.get("font-size", 0))) <= WIDTH


def test_lines_break_between_words_and_the_last_says_that_more_follows() -> None:
    assert wrapped("one two three", 10, 50) == ["one two", "three"]
    assert wrapped("one two three four", 10, 50, most=2) == ["one two", "three …"]


def test_the_sheet_of_the_documentation_is_the_one_that_is_drawn_today() -> None:
    # The golden picture: `make docs` draws it, and only on purpose does it change.
    import runpy

    pictures = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PICTURES"]
    path, page = pictures["sheet"]
    assert path.read_text(encoding="utf-8") == page(), "Run `make docs`, and look at the picture."
