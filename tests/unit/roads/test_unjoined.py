"""Places that may lie on adopted roads: looked for, moved since, or never looked for.

One road of 5.5 km runs east along the equator, from the junction `west` to the junction `east`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.roads import Edge, Network, Place
from safeconduct.roads.unjoined import adoption_note, unjoined, unrecorded
from safeconduct.spacetime import Point
from safeconduct.vocabulary import AdoptedRoad, AdoptedRoads, Apart, Joint, Junction

WEST, EAST = Point(0, 0), Point(500_000, 0)
AT = Point(250_000, 100_000)  # 1.1 km north of the middle of the road
ROAD = AdoptedRoad(id="road", a="west", b="east", length_dm=55_300, line=(WEST, EAST))
RECORD = AdoptedRoads(
    id="taken",
    graph="import",
    graph_sha256="a" * 64,
    junctions=(Junction("west", WEST), Junction("east", EAST)),
    roads=(ROAD,),
)
NEWER = replace(RECORD, id="newer", graph_sha256="b" * 64, roads=(replace(ROAD, id="other"),))


def network(at: Point | None = AT, east: str = "east") -> Network:
    """The road, and a place `post`, at which it ends only where that stands for `east`."""
    ends = [Place("west", at=WEST), Place(east, at=EAST)]
    places = ends if east == "post" else [*ends, Place("post", at=at)]
    return Network("n", tuple(places), (Edge("road", "west", east, 55_300, line=(WEST, EAST)),))


def doubted(*records: AdoptedRoads, on: Network | None = None, **more) -> bool:
    found = list(unjoined(on or network(), records or (RECORD,), ["road"], ["post"], **more))
    assert found in ([], [("post", ROAD)])
    return bool(found)


def with_joint(junction: str, distance_m: int, record: AdoptedRoads = RECORD) -> AdoptedRoads:
    return replace(record, joints=(Joint(place="post", junction=junction, distance_m=distance_m),))


def with_apart(near: Point, junction: str = "", record: AdoptedRoads = RECORD) -> AdoptedRoads:
    return replace(record, apart=(Apart(place="post", near=near, junction=junction),))


@pytest.mark.parametrize(
    ("at", "may_be_there"),
    [
        (AT, True),
        (Point(250_000, 180_000), True),  # 1,990 m
        (Point(250_000, 182_000), False),  # 2,012 m
        (Point(680_000, 0), True),  # 2,004 m by the ellipsoid, and judged on the wide side
        (Point(690_000, 0), False),
        (None, True),
    ],
)
def test_a_place_that_was_never_looked_for_may_be_on_a_road_as_near_as_a_junction_may_be(
    at: Point | None, may_be_there: bool
) -> None:
    assert doubted(on=network(at)) is may_be_there


def test_a_place_that_the_network_does_not_have_may_be_on_every_road() -> None:
    bare = replace(network(), places=(Place("west"), Place("east")))
    assert doubted(on=bare)


def test_a_road_without_a_line_may_be_anywhere() -> None:
    bare = replace(ROAD, line=())
    records = (replace(RECORD, roads=(bare,)),)
    far = network(Point(900_000_000, 0))
    assert list(unjoined(far, records, ["road"], ["post"])) == [("post", bare)]


def test_only_roads_that_are_driven_count() -> None:
    assert list(unjoined(network(), (RECORD,), ["elsewhere"], ["post"])) == []


def test_a_place_that_the_column_passes_anyhow_is_where_it_is() -> None:
    assert not doubted(passed=["post"])


def test_a_place_apart_is_no_doubt_until_it_is_drawn_elsewhere() -> None:
    assert not doubted(with_apart(AT))
    assert not doubted(with_apart(AT, "far-junction"))
    assert doubted(with_apart(Point(250_000, 100_001)))
    assert doubted(with_apart(AT), on=network(None))


def test_a_place_that_is_taken_to_be_at_an_end_is_no_doubt_once_the_road_ends_there() -> None:
    assert doubted(with_joint("east", 2_000), on=network(EAST))
    assert not doubted(with_joint("east", 2_000), on=network(east="post"))


def test_a_joint_holds_while_the_place_is_not_drawn_farther_from_the_junction() -> None:
    beside = Point(500_000, 100_000)  # 1,106 m from the junction
    longer = replace(RECORD, junctions=(*RECORD.junctions, Junction("up", EAST)))
    assert not doubted(with_joint("up", 1_106, longer), on=network(beside))
    assert doubted(with_joint("up", 1_100, longer), on=network(beside))


def test_another_import_that_has_not_this_road_has_not_looked_for_it_here() -> None:
    assert doubted(RECORD, with_apart(AT, record=NEWER))
    same = replace(NEWER, roads=RECORD.roads)
    assert not doubted(RECORD, with_apart(AT, record=same))


def test_another_record_of_the_same_import_has_looked_for_it() -> None:
    other = replace(RECORD, id="later", roads=(replace(ROAD, id="other"),))
    assert not doubted(RECORD, with_apart(AT, record=other))


def test_apart_from_one_road_and_at_the_end_of_another_is_joined_there_or_a_doubt() -> None:
    # Two writers: one looked for the place and took it to be at `east`, which was none of its own
    # junctions; the other adopted the road that ends there, and did not know of it.
    theirs = replace(
        RECORD,
        id="theirs",
        junctions=(Junction("a", WEST), Junction("b", WEST)),
        roads=(replace(ROAD, id="r", a="a", b="b"),),
    )
    assert doubted(RECORD, with_apart(AT, "east", theirs))
    assert not doubted(RECORD, with_apart(AT, "b", replace(theirs, junctions=RECORD.junctions,
                                                           roads=RECORD.roads)))  # fmt: skip


def test_a_junction_whose_place_has_taken_another_name_is_a_doubt() -> None:
    assert list(unjoined(network(east="post"), (RECORD,), ["road"], ["east"])) == [("east", ROAD)]
    assert list(unjoined(network(), (RECORD,), ["road"], ["east"])) == []


# -- the record is not here


def noted(*records: AdoptedRoads) -> Network:
    """The road in a network that says which records brought roads into it."""
    return replace(network(), notes=("drawn by hand", *map(adoption_note, records)))


def test_a_road_of_a_record_that_is_not_known_is_one_on_which_nobody_has_looked() -> None:
    lost = unrecorded(noted(RECORD), (), ["road"])
    assert lost == (ROAD,)
    assert list(unjoined(noted(RECORD), (), ["road"], ["post"], unrecorded=lost)) == [
        ("post", ROAD)
    ]
    assert list(unjoined(noted(RECORD), (), ["road"], ["post"], ["post"], lost)) == []


def test_where_every_record_is_known_no_other_road_is_doubted() -> None:
    assert unrecorded(network(), (), ["road"]) == ()
    assert unrecorded(noted(RECORD), (RECORD,), ["road", "other"]) == ()
    # What an older version noted names no record.
    older = replace(network(), notes=("adopted: 1 roads of import, import",))
    assert unrecorded(older, (RECORD,), ["road"]) == ()
    assert unrecorded(older, (), ["road"]) == (ROAD,)


def test_of_two_records_alike_the_one_that_is_missing_is_seen() -> None:
    twin = replace(RECORD, id="twin", roads=(replace(ROAD, id="other"),))
    assert unrecorded(noted(RECORD, twin), (twin,), ["road", "other"]) == (ROAD,)
    assert unrecorded(noted(RECORD, twin), (RECORD,), ["road"]) == ()


def test_a_road_that_the_network_does_not_have_is_no_road_of_a_missing_record() -> None:
    assert unrecorded(noted(RECORD), (), ["elsewhere"]) == ()
