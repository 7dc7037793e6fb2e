"""A case folder is read whole or refused, with file, line, field and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.files.casefile import read_case
from safeconduct.errors import (
    AreaRefused,
    BareTime,
    DuplicateKey,
    EmptySpan,
    MissingFile,
    RouteRefused,
    SafeconductError,
    TimeRefused,
    UnknownZone,
    WrongField,
)
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Assumption, Hazard, Movement, Report, Statement, Step
from tests.unit.adapters.files.small_case import HEAD, MOVEMENT, STATEMENT, read, refusal, write

TWO_TOWNS = Path(__file__).parents[3] / "worlds" / "two_towns"


def test_two_towns_is_read_with_everything_in_it() -> None:
    case = read_case(TWO_TOWNS)
    assert (case.id, case.label, case.notes) == ("two_towns", "invented", ())
    assert [area.id for area in case.areas] == ["north-bank", "south-bank"]
    assert [edge.id for edge in case.network.edges] == ["bridge-road", "hill-road", "river-road"]
    assert [moment.verdict.value for moment in case.expected] == ["no-go", "go"]
    (movement,) = (one.value for one in case.records if isinstance(one.value, Movement))
    assert movement.legs[1].route == (Step(edge="hill-road", backwards=True),
                                      Step(edge="bridge-road", backwards=True))  # fmt: skip
    assert movement.margin_s == 3600 and movement.load_s == 7200


def test_a_movement_is_read_without_a_route_where_its_legs_name_their_places(
    tmp_path: Path,
) -> None:
    ends = "origin: alder\n        destination: birch"
    case = read(tmp_path, MOVEMENT.replace("route: [e1, e2]", ends))
    (movement,) = (one.value for one in case.records if isinstance(one.value, Movement))
    assert not movement.has_route
    assert (movement.legs[0].origin, movement.legs[0].destination) == ("alder", "birch")


def test_records_come_in_the_order_of_the_file_with_their_path(tmp_path: Path) -> None:
    case = read(tmp_path, STATEMENT + MOVEMENT)
    assert [one.path for one in case.records] == [
        "actors[0]", "actors[1]", "sources[0]", "statements[0]", "movements[0]"
    ]  # fmt: skip


def test_a_record_is_claimed_at_its_own_time_or_the_cases_and_a_statement_when_it_was_said(
    tmp_path: Path,
) -> None:
    hazards = """\
hazards:
  - {id: early, hazard: mines, areas: [bank], from_at: 2016-11-01 00:00}
  - {id: late, hazard: mines, areas: [bank], from_at: 2016-11-01 00:00,
     recorded_at: 2016-11-03 10:00}
"""
    case = read(tmp_path, STATEMENT + hazards)
    claimed = {one.value.id: utc(one.claimed_at) for one in case.records}
    # Damascus is UTC+2 in November; the statement is read in its speaker's zone, Moscow, UTC+3.
    assert claimed["early"] == "2016-11-01T06:00:00Z"
    assert claimed["late"] == "2016-11-03T08:00:00Z"
    assert claimed["s"] == "2016-11-02T09:00:00Z"


def test_a_record_may_name_the_zone_of_its_own_times(tmp_path: Path) -> None:
    case = read(tmp_path, STATEMENT.replace("    form:", "    zone: UTC\n    form:"))
    statement = next(one.value for one in case.records if isinstance(one.value, Statement))
    assert utc(statement.said_at) == "2016-11-02T12:00:00Z"


@pytest.mark.parametrize(("act", "said"), [("announce", "20:59:59"), ("welcome", "21:00:00")])
def test_a_date_alone_dates_a_grant_late_and_anything_else_early(
    tmp_path: Path, act: str, said: str
) -> None:
    text = STATEMENT.replace("2016-11-02 12:00", "2016-11-02")
    if act == "welcome":
        text = text[: text.index("      - is:")] + "      - {is: welcome, party: north}\n"
    statement = read(tmp_path, text).records[-1].value
    assert isinstance(statement, Statement)
    day = 2 if act == "announce" else 1  # 2 November begins in Moscow at 21:00Z on the 1st
    assert utc(statement.said_at) == f"2016-11-0{day}T{said}Z"


def test_acts_without_an_id_are_called_after_their_statement(tmp_path: Path) -> None:
    statement = read(tmp_path, STATEMENT).records[-1].value
    assert isinstance(statement, Statement)
    assert [act.id for act in statement.acts] == ["s/announce"]


def test_an_incident_may_be_near_a_point(tmp_path: Path) -> None:
    act = """\
      - is: report
        party: relief
        incident: {id: i, what: shelling, at: 2016-11-02 11:00, near: [37.15, 36.2]}
