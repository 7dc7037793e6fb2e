"""`read --accept`: what reports tell, statement by statement, and what a person makes of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from safeconduct.adapters.editor import edited
from safeconduct.adapters.files.newfile import write_new
from safeconduct.adapters.files.yamllines import parse_yaml
from safeconduct.app.accepting import Signatures, as_file
from safeconduct.app.reading import accepting
from safeconduct.app.registers import record
from safeconduct.app.together import Joined, ReadTogether
from safeconduct.cli.marks import section
from safeconduct.cli.reading import marked, told_card
from safeconduct.cli.recorded import recorded
from safeconduct.cli.screen import screen
from safeconduct.errors import DraftRefused, InputError, WrongField
from safeconduct.wire.across import Together
from safeconduct.wire.sameness import Told

__all__ = ["Walk", "show_accepted", "walk"]

_CHOICES = "accept, edit, reject, merge, stop"
_LETTERS = {"a": "accept", "e": "edit", "r": "reject", "m": "merge", "s": "stop"}


@dataclass(slots=True)
class Walk:
    """What came of a walk through statements: how many of which were accepted, rejected, left."""

    accepted: int = 0
    rejected: int = 0
    left: int = 0


def show_accepted(
    found: ReadTogether,
    signed: Signatures,
    *,
    register: str | None,
    to: str | None,
    author: str = "",
) -> None:
    """Walks through the statements of the reports, then records what was accepted.

    Parameters
    ----------
    register : where it is recorded. to : or the new file that it is written into.

    Raises
    ------
    WrongField : neither place is named, or both; or nobody says who accepts.
    """
    if bool(register) == bool(to):
        raise WrongField(
            f"{'Both a register and a file' if to else 'No place'} is named for what is accepted.",
            "Name a register with -r, or a new file with --to.",
        ).located(field="to")
    if not signed.by.strip():
        raise WrongField(
            "Nobody is named who accepts.", "Give your name with --by; it can be erased later."
        ).located(field="by")
    joined = Joined(tuple(accepting(one, signed) for one in found.reports))
    walked = walk(found, joined)
    _written(found, joined, walked, register=register, to=to, author=author or signed.by)


def _written(
    found: ReadTogether,
    joined: Joined,
    walked: Walk,
    *,
    register: str | None,
    to: str | None,
    author: str,
) -> None:
    records, console = joined.records(), screen()
    console.print()
    left = f", {walked.left} left" if walked.left else ""
    console.print(Text(f"{walked.accepted} accepted, {walked.rejected} rejected{left}."))
    if not records:
        console.print("Nothing was written.")
        return
    text = as_file(records, found.reports[0].names.zone)
    if register is not None:
        name = f"what was accepted of {', '.join(one.id for one in found.reports)}"
        console.print(recorded(record(register, name, author, text)))
        return
    path = Path(to or "")
    write_new(path, text.encode())
    console.print(
        Text(f"Wrote {path}. It holds names in clear; next: `safeconduct record {path} -r R`.")
    )


def walk(found: ReadTogether, joined: Joined) -> Walk:
    """Shows each statement and does what a person types; nothing is written yet.

    Whatever ends the input ends the walk: what was not asked about is left.
    """
    console, walked = screen(), Walk()
    for one in found.reports:
        if len(found.reports) > 1:
            console.print(section(f"Report {one.id}"))
        console.print(marked(one.reading))
    for number, statement in enumerate(found.statements):
        if not _walked(console, found, joined, statement, walked):
            walked.left += len(found.statements) - number
            break
    return walked


def _walked(
    console: Console, found: ReadTogether, joined: Joined, statement: Together, walked: Walk
) -> bool:
    """Asks about one statement; whether the walk goes on.

    Its other tellings are accepted with it where they say nothing else. Where they do, or the first
    was edited, each is asked about.
    """
    for one in statement.told:
        if joined.acceptances[one.report].is_on_record(one.draft):
            which = found.called(one.report, one.draft.id)
            console.print(Text(f"{which} is on record already.", "dim"))
    same_as, left = joined.on_record(statement), joined.left_of(statement)
    taken = False
    while left:
        told = left.pop(0)
        _show(console, found, joined, statement, told)
        choice, id = _decided(console, joined, told, same_as)
        if choice == "stop":
            return False
        walked.accepted += choice != "reject" and not taken
        taken |= choice != "reject"
        same_as = id or same_as
        if choice == "accept" and not statement.conflicts:
            for other, why in joined.accept_beside(left, same_as):
                console.print(Text(f"     left out, {found.label(other)}: {why}", "yellow"))
            break
    walked.rejected += not taken and bool(joined.left_of(statement))
    return True


def _show(
    console: Console, found: ReadTogether, joined: Joined, statement: Together, told: Told
) -> None:
    proposed = joined.acceptances[told.report].proposed(told.draft)
    console.print()
    console.print(told_card(found, statement, told))
    for says in proposed.doubts:
        console.print(Text.assemble(("     noted  ", "yellow"), says))
    for says in proposed.open:
        console.print(Text.assemble(("     open   ", "red"), says))


def _decided(console: Console, joined: Joined, told: Told, same_as: str) -> tuple[str, str]:
    """What was done with a telling, and the id of its statement: asked again until something was.

    Parameters
    ----------
    same_as : the statement that another report told, if one was accepted.
    """
    while True:
        choice, id = _asked(console), ""
        try:
            if choice == "accept":
                id = joined.accept(told, same_as=same_as)
            elif choice == "edit":
                proposed = joined.acceptances[told.report].proposed(told.draft)
                id = joined.accept(told, _edited(proposed.record), same_as)
            elif choice == "merge":
                same = _line("     the same as which statement? ")
                id = joined.accept(told, same_as=same)
        except InputError as refusal:
            console.print(Text(f"     {refusal}", "red"))
            continue
        return choice, id


def _asked(console: Console) -> str:
    while True:
        typed = _line(f"     [{_CHOICES}] ").lower()
        for choice in _LETTERS.values():
            if typed and choice.startswith(typed):
                return choice
        console.print(Text(f'     "{typed}" is none of {_CHOICES}.', "red"))


def _line(prompt: str) -> str:
    """A line that a person typed; the end of the input stops the walk."""
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        return "stop"


def _edited(record: dict[str, Any]) -> dict[str, Any]:
    """The statement as it comes back from the person's editor.

    Raises
    ------
    DraftRefused : nothing was changed, or it is no statement any more.
    InputError : the editor could not be started, or failed.
    """
    before = as_file({"statements": [record]}, "UTC")
    after = edited(before, ".yaml")
    if after == before:
        raise DraftRefused(
            "The editor gave back no change.",
            "Save the file there with the change; or accept the draft as it is, or reject it.",
        )
    try:
        held = parse_yaml(after, "the edited draft").data
    except InputError as error:
        raise DraftRefused(
            f"What the editor gave back cannot be read. {error}", "Edit it once more."
        ) from None
    told = held.get("statements") if isinstance(held, dict) else None
    if not isinstance(told, list) or len(told) != 1 or not isinstance(told[0], dict):
        raise DraftRefused(
            "What the editor gave back does not hold one statement.",
            "Leave `statements:` and the dash before `id` as they were, and edit what follows.",
        )
    found: dict[str, Any] = told[0]
    return found
