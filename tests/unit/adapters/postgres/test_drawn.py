"""The views that people, reports and maps read: what they show, and that they can be drawn anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.casefolder import find_case
from safeconduct.adapters.files.replay import entries_of
from safeconduct.adapters.postgres import PostgresStore
from safeconduct.errors import RegisterError
from safeconduct.register import JSON, encode
from safeconduct.register.chain import head_after
from safeconduct.spacetime import Area, AreaKind, Point
from tests.postgres import (
    connect_as,
    drop_made,
    drop_role,
    make_database,
    make_role,
    map_database,
    name_of,
    new_address,
    own_database,
    run,
)
from tests.unit.register.writers import NOON, a_chain, an_entry

MAPS = (
    ("map_areas", "MULTIPOLYGON"),
    ("map_checkpoints", "POINT"),
    ("map_incident_areas", "MULTIPOLYGON"),
    ("map_incidents", "POINT"),
    ("map_places", "POINT"),
    ("map_roads", "LINESTRING"),
)


def rows(register: str, query: str, database: str) -> list[tuple[Any, ...]]:
    """The rows of a query, as a GIS program sends it: the register's views by their full name."""
    return run(query.replace("@", f"{name_of(register)}."), database=database)


# -- without PostGIS


def test_an_entry_is_read_with_its_body_and_its_times(filled):
    found = rows(
        filled,
        "SELECT sequence, writer, kind, extract(epoch FROM recorded_at)::bigint, claimed_at, "
        "body, handling, hash, is_signed FROM @read_entries ORDER BY number",
        own_database(),
    )
    assert found == [
        (n, "north", "statement", NOON + 60 * n, None, e.body, "internal", e.hash, False)
        for n, e in enumerate(a_chain(3))
    ]


def test_the_last_record_of_a_kind_and_an_id_is_what_counts(empty):
    def said(number: int, **more: Any) -> dict[str, JSON]:
        return {"is": "statement", "id": "one", "number": number} | more

    entries = a_chain(3, bodies=[said(0), said(1), {"is": "statement", "id": "two"}])
    late = an_entry(
        writer="south", recorded_at=NOON - 60, body=said(9)
    )  # recorded before, came last
    with closing(PostgresStore.create(empty)) as store:
        store.append_all([*entries, late])
    found = rows(empty, "SELECT record, body FROM @read_latest ORDER BY 1", own_database())
    assert found == [("one", said(1)), ("two", {"is": "statement", "id": "two"})]


def test_a_character_that_jsonb_cannot_hold_does_not_hide_the_rest(empty):
    with closing(PostgresStore.create(empty)) as store:
        store.append(an_entry(body={"words": "a\0b", "path": "\\u0000", "id": "x"}))
    found = rows(empty, "SELECT record, body ->> 'words' FROM @read_entries", own_database())
    assert found == [("x", "a\ufffdb")]


def test_views_are_read_from_the_entries_at_each_asking(filled):
    with closing(PostgresStore.open(filled)) as store:
        assert store.views_current()
        store.append(an_entry(writer="south"))
        assert store.views_current()
    assert rows(filled, "SELECT count(*) FROM @read_entries", own_database()) == [(4,)]


def test_views_that_were_dropped_or_changed_are_drawn_anew(filled):
    run(f"DROP VIEW {name_of(filled)}.read_latest, {name_of(filled)}.read_entries")
    with closing(PostgresStore.open(filled)) as store:
        assert not store.views_current()
        assert store.rebuild_views() is False  # no map without PostGIS
        assert store.views_current()
    assert rows(filled, "SELECT count(*) FROM @read_latest", own_database()) == [(0,)]


def test_a_view_of_somebody_else_is_left_alone_and_one_that_rests_on_ours_is_told(filled):
    home = name_of(filled)
    run(f"CREATE VIEW {home}.map_mine AS SELECT 7 AS seven")
    with closing(PostgresStore.open(filled)) as store:
        store.rebuild_views()
        assert rows(filled, "SELECT * FROM @map_mine", own_database()) == [(7,)]
        run(f"CREATE VIEW {home}.on_ours AS SELECT id FROM {home}.read_entries")
        with pytest.raises(RegisterError, match=r"on_ours depends on view .*read_") as caught:
            store.rebuild_views()
        assert "Drop what rests on them first" in str(caught.value)
        assert store.views_current()  # all of it was left as it was


def test_who_could_see_a_view_sees_the_one_that_is_drawn_in_its_place(filled):
    role = make_role("reader")
    run(f"GRANT USAGE ON SCHEMA {name_of(filled)} TO {role}")
    run(f"GRANT SELECT ON {name_of(filled)}.read_latest TO {role}")
    with closing(PostgresStore.open(filled)) as store:
        store.rebuild_views()
    with connect_as(role) as reader:
        reader.execute(f"SELECT * FROM {name_of(filled)}.read_latest")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute(f"SELECT * FROM {name_of(filled)}.read_entries")
    drop_role(role)


