"""Writes the pages of the documentation that are drawn from the program itself.

`python docs/generate.py errors` writes `docs/reference/errors.md`; without a name every page is
written. `assurance` and `speed`, when named, first take over what the shows left in `build/show`.
A test holds each page to what this would write now; what each page says is in `docs/drawn`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent
RULES = DOCS / "reference" / "rules"

# Started as a script this folder is on the path; run by a test it is not. The worked examples of
# the rules are their tests.
for folder in (str(ROOT), str(DOCS)):
    if folder not in sys.path:
        sys.path.insert(0, folder)

from drawn import (  # noqa: E402  # the path first
    assurance,
    case_format,
    cases,
    cli,
    codes,
    episodes,
    errors,
    picture,
    reading,
    rule_pages,
    rules,
    sheet,
    speed,
    worked,
)

from safeconduct.adapters.files.policyfile import core_policy  # noqa: E402  # the path first

PAGES: dict[str, tuple[Path, Callable[[], str]]] = {
    "errors": (DOCS / "reference" / "errors.md", errors.page),
    "codes": (DOCS / "reference" / "codes.md", codes.page),
    "rules": (DOCS / "reference" / "rules.md", rules.page),
    "case-format": (DOCS / "reference" / "case-format.md", case_format.page),
    "cases": (DOCS / "reference" / "cases.md", cases.page),
    "episodes": (DOCS / "reference" / "episodes.md", episodes.page),
    "cli": (DOCS / "reference" / "cli.md", cli.page),
    "assurance": (DOCS / "reference" / "assurance.md", assurance.page),
    "speed": (DOCS / "reference" / "speed.md", speed.page),
    "reading": (DOCS / "reference" / "reading-figures.md", reading.page),
    "worked": (ROOT / "safeconduct" / "policy" / "worked.json", worked.page),
    "rule-table": (DOCS / "reference" / "rule-table.md", rule_pages.whole_table),
    "rule-index": (RULES / "README.md", rule_pages.index),
    **{
        f"rule-{rule.id}": (RULES / f"{rule.id}.md", partial(rule_pages.page, rule))
        for rule in core_policy().rules
    },
}
"""The pages that are text, which a test compares as a whole."""

PICTURES: dict[str, tuple[Path, Callable[[], str]]] = {
    "picture": (DOCS / "images" / "demo.svg", picture.page),
    "sheet": (DOCS / "images" / "sheet.svg", sheet.page),
}
"""The drawings, of which a test compares the words only: their strokes are rich's."""


def main() -> None:
    """Writes the pages that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    known = PAGES | PICTURES
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"of: {', '.join(known)}")
    asked = parser.parse_args().pages
    if "assurance" in asked:
        assurance.keep_figures()
    if "speed" in asked:
        speed.keep_figures()
    for name in asked or known:
        if name not in known:
            parser.error(f"there is no page {name!r}; there are: {', '.join(known)}")
        path, page = known[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
