"""`python -m tests.show`: one show, or all those of an issue.

Exits 0 when every one passes, 1 when one fails or misses, 2 when it is asked for what is not there.
"""

from __future__ import annotations

import argparse
import sys

from tests.show.outcome import carry_out
from tests.show.registry import Entry, NoSuchShow, expected, find, load


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
    outcomes = [
        carry_out(entry, seed=asked.seed, count=_count(entry, asked), say=_say) for entry in entries
    ]
    if len(outcomes) > 1:
        print("\nAll together:")
        print("\n".join(f"  {outcome.line}" for outcome in outcomes))
    return 0 if all(outcome.shown.status == "pass" for outcome in outcomes) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.show", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("id", nargs="?", help="an id, such as A3")
    what.add_argument("--issue", metavar="LETTER", help="every show of this issue")
    what.add_argument("--soak", action="store_true", help="every show that gains from a soak")
    what.add_argument("--list", action="store_true", help="the ids and their titles")
    parser.add_argument("--untimed", action="store_true", help="leave out those that measure time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=_positive, help="how much to try; each show has its own")
    parser.add_argument(
        "--part", type=_positive, metavar="N", help="campaigns try only one Nth of their count"
    )
    return parser


def _count(entry: Entry, asked: argparse.Namespace) -> int | None:
    """How much to try: what was asked for, or a part of what a campaign tries by itself."""
    if asked.part and entry.soak:
        return max(1, entry.count // asked.part)
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
    titles = [t for t in expected() if asked.issue is None or t.issue == asked.issue.upper()]
    entries = [load(title) for title in titles]
    entries = [entry for entry in entries if entry.soak or not asked.soak]
    entries = [entry for entry in entries if not (asked.untimed and entry.timed)]
    if not entries:
        raise NoSuchShow("Nothing was chosen; `python -m tests.show --list` names what there is.")
    return entries


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
