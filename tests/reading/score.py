"""Reads the gold reports and prints how well they were read: `python -m tests.reading.score`.

    --half open|held-out    one half; without it both are counted together
    --language en           the reports in one language
    --misses                what was read otherwise, one line each
    --publish               lets the misses of the held-out half be printed too
    --json, --markdown      the figures as one line of JSON, or all of it as parts of a page

Nobody tunes on the held-out half, so its misses are printed only for the page that publishes them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.reading.goldset import HELD_OUT, OPEN, Gold, gold_reports
from tests.reading.page import sections
from tests.reading.scoring import Count, Score, score

Reader = Callable[[Gold], Mapping[str, Any]]
HEAD = f"{'':26}{'right':>6}{'read':>6}{'gold':>6}{'prec.':>8}{'recall':>8}{'F1':>8}"
TITLES = {
    "all_three": "act + speaker + actor",
    "named": "  where a speaker is named",
    "negation_aside": "  negation aside",
    "windows": "windows exact, in the act",
    "windows_anywhere": "  in any draft",
}


def the_programs_own() -> Reader:
    """The reader that is measured; it loads its lexicons when it is first asked."""
    from tests.reading.reader import read_gold

    return read_gold


def scored(reader: Reader, half: str | None, language: str | None = None) -> Score:
    """The score of a reader over one half, or over both."""
    return score([(gold, reader(gold)) for gold in gold_reports(half, language)])


def table(found: Score) -> Iterator[str]:
    """The figures as lines for people."""
    yield f"{found.reports} reports"
    yield HEAD
    for name, title in TITLES.items():
        yield _line(title, getattr(found, name))
    yield f"invented grants: {len(found.invented)}"
    yield f"loose grants: {len(found.loose)}"
    yield f"lost negations: {len(found.lost_negations)}"
    yield from _part("by language", found.per_language)
    yield from _part("by act (act alone)", found.per_act)
    yield from _part("by field", found.per_field)
    yield from _part("by field, where paired", found.where_paired)


def misses(found: Score) -> Iterator[str]:
    """What was read otherwise, by report."""
    every = [*found.invented, *found.loose, *found.lost_negations, *found.misses]
    return (str(miss) for miss in sorted(every, key=lambda miss: miss.report))


def _part(title: str, counts: Mapping[str, Count]) -> Iterator[str]:
    yield ""
    yield title
    for name in sorted(counts):
        yield _line(name, counts[name])


def _line(title: str, count: Count) -> str:
    figures = (count.precision, count.recall, count.f1)
    shown = "".join(f"{'-' if one is None else f'{one:.3f}':>8}" for one in figures)
    return f"{title:26}{count.right:>6}{count.read:>6}{count.gold:>6}{shown}"


def main(arguments: Sequence[str] | None = None, reader: Reader | None = None) -> int:
    """Prints the table; 2 where the misses of the held-out half are asked for."""
    ask = argparse.ArgumentParser(prog="python -m tests.reading.score")
    ask.add_argument("--half", choices=[OPEN, HELD_OUT])
    ask.add_argument("--language")
    ask.add_argument("--misses", action="store_true")
    ask.add_argument("--publish", action="store_true")
    ask.add_argument("--json", action="store_true", help="the figures as one line of JSON")
    ask.add_argument("--markdown", action="store_true", help="as sections of a page")
    asked = ask.parse_args(arguments)
    if asked.misses and asked.half != OPEN and not asked.publish:
        print(
            "The misses of the held-out half are not shown: whoever sees them tunes on them. "
            "Ask for `--half open`, or add `--publish` for the page that lists them.",
            file=sys.stderr,
        )
        return 2
    found = scored(reader or the_programs_own(), asked.half, asked.language)
    if asked.json:
        print(json.dumps(found.as_json()))
        return 0
    if asked.markdown:
        print("\n".join(sections(found, misses=asked.misses)))
        return 0
    print("\n".join(table(found)))
    if asked.misses:
        print("\n".join(["", "read otherwise", *misses(found)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
