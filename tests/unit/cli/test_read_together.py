"""Several reports for the verb `read`: each statement once, and what they tell differently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from safeconduct.vocabulary import DraftAccepted, SameStatement, Source, Statement
from safeconduct.wire import Reading, ReadWindow, Report
from tests.unit.app.drafted import START, TEXT, field, offer, rejection
from tests.unit.app.offices import everything, held
from tests.unit.cli.running import Ran, safeconduct

SIGNED = ("--by", "Ada Reader", "--second", "Bo Second")
DAY = ("--published", "2030-05-03")


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """An offer and its rejection are read; where it says `Shorter.`, an offer to noon alone."""

    def read(report: Report, *_: Any) -> Reading:
        shorter = ReadWindow(start=START, end=START + 3 * 3600, zone="UTC")
        told = {"windows": (field(shorter, "from 9 a.m. to 2 p.m. on May 4"),)}
        drafts = (offer(**told),) if "Shorter." in report.text else (offer(), rejection())
        return Reading(report=report, drafts=drafts, languages=("en",))

    monkeypatch.setattr("safeconduct.app.reading.read", read)


@pytest.fixture
def wires(tmp_path: Path) -> list[Path]:
    """Two reports that tell the same, and one that tells the offer otherwise."""
    found = []
    for name, more in (("alpha", ""), ("beta", " Again."), ("gamma", " Shorter.")):
        found.append(tmp_path / f"{name}.txt")
        found[-1].write_text(f"{TEXT}{more}", encoding="utf-8")
    return found


def walk(office: Path, reports: list[Path], typed: str) -> Ran:
    more = (*DAY, "--accept", *SIGNED)
    return safeconduct("read", *reports, "-r", office, *more, stdin=typed.encode())


def of_reports(office: Path) -> list[Statement]:
    names = ("alpha", "beta", "gamma")
    return [one for one in held(office, Statement) if one.id.split("-")[0] in names]


def test_a_statement_that_two_reports_tell_is_shown_once(wires: list[Path]) -> None:
    ran = safeconduct("read", *wires[:2], *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    said = " ".join(ran.out.split())
    assert "Report alpha" in said and "Report beta" in said
    assert "2 statements, for a person to accept" in said
    assert "alpha 1 announce of passage, by north stated" in said
    assert "told by beta 1, too" in said and "told by beta 2, too" in said
    assert 'answers alpha 1 "the offer"' in said
    assert "otherwise" not in said


def test_what_they_tell_differently_stands_side_by_side(wires: list[Path]) -> None:
    said = " ".join(safeconduct("read", *wires, *DAY).out.split())
    assert "told by beta 1, gamma 1, too" in said
    assert "to 2030-05-04 14:00 UTC (14:00Z)" in said.split("otherwise", 1)[1]
    assert "(alpha, beta) windows: 2030-05-04 09:00 UTC" in said
    assert '12:00 UTC (12:00Z) "from 9 a.m. to 2 p.m. on May 4" (gamma)' in said


def test_json_names_drafts_by_their_report(wires: list[Path]) -> None:
    found = json.loads(safeconduct("read", *wires, *DAY, "--json").out)
    assert [one["id"] for one in found["reports"]] == ["alpha", "beta", "gamma"]
    first, second = found["statements"]
    assert [one["report"] for one in first["told"]] == [0, 1, 2]
    assert [one["field"] for one in first["conflicts"]] == ["windows"]
    assert [one["draft"] for one in second["told"]] == ["draft-2", "draft-2"]


def test_one_yes_records_what_all_tell_alike_as_one(wires: list[Path], office: Path) -> None:
    before = len(everything(office))
    ran = walk(office, wires[:2], "a\na\n")
    assert (ran.code, ran.err) == (0, "")
    assert "2 accepted, 0 rejected." in ran.out
    told = of_reports(office)
    assert [one.id for one in told] == ["alpha-1", "alpha-2", "beta-1", "beta-2"]
    assert [set(one.statements) for one in held(office, SameStatement)] == [
        {"alpha-1", "beta-1"},
        {"alpha-2", "beta-2"},
    ]
    # Each answer is to the offer as its own report tells it.
    assert told[3].acts[0].of == (told[2].acts[0].id,)  # type: ignore[union-attr]
    assert len([one for one in held(office, Source) if one.id in ("alpha", "beta")]) == 2
    assert len(held(office, DraftAccepted)) == 4
    assert len(everything(office)) == before + 12


def test_each_of_several_versions_is_asked_about(wires: list[Path], office: Path) -> None:
    ran = walk(office, wires, "a\nr\na\na\n")
    assert ran.code == 0 and "2 accepted, 0 rejected." in ran.out
    assert [one.id for one in of_reports(office)] == ["alpha-1", "alpha-2", "beta-2", "gamma-1"]
    linked = [set(one.statements) for one in held(office, SameStatement)]
    assert {"alpha-1", "gamma-1"} in linked and len(linked) == 2


def test_a_statement_that_is_rejected_in_every_version_counts_once(
    wires: list[Path], office: Path
) -> None:
    ran = walk(office, wires, "r\nr\nr\na\n")
    assert ran.code == 0 and "1 accepted, 1 rejected." in ran.out
    assert [one.id for one in of_reports(office)] == ["alpha-2", "beta-2"]


def test_what_a_later_report_tells_is_linked_to_what_is_on_record(
    wires: list[Path], office: Path
) -> None:
    walk(office, wires[:1], "a\ns\n")
    ran = walk(office, wires[:2], "a\ns\n")
    assert (
        "alpha 1 is on record already." in ran.out and "1 accepted, 0 rejected, 1 left." in ran.out
    )
    assert [set(one.statements) for one in held(office, SameStatement)] == [{"alpha-1", "beta-1"}]


def test_a_second_telling_that_is_not_whole_is_left_out_and_says_why(
    wires: list[Path], office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(report: Report, *_: Any) -> Reading:
        undated = Report(text=report.text) if "Again." in report.text else report
        return Reading(report=undated, drafts=(offer(),), languages=("en",))

    monkeypatch.setattr("safeconduct.app.reading.read", read)
    ran = walk(office, wires[:2], "a\n")
    said = " ".join(ran.out.split())
    assert "left out, beta 1: draft-1 is not whole: The day on which it was said" in said
    assert [one.id for one in of_reports(office)] == ["alpha-1"]


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (("--published", "2030-05-03") * 2, "Reports: 3; values of --published: 2."),
        (("--id", "one"), "Reports: 3; values of --id: 1."),
        (("--id", "one", "--id", "two", "--id", "one"), "would be recorded as one"),
        (("--link", "https://a.example"), "values of --link: 1."),
    ],
)
def test_what_is_said_of_reports_is_said_of_all_or_of_each(
    more: tuple[str, ...], complaint: str, wires: list[Path]
) -> None:
    ran = safeconduct("read", *wires, *more)
    assert ran.code == 2 and ran.out == ""
    assert complaint in " ".join(ran.err.split())


def test_days_ids_and_publishers_go_with_their_reports(wires: list[Path]) -> None:
    ran = safeconduct(
        "read", *wires[:2], "--published", "2030-05-03", "--published", "2030-05-04", "--id", "x",
        "--id", "y", "--publisher", "Invented Wire", "--json",
    )  # fmt: skip
    first, second = ran.json["reports"]
    assert (first["id"], second["id"]) == ("x", "y")
    assert first["report"]["published"] == "2030-05-03"
    assert second["report"]["published"] == "2030-05-04"
    assert second["report"]["publisher"] == "Invented Wire"
