"""`read` with gazetteers: which are used, what the card and the body show of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.running import safeconduct

TEXT = "The Syrian government said it would let aid trucks pass through {} on Friday."
OURS = """\
# name: ours
# source: made up
# licence: CC0
# kind camp: camp
id,name,also,kind
camp-1,Greenfield,,camp
camp-2,Jarablus,,camp
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(TEXT.format("Jarablus district and Al-Bab"), encoding="utf-8")
    return path


def shown(*arguments: object) -> str:
    ran = safeconduct("read", *arguments, "--published", "2016-11-03")
    assert (ran.code, ran.err) == (0, "")
    return " ".join(ran.out.split())


def test_the_bundled_one_is_used_in_its_zone_and_the_card_names_the_place(report: Path) -> None:
    card = shown(report, "--zone", "Asia/Damascus")
    assert 'where SY0208 Jarabulus, district (syria) "Jarablus district"' in card
    assert (
        "where SY020200 Al Bab, subdistrict (syria). So are called, too: Al-Bab (district" in card
    )


@pytest.mark.parametrize(
    "more", [("--zone", "Asia/Damascus", "--gazetteer", "none"), ("--zone", "Europe/Kyiv"), ()]
)
def test_it_is_left_out_where_asked_or_in_another_zone(more: tuple[str, ...], report: Path) -> None:
    card = shown(report, *more)
    assert "where Jarablus district" in card and "(syria)" not in card


def test_a_bundled_one_is_used_elsewhere_by_its_name(report: Path) -> None:
    assert "SY0208 Jarabulus, district (syria)" in shown(report, "--gazetteer", "syria")


def test_files_of_ones_own_come_first(report: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours.csv"
    ours.write_text(OURS, encoding="utf-8")
    report.write_text(TEXT.format("Jarablus and Greenfield and Idlib province"), encoding="utf-8")
    more = ("--zone", "Asia/Damascus", "--gazetteer", ours)
    card = shown(report, *more)
    assert 'where camp-2 Jarablus, camp (ours) "Jarablus"' in card
    assert 'where camp-1 Greenfield, camp (ours) "Greenfield"' in card
    assert "SY07 Idlib, governorate (syria)" in card
    alone = shown(report, *more, "--gazetteer", "none")
    assert "camp-1 Greenfield" in alone and "(syria)" not in alone


def test_the_body_tells_each_place_with_its_characters(report: Path) -> None:
    ran = safeconduct("read", report, "--zone", "Asia/Damascus", "--json")
    text = report.read_text("utf-8")
    district, town = ran.json["places"]
    start, end = district.pop("at")
    assert text[start:end] == "Jarablus district"
    assert district == {
        "words": "Jarablus district", "id": "SY0208", "name": "Jarabulus", "kind": "district",
        "gazetteer": "syria",
    }  # fmt: skip
    assert town["id"] == "SY020200" and "SY0202" in town["doubt"]
    areas = ran.json["drafts"][0]["areas"]
    assert [one["value"] for one in areas] == ["SY0208", "SY020200"]


def test_a_file_that_cannot_be_used_is_refused_with_its_line(report: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours.csv"
    ours.write_text(OURS.replace(",camp\ncamp-2", ",tent\ncamp-2"), encoding="utf-8")
    ran = safeconduct("read", report, "--gazetteer", ours, "--json")
    assert ran.code == 2
    facts = ran.complaint["facts"]
    assert (facts["line"], facts["field"]) == (6, "kind")
    missing = safeconduct("read", report, "--gazetteer", tmp_path / "none.csv", "--json")
    assert (missing.code, missing.complaint["code"]) == (2, "missing-file")


def test_an_area_of_the_case_wins(tmp_path: Path) -> None:
    report = tmp_path / "wire.txt"
    report.write_text(TEXT.format("Sakhour in Aleppo and Hanano"), encoding="utf-8")
    card = shown(report, "--case", "aleppo-2016-11-04")
    assert "where as-sakhour as-Sakhour, neighbourhood (syria)" in card
    assert 'where hanano "Hanano"' in card