"""
    statement = read(tmp_path, STATEMENT + act).records[-1].value
    assert isinstance(statement, Statement)
    reported = statement.acts[1]
    assert isinstance(reported, Report) and reported.incident and reported.incident.near
    assert str(reported.incident.near) == "37.1500000, 36.2000000"


ASSUMPTION = """\
assumptions:
  - id: holds
    rule: T1
    what: The post holds a column up to an hour.
    why: No record says how long.
    records:
      checkpoints:
        - {id: post, place: ferry, party: north, hold_max_s: 1h}
      statements:
        - id: ours
          actor: north
          said_at: 2016-11-03 12:00
          form: oral
          telling: said
          paraphrase: Noted.
          acts: [{is: position, party: north, what: none}]
"""


def test_an_assumption_stands_before_what_it_supplies_and_names_all_of_it(tmp_path: Path) -> None:
    records = read(tmp_path, ASSUMPTION).records
    assumption = records[3].value
    assert isinstance(assumption, Assumption)
    assert assumption.supplies == ("post", "ours", "ours/position")
    assert [one.value.id for one in records[4:]] == ["post", "ours"]
    assert {utc(one.claimed_at) for one in records[3:]} == {"2016-11-01T06:00:00Z"}


def test_an_assumption_claimed_later_brings_its_records_in_later(tmp_path: Path) -> None:
    late = ASSUMPTION.replace("    rule:", "    recorded_at: 2016-11-02 10:00\n    rule:")
    records = read(tmp_path, late).records
    assert {utc(one.claimed_at) for one in records[3:]} == {"2016-11-02T08:00:00Z"}


def test_an_assumption_that_supplies_nothing_is_refused(tmp_path: Path) -> None:
    empty = "assumptions:\n  - {id: a, rule: T1, what: x, why: y}\n"
    assert refusal(tmp_path, empty) == (
        WrongField,
        "case.yaml:16: assumptions[0]: Assumption a supplies nothing. Put the records that it "
        "brings in under `records`, or name what it changes under `supplies`.",
    )


def test_an_error_inside_an_assumption_has_the_whole_path(tmp_path: Path) -> None:
    kind, said = refusal(tmp_path, ASSUMPTION.replace("hold_max_s: 1h", "hold_max_s: long"))
    assert kind is WrongField
    assert said.startswith(
        'case.yaml:22: assumptions[0].records.checkpoints[0].hold_max_s: "long" is no duration.'
    )


def test_an_assumption_cannot_bring_in_another(tmp_path: Path) -> None:
    nested = ASSUMPTION.replace("      checkpoints:", "      assumptions:")
    kind, said = refusal(tmp_path, nested)
    assert kind is WrongField
    assert said.startswith(
        'case.yaml:21: assumptions[0].records.assumptions: There is no section "assumptions". '
    )


# What a test adds to the head begins on line 15.
HAZARD = "hazards:\n  - {id: h, hazard: mines, areas: [bank], from_at: 2016-11-01 00:00%s}\n"
REFUSED: list[tuple[str, str, type[SafeconductError], str]] = [
    (
        "a section with a slip of the pen",
        "movments: []\n",
        WrongField,
        'case.yaml:15: movments: There is no section "movments". Did you mean "movements"? Legal '
        "here: actors, adopted_roads, areas, ",
    ),
    (
        "a section that is no list",
        "hazards: {id: h}\n",
        WrongField,
        "case.yaml:15: hazards: The section hazards is no list. Begin each of its records with "
        "`- `; leave the section out when it has none.",
    ),
    (
        "a record that is no mapping",
        "hazards:\n  - mines\n",
        WrongField,
        "case.yaml:16: hazards[0]: Found 'mines' where a record is expected. Write its fields one "
        "under the other, beginning with `- id: ...`.",
    ),
    (
        "an unknown field",
        HAZARD % ", grund: x",
        WrongField,
        'case.yaml:16: hazards[0].grund: Hazard has no field "grund". Did you mean "ground"? '
        "Legal here: areas, from_at, ground, hazard, id, sources.",
    ),
    (
        "a field that is missing",
        "hazards:\n  - {id: h, areas: [bank], from_at: 2016-11-01 00:00}\n",
        WrongField,
        'case.yaml:16: hazards[0]: Hazard lacks "hazard". Add hazard: a text.',
    ),
    (
        "a field of the wrong type",
        HAZARD.replace("[bank]", "bank") % "",
        WrongField,
        'case.yaml:16: hazards[0].areas: Found the text "bank" where a list is expected. Write a '
        "list here.",
    ),
    (
        "a word that is none of those possible",
        STATEMENT.replace("kind: passage", "kind: pasage"),
        WrongField,
        'case.yaml:26: statements[0].acts[0].undertaking.kind: The text "pasage" is no '
        'UndertakingKind. Did you mean "passage"? Legal here: consent, deed, passage, restraint.',
    ),
    (
        "an act that nobody knows",
        STATEMENT.replace("is: announce", "is: promise"),
        WrongField,
        'case.yaml:23: statements[0].acts[0].is: The text "promise" is none of the kinds that can '
        "stand here. ",
    ),
    (
        "a value that makes no sense by itself",
        "presences:\n  - {id: p, party: north, areas: [bank], means: [],\n"
        "     valid: {from: open, until: open}}\n",
        WrongField,
        "case.yaml:16: presences[0]: Presence p names no means and no control. Name what the "
        "party can do there, or leave the presence out.",
    ),
    (
        "a time without a date",
        HAZARD.replace("2016-11-01 00:00", "10:00") % "",
        BareTime,
        "case.yaml:16: hazards[0].from_at: '10:00' is a time of day without a date, so it names no "
        "instant. Give the date and the party's zone as well: ",
    ),
    (
        "a claimed time without a date",
        HAZARD % ", recorded_at: 10:00",
        BareTime,
        "case.yaml:16: hazards[0].recorded_at: '10:00' is a time of day without a date, so it "
        "names no instant.",
    ),
    (
        "a zone that does not exist",
        HAZARD % ", zone: Damaskus",
        UnknownZone,
        "case.yaml:16: hazards[0].from_at: The zone 'Damaskus' is not in the time zone database ",
    ),
    (
        "a span that ends before it starts",
        "presences:\n  - id: p\n    party: north\n    areas: [bank]\n    means: [mines]\n"
        "    valid: {from: 2016-11-04 19:00, until: 2016-11-04 09:00}\n",
        EmptySpan,
        "case.yaml:20: presences[0].valid: The window starts at 2016-11-04 19:00 Asia/Damascus "
        "(17:00Z) but ends at 2016-11-04 09:00 Asia/Damascus (07:00Z).",
    ),
    (
        "a key that stands twice",
        "hazards: []\nlinks: []\nhazards: []\n",
        DuplicateKey,
        'case.yaml:17: hazards: The key "hazards" stands here and on line 15; one of the two '
        "values would be lost. Remove one, or join the two.",
    ),
    (
        "an id that is taken",
        HAZARD % "" + "links:\n  - {id: h, order: together, concerned: []}\n",
        WrongField,
        'case.yaml:18: links[0].id: The id "h" is used already, for a hazard at case.yaml:16. '
        "Give each an id of its own.",
    ),
    (
        "an act's id that is taken by a record",
        STATEMENT.replace("is: announce", "is: announce\n        id: letter"),
        WrongField,
        'case.yaml:24: statements[0].acts[0].id: The id "letter" is used already, for a source at '
        "case.yaml:10. Give each an id of its own.",
    ),
    (
        "one version of a movement twice",
        MOVEMENT + MOVEMENT.removeprefix("movements:\n"),
        WrongField,
        'case.yaml:31: movements[1].id: The id "m" is used already, for a movement at '
        "case.yaml:16. A changed movement keeps its id and has a version of its own.",
    ),
    (
        "edges that do not join",
        MOVEMENT.replace("[e1, e2]", "[e1, -e2]"),
        RouteRefused,
        "case.yaml:16: movements[0]: ",
    ),
    (
        "a movement that is over before it leaves",
        MOVEMENT.replace("2016-11-04 15:00", "2016-11-04 08:00"),
        TimeRefused,
        "case.yaml:16: movements[0]: Movement m must be over at 1478239200 but leaves at ",
    ),
    (
        "a route of numbers",
        MOVEMENT.replace("[e1, e2]", "[1, 2]"),
        WrongField,
        "case.yaml:29: movements[0].legs[0].route[0]: Found the number 1 where ",
    ),
]


@pytest.mark.parametrize(
    ("more", "kind", "said"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_a_case_is_refused_for(
    tmp_path: Path, more: str, kind: type[SafeconductError], said: str
) -> None:
    found, message = refusal(tmp_path, more)
    assert found is kind
    assert message.startswith(said)


def test_two_versions_of_a_movement_share_their_id(tmp_path: Path) -> None:
    second = MOVEMENT.removeprefix("movements:\n").replace("version: 1", "version: 2")
    case = read(tmp_path, MOVEMENT + second)
    versions = [one.value.version for one in case.records if isinstance(one.value, Movement)]
    assert versions == [1, 2]


@pytest.mark.parametrize(
    ("head", "kind", "said"),
    [
        ("title: x\n", WrongField,
         'case.yaml:1: Heading lacks "zone", "recorded_at", "summary". '),
        (HEAD.replace("Asia/Damascus", "Damascus"), UnknownZone,
         "case.yaml:2: zone: The zone 'Damascus' is not in the time zone database "),
        (HEAD.replace("2016-11-01 08:00", "2016-11-01"), TimeRefused,
         "case.yaml:3: recorded_at: '2016-11-01' names a day but no time of day. "),
        (HEAD.replace("title:", "titel:"), WrongField,
         'case.yaml:1: titel: There is no section "titel". Did you mean "title"? '),
        (HEAD.replace("kind: declared}", "kind: composite}", 1), AreaRefused,
         "case.yaml:12: areas[0]: The area 'bank' is of kind 'composite' but has no members. "),
        (HEAD.replace("kind: declared}", "kind: polygon, polygons: [[[{lon_e7: 0, lat_e7: 0}, "
         "{lon_e7: 1, lat_e7: 0}, {lon_e7: 1, lat_e7: 1}, {lon_e7: 0, lat_e7: 0}]]]}", 1),
         WrongField, "case.yaml:12: areas[0].polygons: Area bank has an outline in the case file. "
         "Keep outlines in areas.geojson, where every map program can show them."),
    ],
)  # fmt: skip
def test_a_heading_is_refused(
    tmp_path: Path, head: str, kind: type[SafeconductError], said: str
) -> None:
    folder = write(tmp_path / "small")
    (folder / "case.yaml").write_text(head)
    with pytest.raises(kind) as refused:
        read_case(folder)
    assert str(refused.value).replace(f"{folder}/", "").startswith(said)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as refused:
        read_case(tmp_path / "gone")
    gone = tmp_path / "gone"
    assert str(refused.value) == (
        f"{gone}: There is no folder {gone}. Check the path of the case folder."
    )


def test_a_folder_without_a_case_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"There is no file case\.yaml in "):
        read_case(tmp_path)


# On 26 October 2014 the clocks of Moscow showed 01:30 at 21:30Z the day before and at 22:30Z.
FOLD = "valid: {from: 2014-10-26 01:30, until: open, zone: Europe/Moscow}"


@pytest.mark.parametrize(
    ("section", "fields", "begins"),
    [
        ("presences", "party: north, areas: [bank], means: [mines]", "21:30"),
        ("permit_needs", "party: north, name: x, areas: [bank], purposes: [], steps: []", "21:30"),
        ("arrangements", "party: north, areas: [bank], lead_s: 24h, zone: UTC", "21:30"),
        ("assessments", "areas: [bank], presences: [], mines: cleared, by: x, ground: y", "22:30"),
        ("binds", "binder: north, bound: north, areas: [bank], evidence: x", "22:30"),
    ],
)
def test_what_threatens_or_is_required_begins_early_and_what_opens_a_road_late(
    tmp_path: Path, section: str, fields: str, begins: str
) -> None:
    value = read(tmp_path, f"{section}:\n  - {{id: x, {fields}, {FOLD}}}\n").records[-1].value
    assert utc(value.valid.start) == f"2014-10-25T{begins}:00Z"


def test_a_hazard_begins_early_where_the_clock_was_set_back(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        "hazards:\n  - {id: h, hazard: mines, areas: [bank], from_at: 2014-10-26 01:30, "
        "zone: Europe/Moscow}\n",
    ).records
    hazard = records[-1].value
    assert isinstance(hazard, Hazard)
    assert utc(hazard.from_at) == "2014-10-25T21:30:00Z"
