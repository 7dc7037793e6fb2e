"""An office's own table is read row by row, by columns that are named once."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest

from safeconduct.adapters.reports import Columns, Kind, open_report, open_sheet
from safeconduct.adapters.reports.columns import read_columns, remember, remembered
from safeconduct.errors import MissingFile, SafeconductError, UnreadableFile, WrongField
from tests.unit.adapters.reports.files import xlsx

COLUMNS = Columns(what="Statement", date="Day", who="Voice", where="Place", link="Link")
HEAD = ["Day", "Place", "Voice", "Statement", "Link"]
ROW = ["2019-06-12", "Ostrel", "The council", "The road is open.\nFor food.", "a letter"]


def _csv(*rows: list[str]) -> io.BytesIO:
    lines = [",".join(f'"{cell}"' for cell in row) for row in (HEAD, *rows)]
    return io.BytesIO("\n".join(lines).encode("utf-8-sig"))


@pytest.mark.parametrize(
    "content",
    [_csv(ROW).getvalue(), xlsx([HEAD, [43628, *ROW[1:]]])],  # 43628: days from 1899-12-30
    ids=["csv", "xlsx"],
)
def test_a_row_is_a_report_made_of_its_cells_alone(content: bytes) -> None:
    sheet = open_sheet(io.BytesIO(content), COLUMNS, source="log", publisher="Desk")
    (report,) = sheet.reports
    assert report.text == "2019-06-12\nOstrel\nThe council: The road is open.\nFor food."
    assert report.dateline and report.dateline.of(report.text) == "Ostrel"
    assert report.dated and report.dated.of(report.text) == "2019-06-12"
    assert report.published == dt.date(2019, 6, 12)
    assert (report.source, report.told_publisher) == ("log, row 2: a letter", "Desk")
    assert (report.title, report.left_out, report.notes, sheet.notes) == (None, (), (), ())


def test_a_row_that_says_nothing_is_named_and_an_empty_one_is_not() -> None:
    sheet = open_sheet(_csv(["", "Ostrel", "", "", ""], [""] * 5, ROW), COLUMNS)
    assert [one.source for one in sheet.reports] == ["a table, row 4: a letter"]
    assert sheet.notes == ("Row 2 says nothing in 'Statement' and is left out.",)


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("04/11/2016", "day first", dt.date(2016, 11, 4)),
        ("04/11/2016", "month first", dt.date(2016, 4, 11)),
        ("25.11.2016", "", dt.date(2016, 11, 25)),
        ("٤ تشرين الثاني ٢٠١٦", "", dt.date(2016, 11, 4)),
        ("04/11/2016", "", "may be two days; say in the columns whether it is day first or month"),
        ("31/06/2016", "", "is no day of the calendar"),
        ("25/11/2016", "month first", "is no day of the calendar"),
        ("last week", "", "is not understood"),
    ],
)
def test_a_day_in_numbers_is_never_guessed(written: str, order: str, day: dt.date | str) -> None:
    columns = Columns(what="Statement", date="Day", dates=order)
    (report,) = open_sheet(_csv([written, *ROW[1:]]), columns).reports
    if isinstance(day, dt.date):
        assert (report.published, report.notes) == (day, ())
    else:
        assert report.published is None
        assert report.dated is None
        assert day in report.notes[0]


def test_columns_without_a_head_are_named_by_letters() -> None:
    given = io.BytesIO(b"Ostrel;The road is open.\n")
    (report,) = open_sheet(given, Columns(what="B", where="a", head=0)).reports
    assert report.text == "Ostrel\nThe road is open."


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (Columns(what="Said"), "The table has no columns 'Said'; its head has: day, place, voice"),
        (Columns(what="Q", head=0), "The table has no column 'Q'; it has 5 columns."),
        (Columns(what="1", head=0), "The table has no column '1'"),
        (Columns(what="Statement", head=9), "The table has 2 rows, and its head is said to be ro"),
    ],
)
def test_a_column_that_is_not_there_is_told(columns: Columns, says: str) -> None:
    with pytest.raises(WrongField, match=says):
        open_sheet(_csv(ROW), columns)


def test_a_table_without_columns_and_columns_without_a_table_are_told(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(_csv(ROW).getvalue())
    with pytest.raises(UnreadableFile, match="Say which of its columns hold what"):
        open_report(path)
    with pytest.raises(UnreadableFile, match=r"no table but a report of its own kind \(.pdf\)"):
        open_sheet(io.BytesIO(b"%PDF-1.7"), COLUMNS)
    with pytest.raises(UnreadableFile, match="no row that says anything in 'Statement'"):
        open_sheet(_csv(), COLUMNS)
    with pytest.raises(UnreadableFile, match=r"no whole table: .*, in row 2"):
        open_sheet(io.BytesIO(b'Statement\n"cut short'), Columns(what="Statement"))
    with pytest.raises(WrongField, match=r"no sheet 'Old'\. It has: Log"):
        open_sheet(io.BytesIO(xlsx([HEAD])), Columns(what="Statement", sheet="Old"))
    with pytest.raises(UnreadableFile):
        open_sheet(io.BytesIO(xlsx([HEAD, ROW])[:-300]), COLUMNS, kind=Kind.WORKBOOK)


def test_columns_are_remembered_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path))
    odd = Columns(what='Said "so"\\', where="المكان", dates="day first", head=3)
    with pytest.raises(MissingFile, match="and none under another"):
        remembered("field-log")
    assert remember("field-log", odd).is_relative_to(tmp_path)
    assert remembered("field-log") == odd
    remember("field-log", COLUMNS)
    assert remembered("field-log") == COLUMNS
    with pytest.raises(MissingFile, match="under the name other, only field-log"):
        remembered("other")
    with pytest.raises(WrongField, match="small letters, digits and hyphens"):
        remembered("../keys")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("what = ", "is no TOML"),
        ("which = 'A'", "A table has no 'which'"),
        ("what = 3", "Found 3, which is no text"),
        ("what = 'A'\nhead = true", "Found True, which is no number"),
        ("what = 'A'\nhead = -1", "The head is said to be row -1"),
        ("what = 'A'\ndates = 'ours'", "Days are said to be written 'ours'"),
        ("who = 'A'", "No column is named for what was said"),
    ],
)
def test_a_file_of_columns_that_is_wrong_says_where(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SafeconductError, match=says) as refused:
        read_columns(path)
    assert refused.value.file == str(path)
