"""The verb `read`, as a person types and reads it. What is read of the text is made by hand."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from safeconduct.vocabulary import DraftAccepted, Statement
from safeconduct.wire import Reading, Report
from safeconduct.wire.body import body
from tests.unit.app.drafted import TEXT, offer, rejection
from tests.unit.app.offices import everything, held
from tests.unit.cli.running import Ran, safeconduct

SIGNED = ("--by", "Ada Reader", "--second", "Bo Second")


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the report, an offer and its rejection are read from it."""

    def read(report: Report, *_: Any) -> Reading:
        assert report.text.startswith(TEXT)
        return Reading(
            report=report,
            drafts=(offer(), rejection()),
            languages=("en",),
            notes=("Made by hand.",),
        )

    monkeypatch.setattr("safeconduct.app.reading.read", read)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Wire, 3 May.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def walk(office: Path, report: Path, typed: str, *more: str, **environment: str) -> Ran:
    arguments = ("read", report, "-r", office, "--published", "2030-05-03", "--accept", *more)
    return safeconduct(*arguments, stdin=typed.encode(), **environment)


def test_a_report_is_shown_with_its_marks_and_its_drafts(report: Path, office: Path) -> None:
    before = len(everything(office))
    ran = safeconduct("read", report, "-r", office, "--published", "2030-05-03", "--zone", "UTC")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    said = " ".join(ran.out.split())
    assert "Report wire-3-may" in said and "published 2030-05-03" in said
    assert "The North will let aid trucks pass[1] the north bank" in said
    assert "The South rejected[2] the offer." in said
    assert "1 announce of passage, by north stated" in said
    assert "2030-05-04 09:00 UTC (09:00Z) to 2030-05-04 14:00 UTC (14:00Z)" in said
    assert 'answers draft-1 "the offer"' in said
    assert "note Made by hand." in said and "nothing was written" in said
    assert len(everything(office)) == before


def test_the_same_as_json_with_the_characters_of_each_field(report: Path) -> None:
    ran = safeconduct("read", report, "--published", "2030-05-03", "--json")
    found = json.loads(ran.out)
    assert found["id"] == "wire-3-may" and found["notes"] == ["Made by hand."]
    first = found["drafts"][0]
    assert first["act"]["value"] == "announce"
    ((start, end),) = first["act"]["at"]
    assert TEXT[start:end] == first["act"]["words"] == "will let aid trucks pass"
    assert first["windows"][0]["value"]["start"] == "2030-05-04T09:00:00Z"


def test_what_is_accepted_is_recorded_and_who_answers_for_it(report: Path, office: Path) -> None:
    ran = walk(office, report, "a\na\n", *SIGNED)
    assert (ran.code, ran.err) == (0, "")
    assert "2 accepted, 0 rejected." in ran.out and "Recorded 5 entries" in ran.out
    told = [one for one in held(office, Statement) if one.id.startswith("wire-3-may")]
    assert [one.acts[0].tag for one in told] == ["announce", "reject"]
    assert len(held(office, DraftAccepted)) == 2


def test_drafts_of_another_reader_are_accepted_and_stand_on_record_as_that_readers(
    report: Path, office: Path, tmp_path: Path
) -> None:
    theirs = body(
        Reading(report=Report(text=TEXT), drafts=(offer(), rejection()), reader="a colleague")
    )
    other = tmp_path / "drafts.json"
    other.write_text(json.dumps(theirs), "utf-8")
    ran = walk(office, report, "a\na\n", *SIGNED, "--drafts", str(other))
    assert (ran.code, ran.err) == (0, "")
    assert "2 accepted, 0 rejected." in ran.out and "Made by hand." not in ran.out
    assert {one.reader for one in held(office, DraftAccepted)} == {"a colleague"}


def test_a_grant_is_refused_to_one_person_and_asked_about_again(report: Path, office: Path) -> None:
    ran = walk(office, report, "a\nr\na\n", "--by", "Ada Reader")
    assert "only Ada Reader answers for it" in " ".join(ran.out.split())
    assert "1 accepted, 1 rejected." in ran.out
    assert [one.acts[0].tag for one in held(office, Statement)][-1] == "reject"


@pytest.mark.parametrize("typed", ["", "s\n", "a\n", "nonsense\ns\n"])
def test_the_end_of_what_is_typed_ends_the_walk(typed: str, report: Path, office: Path) -> None:
    before = len(everything(office))
    ran = walk(office, report, typed, *SIGNED)
    assert ran.code == 0
    taken = int(typed == "a\n")
    assert f"{taken} accepted, 0 rejected, {2 - taken} left." in ran.out
    assert len(everything(office)) == before + 3 * taken
    assert ("Nothing was written." in ran.out) is not bool(taken)
    if "nonsense" in typed:
        assert '"nonsense" is none of accept, edit, reject, merge, stop.' in ran.out


