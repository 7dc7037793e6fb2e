"""`read --accept`: the drafts one by one, and what a person makes of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from safeconduct.adapters.editor import edited
from safeconduct.adapters.files.draftfile import Written
from safeconduct.adapters.files.newfile import write_new
from safeconduct.adapters.files.yamllines import parse_yaml
from safeconduct.app.accepting import Acceptance, Signatures, as_file
from safeconduct.app.reading import Read, accepting
from safeconduct.app.registers import record
from safeconduct.cli.reading import card, marked
from safeconduct.cli.recorded import recorded
from safeconduct.cli.screen import screen
from safeconduct.errors import DraftRefused, InputError, WrongField
from safeconduct.wire import Draft

__all__ = ["Walk", "show_accepted", "walk"]

_CHOICES = "accept, edit, reject, merge, stop"
_LETTERS = {"a": "accept", "e": "edit", "r": "reject", "m": "merge", "s": "stop"}


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of a walk through drafts: how many of which, and whether it came to the end."""

    accepted: int
    rejected: int
    left: int


def show_accepted(
    found: Sequence[Read],
    signed: Signatures,
    *,
    register: str | None,
    to: str | None,
    author: str = "",
) -> None:
    """Walks through the drafts of each report, then records what was accepted.

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
    for one in found:
        acceptance = accepting(one, signed)
        walked = walk(one, acceptance)
        _written(one, acceptance, walked, register=register, to=to, author=author)


def _written(
    read: Read,
    acceptance: Acceptance,
    walked: Walk,
    *,
    register: str | None,
    to: str | None,
    author: str,
) -> None:
    records, console = acceptance.records(), screen()
    console.print()
    left = f", {walked.left} left" if walked.left else ""
    console.print(Text(f"{walked.accepted} accepted, {walked.rejected} rejected{left}."))
    if not records:
        console.print("Nothing was written.")
        return
    text = as_file(records, read.names.zone)
    if register is not None:
        name = f"what was accepted of {read.id}"
        console.print(recorded(record(register, name, author or acceptance.signed.by, text)))
        return
    path = Path(to or "")
    write_new(path, text.encode())
    console.print(
        Text(f"Wrote {path}. It holds names in clear; next: `safeconduct record {path} -r R`.")
    )


def walk(read: Read, acceptance: Acceptance) -> Walk:
    """Shows each draft and does what a person types; nothing is written yet.

    Whatever ends the input ends the walk: what was not asked about is left.
    """
    console = screen()
    console.print(marked(read.reading))
    accepted = rejected = 0
    drafts = read.reading.drafts
    for number, draft in enumerate(drafts):
        if acceptance.is_on_record(draft):
            console.print(Text(f"{draft.id} is on record already.", "dim"))
            continue
        _show(console, read, acceptance.proposed(draft), draft)
        choice = _decided(console, acceptance, draft)
        if choice == "stop":
            return Walk(accepted, rejected, len(drafts) - number)
        accepted += choice != "reject"
        rejected += choice == "reject"
    return Walk(accepted, rejected, 0)


def _show(console: Console, read: Read, proposed: Written, draft: Draft) -> None:
    console.print()
    console.print(card(read.reading, draft))
    for says in proposed.doubts:
        console.print(Text.assemble(("     noted  ", "yellow"), says))
    for says in proposed.open:
        console.print(Text.assemble(("     open   ", "red"), says))


def _decided(console: Console, acceptance: Acceptance, draft: Draft) -> str:
    """What was done with a draft: asked again until something was."""
    while True:
        choice = _asked(console)
        try:
            if choice == "accept":
                acceptance.accept(draft)
            elif choice == "edit":
                acceptance.accept(draft, _edited(acceptance.proposed(draft).record))
            elif choice == "merge":
                acceptance.accept(draft, same_as=_line("     the same as which statement? "))
        except InputError as refusal:
            console.print(Text(f"     {refusal}", "red"))
            continue
        return choice


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
