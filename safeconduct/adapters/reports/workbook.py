"""The rows of the first sheet of an `.xlsx` workbook, as text."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from safeconduct.adapters.reports.limits import COLUMNS, ROWS
from safeconduct.adapters.reports.package import Package
from safeconduct.errors import FileTooLarge, UnreadableFile, WrongField
from safeconduct.wire.tidying import tidied

__all__ = ["rows"]


def rows(content: bytes, sheet: str = "") -> list[list[str]]:
    """The cells of a sheet, row by row from its first row; empty cells are empty.

    Parameters
    ----------
    sheet : its name; the first one where none is given.

    Raises
    ------
    WrongField : there is no sheet of that name.
    UnreadableFile, FileTooLarge : as `Package` does; or it has more rows or columns than are read.
    """
    Package(content).check()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if not names:
            raise UnreadableFile("The workbook has no sheet.", "Save it anew.")
        if sheet and sheet not in names:
            raise WrongField(
                f"The workbook has no sheet {sheet!r}.", f"It has: {', '.join(names)[:500]}."
            ).located(field="sheet")
        found = book.get_sheet_by_name(sheet or names[0])
        if found.height > ROWS or found.width > COLUMNS:
            raise FileTooLarge(
                f"The sheet has {found.height:,} rows and {found.width:,} columns, but no more "
                f"than {ROWS:,} rows and {COLUMNS} columns are read.",
                "Split it, or delete what is empty below and beside it.",
            )
        cells = found.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise UnreadableFile(
            f"The workbook is damaged: {str(error)[:200]}.",
            "It may be cut short: fetch it again, or save it anew.",
        ) from None
    return [[_text(cell) for cell in row] for row in cells]


def _text(cell: Any) -> str:
    """A cell as it is read: a day as in `2016-11-04`, a whole number without a point."""
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    return tidied(str(cell)).strip()
