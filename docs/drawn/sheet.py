"""The picture of the how-to pages: the answer of 4 November 2016 on one sheet."""

from __future__ import annotations

from safeconduct.app.assess import assess
from safeconduct.app.opening import open_case
from safeconduct.app.picturing import drawing_of
from safeconduct.cli.assessing import DEMO_AT, DEMO_CASE, DEMO_MOVEMENT
from safeconduct.papers import picture


def page() -> str:
    """The sheet, as SVG."""
    return picture(drawing_of(assess(open_case(DEMO_CASE), DEMO_MOVEMENT, at=DEMO_AT)))