def test_a_draft_is_edited_in_the_persons_own_editor(
    report: Path, office: Path, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text().replace('aid trucks pass', 'ten trucks pass'))\n"
    )
    ran = walk(office, report, "e\nr\n", *SIGNED, VISUAL=f"{sys.executable} {script}")
    assert "1 accepted, 1 rejected." in ran.out
    assert "ten trucks pass" in held(office, Statement)[-1].paraphrase
    assert held(office, DraftAccepted)[0].edited


def test_an_edit_that_changes_nothing_or_spoils_it_is_asked_about_again(
    report: Path, office: Path, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('- [')\n")
    ran = walk(office, report, "e\ns\n", *SIGNED, VISUAL="true")
    assert "gave back no change" in " ".join(ran.out.split())
    spoilt = walk(office, report, "e\ns\n", *SIGNED, VISUAL=f"{sys.executable} {script}")
    assert "cannot be read" in " ".join(spoilt.out.split())
    assert "0 accepted" in ran.out and "0 accepted" in spoilt.out


def test_a_draft_that_was_told_before_is_merged_with_what_is_on_record(
    report: Path, office: Path
) -> None:
    ran = walk(office, report, "m\nnorth-guarantees\nr\n", *SIGNED)
    assert ran.code == 0 and "Recorded 4 entries" in ran.out
    missing = walk(office, report, "m\nnobody-said-this\n", *SIGNED)
    assert missing.code == 2 and "nobody-said-this" in missing.err


def test_what_was_left_is_gone_on_with_another_day(report: Path, office: Path) -> None:
    walk(office, report, "a\ns\n", *SIGNED)
    ran = walk(office, report, "a\n", *SIGNED)
    assert "draft-1 is on record already." in ran.out and "Recorded 2 entries" in ran.out
    told = [one.acts[0] for one in held(office, Statement) if one.id.startswith("wire-3-may")]
    assert told[1].of == (told[0].id,)  # type: ignore[union-attr]
    again = walk(office, report, "", *SIGNED)
    assert "0 accepted, 0 rejected." in again.out and "Nothing was written." in again.out


def test_another_report_of_the_same_name_gets_an_id_of_its_own(report: Path, office: Path) -> None:
    walk(office, report, "a\ns\n", *SIGNED)
    report.write_text(f"{TEXT} More was not said.")
    ran = walk(office, report, "s\n", *SIGNED)
    assert ran.code == 2 and "Give it an id of its own with --id" in ran.err
    assert walk(office, report, "s\n", *SIGNED, "--id", "second-wire").code == 0


def test_what_is_accepted_goes_into_a_file_that_record_takes(
    report: Path, office: Path, tmp_path: Path
) -> None:
    to = tmp_path / "accepted.yaml"
    arguments = ("read", report, "--case", "aleppo-2016-11-04", "--published", "2030-05-03")
    ran = safeconduct(*arguments, "--accept", "--to", to, *SIGNED, stdin=b"r\nr\n")
    assert "Nothing was written." in ran.out and not to.exists()
    kept = safeconduct("read", report, "-r", office, "--published", "2030-05-03", "--accept",
                       "--to", to, *SIGNED, stdin=b"a\na\n")  # fmt: skip
    assert kept.code == 2 and "Both a register and a file" in kept.err


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (("--published", "4 November"), '"4 November" is no day.'),
        (("--zone", "Aleppo"), "Aleppo"),
        (("--kind", "telex"), "telex"),
        (("--accept", "--json"), "conversation"),
        (("--accept", "--by", "Ada"), "No place is named for what is accepted"),
        (("--accept", "--to", "x.yaml"), "Nobody is named who accepts"),
        (("--columns", "nobody-kept-this"), "No columns are kept under the name"),
        (("--case", "no-such-case"), "no-such-case"),
    ],
)
def test_what_cannot_be_used_is_refused(
    more: tuple[str, ...], complaint: str, report: Path
) -> None:
    ran = safeconduct("read", report, *more)
    assert ran.code == 2 and ran.out == ""
    assert complaint in " ".join(ran.err.split())


def test_a_report_that_is_not_there_or_comes_where_answers_come_from() -> None:
    assert safeconduct("read", "nowhere.txt").code == 2
    ran = safeconduct("read", "-", "--accept", "--by", "Ada", "--to", "x", stdin=TEXT.encode())
    assert ran.code == 2 and "standard input" in ran.err
    shown = safeconduct("read", "-", "--json", stdin=TEXT.encode())
    assert shown.code == 0 and shown.json["id"].startswith("report-")