# -- with PostGIS


@pytest.fixture(scope="module")
def aleppo() -> str:
    """The bundled case of Aleppo, 4 November 2016, as a register with a map."""
    address = new_address(database=map_database(), lasting=True)
    with closing(PostgresStore.create(address, replay=True)) as store:
        store.append_all(entries_of(read_case(find_case("aleppo-2016-11-04"))))
    return address


@pytest.fixture
def mapped() -> Iterator[str]:
    """The address of an empty register with a map."""
    address = new_address(database=map_database())
    PostgresStore.create(address).close()
    yield address
    drop_made()


def seen(register: str, query: str) -> list[tuple[Any, ...]]:
    return rows(register, query, map_database())


def test_every_map_is_a_layer_of_one_kind_in_wgs_84(aleppo):
    found = seen(
        aleppo,
        "SELECT f_table_name, type FROM geometry_columns WHERE srid = 4326 AND coord_dimension = 2 "
        f"AND f_table_schema = '{name_of(aleppo)}' ORDER BY 1",
    )
    assert tuple(found) == MAPS


@pytest.mark.parametrize("view", [view for view, _ in MAPS])
def test_every_row_of_a_map_has_a_whole_number_of_its_own(aleppo, view):
    ((count, different, kind),) = seen(
        aleppo, f"SELECT count(*), count(DISTINCT key), min(pg_typeof(key)::text) FROM @{view}"
    )
    assert count == different
    assert kind in ("bigint", None)
    assert (count > 0) == (view not in ("map_incidents", "map_incident_areas"))


def test_areas_are_drawn_with_every_recorded_point(aleppo):
    case = read_case(find_case("aleppo-2016-11-04"))
    found = {
        id: (name, kind, told and json.loads(told))
        for id, name, kind, told in seen(
            aleppo, "SELECT id, name, kind, ST_AsGeoJSON(geom, 15) FROM @map_areas"
        )
    }
    assert set(found) == {area.id for area in case.areas}
    outlined = [area for area in case.areas if area.polygons]
    assert len(outlined) == 59
    for area in outlined:
        # A recorded degree is a whole number of ten-millionths; the map has the nearest float.
        drawn = [
            [[[at.lon_e7 / 1e7, at.lat_e7 / 1e7] for at in ring] for ring in polygon]
            for polygon in area.polygons
        ]
        name, kind, geometry = found[area.id]
        assert (name, kind) == (area.name, "polygon")
        assert geometry == {"type": "MultiPolygon", "coordinates": drawn}
    assert found["castello-road"] == ("Castello Road", "declared", None)


def test_an_area_put_together_from_others_is_drawn_as_those(aleppo):
    case = read_case(find_case("aleppo-2016-11-04"))
    (east,) = (area for area in case.areas if area.id == "east-aleppo")
    outlines = sum(len(a.polygons) for a in case.areas if a.id in east.members)
    assert outlines > 5
    found = seen(
        aleppo,
        "SELECT ST_NumGeometries(geom), drawn_from_members FROM @map_areas "
        "WHERE id = 'east-aleppo'",
    )
    assert found == [(outlines, True)]


def test_holes_several_polygons_and_wholes_of_wholes_are_drawn(mapped):
    def ring(*corners: int) -> tuple[Point, ...]:
        a, b = corners
        return tuple(Point(x, y) for x, y in ((a, a), (b, a), (b, b), (a, b), (a, a)))

    two = Area(
        id="two",
        name="Two towns",
        kind=AreaKind.POLYGON,
        polygons=((ring(0, 9_0000000), ring(1_0000000, 2_0000001)), (ring(-9, -5),)),
    )
    whole = Area(id="whole", name="W", kind=AreaKind.COMPOSITE, members=("two", "gone"))
    wider = Area(id="wider", name="W", kind=AreaKind.COMPOSITE, members=("whole",))
    put(mapped, [("area", encode(area)) for area in (two, whole, wider)])
    found = seen(mapped, "SELECT id, ST_AsText(geom, 15) FROM @map_areas ORDER BY id")
    told = (
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),"
        "(1 1,2.0000001 1,2.0000001 2.0000001,1 2.0000001,1 1)),"
        "((-0.0000009 -0.0000009,-0.0000005 -0.0000009,-0.0000005 -0.0000005,"
        "-0.0000009 -0.0000005,-0.0000009 -0.0000009)))"
    )
    assert found == [("two", told), ("whole", told), ("wider", told)]


def put(register: str, bodies: list[tuple[str, JSON]]) -> None:
    """Records of these kinds and bodies, by one writer."""
    with closing(PostgresStore.open(register)) as store:
        for kind, body in bodies:
            store.append(an_entry(store.head("north"), kind=kind, body=body))


