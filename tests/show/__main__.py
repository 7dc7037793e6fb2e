"""`python -m tests.show`: one show, or all those of an issue.

Exits 0 when every one passes, 1 when one fails or misses its aim (with --misses-told only when one
fails), 2 when it is asked for what is not there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.show.jobs import Ending, side_by_side
from tests.show.outcome import ROOT, carry_out
from tests.show.registry import Entry, NoSuchShow, Title, expected, find, load


def main(arguments: list[str] | None = None) -> int:
    """Runs what the arguments ask for, and gives the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.list:
            print("\n".join(f"{title.id}  {title.text}" for title in expected()))
            return 0
        entries = _chosen(asked)
    except NoSuchShow as error:
        print(error, file=sys.stderr)
        return 2
    endings = list(_endings(entries, asked))
    if len(endings) > 1:
        print("\nAll together:")
        print("\n".join(f"  {ending.line}" for ending in endings))
    return 0 if all(ending.passed for ending in endings) else 1


def _endings(entries: list[Entry], asked: argparse.Namespace) -> Iterator[Ending]:
    """How each show ended, in their order."""
    if asked.jobs > 1:
        commands = {entry.id: _alone(entry, asked) for entry in entries}
        yield from side_by_side(commands, root=ROOT, jobs=asked.jobs, say=_say)
        return
    for entry in entries:
        outcome = carry_out(
            entry,
            seed=asked.seed,
            count=_count(entry, asked),
            say=_say,
            recorded=asked.recorded,
        )
        good = ("pass", "missed") if asked.misses_told else ("pass",)
        yield Ending(outcome.line, outcome.shown.status in good)


def _alone(entry: Entry, asked: argparse.Namespace) -> list[str]:
    """The command that runs one of the shows asked for as a process of its own."""
    count = _count(entry, asked)
    return [
        *(sys.executable, "-m", "tests.show", entry.id, "--seed", str(asked.seed)),
        *(() if count is None else ("--count", str(count))),
        *(() if asked.recorded is None else ("--recorded", str(asked.recorded))),
        *(("--misses-told",) if asked.misses_told else ()),
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.show", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("id", nargs="?", help="an id, such as A3")
    what.add_argument("--issue", metavar="LETTERS", help="every show of these issues: A, or ABC")
    what.add_argument("--soak", action="store_true", help="every show that gains from a soak")
    what.add_argument("--list", action="store_true", help="the ids and their titles")
    parser.add_argument("--untimed", action="store_true", help="leave out those that measure time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=_positive, help="how much to try; each show has its own")
    parser.add_argument(
        "--part",
        type=_positive,
        metavar="N",
        help="campaigns try only one Nth of their count, or what they must try at the least",
    )
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=1,
        metavar="N",
        help="so many shows at once; with --untimed only, since they disturb each other's times",
    )
    parser.add_argument(
        "--misses-told",
        action="store_true",
        help="an aim that is missed is told and ends nothing; what fails still does",
    )
    parser.add_argument(
        "--recorded",
        type=Path,
        metavar="FOLDER",
        help="look up there, in the records of all tests and all planted defects, what would "
        "only be repeated",
    )
    return parser


def _count(entry: Entry, asked: argparse.Namespace) -> int | None:
    """How much to try: what was asked for, or a part of what a campaign tries by itself."""
    if asked.part and entry.soak:
        return max(entry.least, entry.count // asked.part)
    count: int | None = asked.count
    return count


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not at least 1")
    return number


def _chosen(asked: argparse.Namespace) -> list[Entry]:
    if asked.id:
        return [find(asked.id)]
    entries = [load(title) for title in _titles(asked.issue)]
    entries = [entry for entry in entries if entry.soak or not asked.soak]
    entries = [entry for entry in entries if not (asked.untimed and entry.timed)]
    if not entries:
        raise NoSuchShow("Nothing was chosen; `python -m tests.show --list` names what there is.")
    timed = [entry.id for entry in entries if entry.timed]
    if timed and asked.jobs > 1:
        raise NoSuchShow(
            f"{', '.join(timed)} measure time, which shows beside them would spoil: add --untimed, "
            "or leave --jobs out."
        )
    return entries


def _titles(issues: str | None) -> list[Title]:
    if issues is None:
        return list(expected())
    unknown = set(issues.upper()) - {title.issue for title in expected()}
    if unknown:
        raise NoSuchShow(
            f"Nothing was chosen: no show is of issue {', '.join(sorted(unknown))}; "
            "`python -m tests.show --list` names what there is."
        )
    return [title for title in expected() if title.issue in issues.upper()]


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
