"""Case folders that cannot be used: the two towns, each time spoiled in one place."""

from __future__ import annotations

from tests.unit.app.spoiling import (
    BOMB,
    END,
    PNG,
    Bad,
    Spoil,
    a_folder,
    cut,
    gone,
    holds,
    huge,
    swap,
)

BOW_TIE = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "bow-tie",'
    ' "name": "Bow tie"}, "geometry": {"type": "Polygon", "coordinates":'
    " [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}}]}"
)


def record(section: str, written: str) -> Spoil:
    """Adds one record to the case; EVER in it stands for an open span."""
    text = written.replace("EVER", "{from: open, until: open}")
    return swap("case.yaml", "\npresences:\n", f"\n{section}:\n  - {text}\npresences:\n")


CASES = (
    Bad(
        "unknown-party",
        swap("case.yaml", "  - id: south-garrison\n    party: south",
             "  - id: south-garrison\n    party: suoth"),
        "unknown-reference",
        ('No actor of this case has the id "suoth"', "Did you mean south or north?"),
        "case.yaml", "party: suoth", "presences[2].party",
    ),
    Bad(
        "movement-without-end",
        swap("case.yaml", "    latest_at: 2030-05-06 15:00\n", ""),
        "wrong-field",
        ("latest_at",),
        "case.yaml", "- id: relief-to-birch", "movements[0]",
    ),
    Bad(
        "movement-that-ends-before-it-starts",
        swap("case.yaml", "latest_at: 2030-05-06 15:00", "latest_at: 2030-05-06 08:00"),
        "time-refused",
        ("must be over at", "Give a `latest_at` after `depart_at`."),
        "case.yaml", "- id: relief-to-birch", "movements[0]",
    ),
    Bad(
        "bare-time",
        swap("case.yaml", "depart_at: 2030-05-06 09:00", "depart_at: 10:00"),
        "bare-time",
        ("'10:00'", "date"),
        "case.yaml", "depart_at: 10:00", "movements[0].depart_at",
    ),
    Bad(
        "nonexistent-time",
        # Berlin's clocks jumped from 2 to 3 in the morning of 31 March 2030.
        swap("case.yaml", "depart_at: 2030-05-06 09:00",
             "depart_at: 2030-03-31 02:30 Europe/Berlin"),
        "nonexistent-time",
        ("2030-03-31 02:30", "Europe/Berlin"),
        "case.yaml", "depart_at: 2030-03-31", "movements[0].depart_at",
    ),
    Bad(
        "unknown-zone",
        swap("case.yaml", "zone: UTC\nrecorded_at", "zone: Europe/Atlantis\nrecorded_at"),
        "unknown-zone",
        ("Europe/Atlantis",),
        "case.yaml", "zone: Europe/Atlantis", "zone",
    ),
    Bad(
        "span-that-ends-before-it-starts",
        swap("case.yaml", "holders: [south]\n    valid: {from: 2030-05-01 00:00, until: 2030-06-01",
             "holders: [south]\n    valid: {from: 2030-05-01 00:00, until: 2030-04-01"),
        "empty-span",
        ("2030-05-01", "2030-04-01"),
        "case.yaml", "until: 2030-04-01", "consent_needs[0].valid",
    ),
    Bad(
        "self-crossing-area",
        holds("areas.geojson", BOW_TIE),
        "self-crossing-area",
        ("bow-tie", "crosses itself"),
        "areas.geojson", "", "feature bow-tie",
    ),
    Bad(
        "duplicate-key",
        swap("case.yaml", "    margin_s: 1h\n", "    margin_s: 1h\n    load_s: 3h\n"),
        "duplicate-key",
        ('"load_s"', "Remove one, or join the two."),
        "case.yaml", "load_s: 3h", "movements[0].load_s",
    ),
    Bad(
        "duplicate-key-in-geojson",
        holds("areas.geojson", '{"type": "FeatureCollection", "type": "x", "features": []}'),
        "duplicate-key",
        ("The key 'type' stands twice",),
        "areas.geojson",
    ),
    Bad(
        "duplicate-id",
        swap("case.yaml", "  - id: north-mortars", "  - id: north-garrison"),
        "wrong-field",
        ('"north-garrison" is used already', "case.yaml:"),
        "case.yaml", "", "presences[1].id",
    ),
    Bad(
        "closure-of-no-such-road",
        record("closures", "{id: snow, why: snow, edges: [hil-road], valid: EVER}"),
        "unknown-reference",
        ("hil-road", "Did you mean hill-road"),
        "case.yaml", "id: snow", "closures[0].edges[0]",
    ),
    Bad(
        "closure-of-no-road",
        record("closures", "{id: snow, why: snow, valid: EVER}"),
        "wrong-field",
        ("Closure snow names no road", "Name the `edges`"),
        "case.yaml", "id: snow", "closures[0]",
    ),
    Bad(
        "road-reopened-that-was-never-closed",
        record("roads_reopened", "{id: ploughed, of: snow, reopened_at: 2030-05-06 07:00, by: x, "
               "evidence: seen}"),
        "unknown-reference",
        ("No closure of this case",),
        "case.yaml", "id: ploughed", "roads_reopened[0].of",
    ),
    Bad(
        "road-speed-of-nothing",
        record("road_speeds", "{id: mud, speed_kmh: 0, basis: policy, valid: EVER}"),
        "wrong-field",
        ("0 km/h", "1 to 120"),
        "case.yaml", "id: mud", "road_speeds[0]",
    ),
    Bad(
        "waiting-place-nowhere",
        record("waiting_places", "{id: yard, place: brige, holds_m: 900, by: x, "
               "checked_at: 2030-05-01 08:00, valid: EVER}"),
        "unknown-reference",
        ("brige", "Did you mean bridge"),
        "case.yaml", "id: yard", "waiting_places[0].place",
    ),
    Bad(
        "half-a-range-of-people",
        record("settlements", "{id: people, place: birch, people_low: 9, by: x, "
               "counted_at: 2030-05-01 08:00}"),
        "wrong-field",
        ("one end of its range", "`people_low`"),
        "case.yaml", "id: people", "settlements[0]",
    ),
    Bad(
        "missing-file",
        gone("case.yaml"),
        "missing-file",
        ("case.yaml", "Name the folder in which it lies."),
        "case.yaml",
    ),
    Bad(
        "missing-file-of-lines",
        swap("roads.yaml", "label: roads of two", "lines: roads.geojson\nlabel: roads of two"),
        "missing-file",
        ("roads.geojson", "Check the name and the folder."),
        "roads.geojson",
    ),
    Bad(
        "file-outside-the-folder",
        swap("roads.yaml", "label: roads of two", "lines: ../records.yaml\nlabel: roads of two"),
        "wrong-field",
        ("../records.yaml", "Put the file into the folder"),
        "roads.yaml", "lines: ../records.yaml", "lines",
    ),
    Bad(
        "100-mb-file",
        huge("case.yaml"),
        "file-too-large",
        ("100.0 MiB", "2.0 MiB", "Check that it is the right file"),
        "case.yaml",
    ),
    Bad(
        "100-mb-file-of-areas",
        huge("areas.geojson"),
        "file-too-large",
        ("100.0 MiB", "32.0 MiB"),
        "areas.geojson",
    ),
    Bad(
        "wrong-type",
        swap("case.yaml", "convoy: {vehicles: 10,", "convoy: {vehicles: many,"),
        "wrong-field",
        ('the text "many"', "Write a whole number here."),
        "case.yaml", "vehicles: many", "movements[0].convoy.vehicles",
    ),
    Bad(
        "wrong-type-of-section",
        swap("case.yaml", "actors:\n", "actors: two\nbinds:\n"),
        "wrong-field",
        ("The section actors is no list",),
        "case.yaml", "actors: two", "actors",
    ),
    Bad(
        "negative-number",
        swap("case.yaml", "column_m: 1000", "column_m: -1000"),
        "wrong-field",
        ("-1000",),
        "case.yaml", "- id: relief-to-birch", "movements[0]",
    ),
    Bad(
        "unknown-word",
        swap("case.yaml", "means: [indirect-fire]", "means: [artillery]"),
        "wrong-field",
        ("artillery", "indirect-fire"),
        "case.yaml", "means: [artillery]", "presences[1].means[0]",
    ),
    Bad(
        "unknown-field",
        swap("case.yaml", "    margin_s: 1h", "    margins: 1h"),
        "wrong-field",
        ("margins", "margin_s"),
        "case.yaml", "margins: 1h", "movements[0].margins",
    ),
    Bad(
        "unknown-section",
        swap("case.yaml", "presences:\n", "presence:\n"),
        "wrong-field",
        ('There is no section "presence"', 'Did you mean "presences"?'),
        "case.yaml", "presence:", "presence",
    ),
    Bad(
        "unknown-road",
        swap("case.yaml", "route: [bridge-road, hill-road]", "route: [bridge-road, hil-road]"),
        "unknown-reference",
        ("hil-road", "Did you mean hill-road"),
        "case.yaml", "hil-road", "movements[0].legs[0].route[1].edge",
    ),
    Bad(
        "roads-that-do-not-join",
        swap("case.yaml", "route: [bridge-road, hill-road]", "route: [hill-road, bridge-road]"),
        "route-refused",
        ("edge bridge-road starts at alder", "Put the edges in driving order"),
        "case.yaml", "- id: relief-to-birch", "movements[0]",
    ),
    Bad(
        "unknown-area-of-a-road",
        swap("roads.yaml", "- {area: south-bank, to_km: 4}", "- {area: sout-bank, to_km: 4}"),
        "unknown-reference",
        ("sout-bank", "south-bank"),
        "roads.yaml", "", "edges.river-road.areas[0]",
    ),
    Bad(
        "unknown-movement-expected",
        swap("expected.yaml", "    movement: relief-to-birch\n    verdict: go",
             "    movement: relief-to-brich\n    verdict: go"),
        "unknown-reference",
        ("relief-to-brich", "Did you mean relief-to-birch?"),
        "expected.yaml", "relief-to-brich", "moments[1].movement",
    ),
    Bad(
        "binary-file",
        holds("case.yaml", PNG),
        "unreadable-file",
        ("no UTF-8 text", "0x89", "Save the file as UTF-8 text"),
        "case.yaml", "\x89PNG",
    ),
    Bad(
        "truncated-file",
        cut("case.yaml", "directions: [in, out"),
        "unreadable-file",
        ("This is not YAML", "Check the indentation"),
        "case.yaml", END,
    ),
    Bad(
        "truncated-areas",
        holds("areas.geojson", BOW_TIE[:100]),
        "unreadable-file",
        ("JSON",),
        "areas.geojson",
    ),
    Bad(
        "deep-nesting",
        holds("case.yaml", "title: x\nactors: " + "[" * 100 + "]" * 100 + "\n"),
        "unreadable-file",
        ("nests deeper than 40 levels", "brackets"),
        "case.yaml", "actors: [",
    ),
    Bad(
        "deep-nesting-of-areas",
        holds("areas.geojson", "[" * 100_000),
        "unreadable-file",
        ("JSON",),
        "areas.geojson",
    ),
    Bad(
        "alias-bomb",
        holds("case.yaml", BOMB),
        "unreadable-file",
        ("&a0", "write the part out"),
        "case.yaml", "a0: &a0",
    ),
    Bad(
        "tag-that-asks-for-code",
        holds("case.yaml", "title: !!python/object/apply:os.getcwd []\n"),
        "unreadable-file",
        ("python/object/apply:os.getcwd", "Take the tag out"),
        "case.yaml", "title: !!python",
    ),
    Bad(
        "second-document",
        swap("case.yaml", "actors:\n", "---\nactors:\n"),
        "unreadable-file",
        ("A second document starts here",),
        "case.yaml", "---",
    ),
    Bad(
        "empty-file",
        holds("case.yaml", ""),
        "wrong-field",
        ("The file holds nothing",),
        "case.yaml",
    ),
    Bad(
        "list-for-a-mapping",
        holds("case.yaml", "- actors\n- statements\n"),
        "wrong-field",
        ("The file holds a list",),
        "case.yaml", "- actors",
    ),
    Bad(
        "number-that-is-none",
        holds("areas.geojson", BOW_TIE.replace("[2, 2]", "[NaN, 2]")),
        "wrong-field",
        ("Found the number nan", "[longitude, latitude]"),
        "areas.geojson", "", "features[0] (bow-tie)",
    ),
    Bad(
        "folder-for-a-file",
        a_folder("case.yaml"),
        "missing-file",
        ("holds no case.yaml",),
        "case.yaml",
    ),
    Bad(
        "folder-for-the-roads",
        a_folder("roads.yaml"),
        "unreadable-file",
        ("roads.yaml is a folder", "ordinary file"),
        "roads.yaml",
    ),
    Bad(
        "pinned-network-of-something-else",
        holds("network.json", '{"roads": []}'),
        "unreadable-file",
        ("The stored network cannot be read", "Build the network again"),
        "network.json",
    ),
)  # fmt: skip