def test_roads_are_drawn_by_their_lines_and_join_their_places(aleppo):
    case = read_case(find_case("aleppo-2016-11-04"))
    found = {
        row[0]: row[1:]
        for row in seen(
            aleppo,
            "SELECT id, ST_AsGeoJSON(geom, 15), length_m, drawn_straight, schematic "
            "FROM @map_roads",
        )
    }
    assert set(found) == {edge.id for edge in case.network.edges}
    for edge in case.network.edges:
        geometry, length_m, straight, schematic = found[edge.id]
        line = [[at.lon_e7 / 1e7, at.lat_e7 / 1e7] for at in edge.line]
        assert json.loads(geometry)["coordinates"] == line
        assert (length_m * 10, straight, schematic) == (edge.length_dm, False, edge.schematic)


def test_a_road_without_a_line_is_drawn_straight_and_says_so(mapped):
    places = [
        {"id": "a", "name": "A", "note": "", "at": [10_000_000, 20_000_000]},
        {"id": "b", "name": "B", "note": "", "at": [30_000_000, 20_000_001]},
        {"id": "c", "name": "C", "note": "", "at": None},
    ]
    edges = [
        {
            "id": one + other,
            "a": one,
            "b": other,
            "length_dm": 15,
            "line": [],
            "name": "",
            "note": "",
            "schematic": True,
        }
        for one, other in ("ab", "bc")
    ]
    body: JSON = {"places": places, "edges": edges}  # type: ignore[dict-item]  # JSON as written
    earlier: JSON = {"places": [], "edges": edges[:1]}  # type: ignore[dict-item]  # likewise
    put(mapped, [("network", earlier), ("network", body)])
    found = seen(
        mapped,
        "SELECT id, length_m, drawn_straight, ST_AsText(geom, 15) FROM @map_roads ORDER BY 1",
    )
    assert [(id, float(length), straight, line) for id, length, straight, line in found] == [
        ("ab", 1.5, True, "LINESTRING(1 2,3 2.0000001)"),
        ("bc", 1.5, True, None),
    ]


def test_a_checkpoint_stands_at_its_place(aleppo):
    found = seen(aleppo, "SELECT place, ST_X(geom), ST_Y(geom) FROM @map_checkpoints")
    case = read_case(find_case("aleppo-2016-11-04"))
    at = {place.id: place.at for place in case.network.places}
    assert len(found) == 7
    for place, lon, lat in found:
        known = at[place]
        assert known is not None
        assert (lon, lat) == (known.lon_e7 / 1e7, known.lat_e7 / 1e7)


def test_an_incident_is_drawn_where_it_is_recorded_and_with_its_last_state(mapped):
    square = [Point(x, y) for x, y in ((0, 0), (9, 0), (9, 9), (0, 9), (0, 0))]
    area = Area(id="town", name="T", kind=AreaKind.POLYGON, polygons=((tuple(square),),))
    acts: list[JSON] = [
        {"is": "position", "id": "s/0", "party": "p"},
        {
            "is": "report",
            "id": "s/1",
            "party": "observers",
            "incident": {
                "id": "by-point",
                "what": "Shelling",
                "at": NOON,
                "near": {"lon_e7": 371_600_000, "lat_e7": 362_000_001},
            },
        },
        {
            "is": "allege",
            "id": "s/2",
            "party": "p",
            "incident": {
                "id": "by-area",
                "what": "Fire",
                "at": NOON,
                "areas": ["town", "nowhere"],
                "state": "verified",
            },
        },
    ]
    review: JSON = {"id": "r1", "of": "by-point", "state": "verified", "reviewed_at": 5}
    later: JSON = {"id": "r2", "of": "by-point", "state": "dismissed", "reviewed_at": 9}
    said: JSON = {"is": "statement", "id": "s", "acts": acts}
    put(
        mapped,
        [
            ("area", encode(area)),
            ("statement", said),
            ("incident-review", later),
            ("incident-review", review),
        ],
    )
    assert seen(mapped, "SELECT id, state, act, told_by, ST_AsText(geom) FROM @map_incidents") == [
        ("by-point", "dismissed", "report", "observers", "POINT(37.16 36.2000001)")
    ]
    assert seen(
        mapped, "SELECT id, state, statement, ST_NPoints(geom) FROM @map_incident_areas"
    ) == [("by-area", "verified", "s", 5)]


def test_a_map_is_drawn_once_postgis_has_come(empty):
    database = make_database("later")
    address = new_address(database=database)
    with closing(PostgresStore.create(address)) as store:
        store.append_all(a_chain(2))
        assert store.views_current()
        map_database()  # skips where the server has no PostGIS
        run("CREATE SCHEMA gis", database=database)
        run("CREATE EXTENSION postgis SCHEMA gis", database=database)
        assert not store.views_current()
        assert store.rebuild_views() is True
        assert store.views_current()
        assert store.head("north") == head_after(a_chain(2)[1])
    assert rows(address, "SELECT count(*) FROM @map_areas", database) == [(0,)]
    drop_made()
