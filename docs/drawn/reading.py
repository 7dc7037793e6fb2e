"""The page of how much of a report is read: the held-out reports, read anew and scored."""

from __future__ import annotations

from tests.reading.agreement import agreement
from tests.reading.goldset import HELD_OUT
from tests.reading.page import sections
from tests.reading.score import scored, the_programs_own

MISSES_ARE_PUBLISHED = True
"""Once they are, whoever writes rules can see them, and a new set has to be held out."""

_HEAD = """\
# How much of a report is read, in figures

Drawn from the reader by `make docs`; do not edit this page.

The reports of `tests/reading/gold` that are held out: written from the facts of recorded episodes,
and annotated, by people who had not read the reader's rules. Their hashes were committed before the
reader was tuned on others; nobody tuned on them. They are short (60 to 220 words), full of plain
idiom, and nearly every sentence of them says something. `make show ID=E2` scores them anew and
holds them against the aims: 0.85 for act, speaker and actor together, 0.90 for windows, and no
invented grant.

What counts as right is in `tests/reading/scoring.py`: a draft and an act are paired one to one, and
a pair is right where the act (and whether it was done or not), the speaker (also: that none is
named) and the actor are all the same.

"""


def page() -> str:
    """The page, from the reader as it is."""
    found = scored(the_programs_own(), HELD_OUT)
    lines = sections(found, misses=MISSES_ARE_PUBLISHED)
    return _HEAD + _agreed() + "\n".join(lines).rstrip("\n") + "\n"


def _agreed() -> str:
    found = agreement()
    two, own = found.annotators, found.reader
    return (
        f"Annotators agree: {two.reports} of the reports were annotated twice, and one annotation "
        f"holds against\nthe other with F1 {two.all_three.f1:.2f} in act, speaker and actor, where "
        f"the reader has {own.all_three.f1:.2f} on the same\nreports. Grants that only one of the "
        f"two sees: {len(two.invented)}; that only the reader sees: {len(own.invented)}.\n\n"
    )
