"""The verb `outcome`: how a movement came out, and what became of each item of its load."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.files.yamllines import mapping_of, read_yaml
from safeconduct.app.assess import Answer, assess
from safeconduct.app.decided import outcome_json
from safeconduct.app.opening import Opened
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.errors import WrongField
from safeconduct.planning.load import NOT_SENT, Line, lines
from safeconduct.register import decode
from safeconduct.situation import Situation, records_of
from safeconduct.spacetime import Edge, instant, show, utc
from safeconduct.vocabulary import Departure, ItemCount, Movement, Outcome, Result

COUNTS = ("approved", "loaded", "removed", "arrived", "distributed")
_COUNT = re.compile(r"[0-9]{1,12}")
_FORM = '"name,approved,loaded,removed,arrived,distributed"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An outcome as somebody tells it, before it has been looked at.

    Parameters
    ----------
    result : one of the words of `Result`.
    items : texts such as "flour,100,100,0,90,80"; `file` is a YAML file with more, under `items`.
    explains : texts such as "flour: ten sacks burst", for what does not add up.
    removed_by, removed_where : who took items out and at which post, where an item names neither.
    """

    result: str
    what: str
    by: str = ""
    items: tuple[str, ...] = ()
    file: str | None = None
    explains: tuple[str, ...] = ()
    removed_by: str = ""
    removed_where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An outcome with its ledger, and the movement that it is of."""

    movement: Movement
    outcome: Outcome
    lines: tuple[Line, ...]
    earlier: tuple[Outcome, ...] = ()
    recorded: Recorded | None = None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        body = outcome_json(self.outcome) | {
            "items": [line.as_json() for line in self.lines],
            "earlier": [outcome_json(one) for one in self.earlier],
        }
        if self.recorded is not None:
            body["recorded"] = self.recorded.as_json()
        return body


def record_outcome(
    path: str, movement: str | None, told: Told, *, at: str | None = None
) -> Account:
    """How a movement came out, recorded now.

    Parameters
    ----------
    at : when it came out so; this moment if left out.

    Raises
    ------
    WrongField : the ledger does not add up and nobody explains it, or a movement that never left
        is said to have come out otherwise than denied or cancelled.
    RegisterError : the register is a replay. InputError : as `assess`.
    """
    result = _result(told.result)
    if not told.what.strip():
        raise WrongField(
            "The outcome does not say what happened.", "Say it in a sentence: `--what`."
        ).located(field="what")
    items = _explained(_items(told), told)
    _check_items(items, result)
    with closing(open_live(path)) as opened:
        answer = assess(opened, movement, at=at, known_at=_known_by_now(at), propose=False)
        when = answer.judgement.as_of
        version = _version(answer, opened.situation(when, answer.judgement.known_at), result)
        outcome = Outcome(
            id=_free_id(opened, answer.movement),
            movement=answer.movement.id,
            version=version,
            result=result,
            what=told.what.strip(),
            at=when,
            items=items,
            by=told.by.strip(),
            follows=answer.outcomes[-1].id if answer.outcomes else "",
        )
    recorded = write(path, [outcome], author=told.by)
    return Account(
        movement=answer.movement,
        outcome=outcome,
        lines=lines(items, result),
        earlier=answer.outcomes,
        recorded=recorded,
    )


def outcome_of(opened: Opened, movement: str | None, *, at: str | None = None) -> Account | None:
    """The outcome that holds of a movement, with its ledger; None when none is recorded.

    A live register is asked as of this moment when `at` is left out.
    """
    answer = assess(opened, movement, at=at, propose=False)
    if not answer.outcomes:
        return None
    *earlier, last = answer.outcomes
    return Account(
        movement=answer.movement,
        outcome=last,
        lines=lines(last.items, last.result),
        earlier=tuple(earlier),
    )


def _known_by_now(at: str | None) -> str | None:
    """An outcome is often told late, so all that is recorded by now counts, and not by then."""
    return None if at is None else utc(max(instant(at, edge=Edge.END), now()))


def _result(written: str) -> Result:
    try:
        return Result(written)
    except ValueError:
        raise WrongField(
            f'"{written}" is no way to come out.',
            f"Choose one of: {', '.join(result.value for result in Result)}.",
        ).located(field="result") from None


def _version(answer: Answer, situation: Situation, result: Result) -> int:
    """The version that left; of a movement that never left, the one that is planned."""
    left = situation.facts_of(Departure, answer.movement.id)
    if left:
        return max(left, key=lambda one: (one.departed_at, one.version)).version
    if result not in NOT_SENT:
        when = show(answer.judgement.as_of, answer.movement.zone)
        raise WrongField(
            f"No departure of {answer.movement.id} is recorded by {when}, and a movement that "
            f"never left cannot be {result.value}.",
            "Record the departure first; or, if it did not leave, that it was denied or cancelled.",
        ).located(field="result")
    return answer.movement.version


def _free_id(opened: Opened, movement: Movement) -> str:
    taken = {record.id for record in records_of(opened.store.entries())}
    number = 1
    while f"{movement.id}/outcome-{number}" in taken:
        number += 1
    return f"{movement.id}/outcome-{number}"


# -- the ledger


def _items(told: Told) -> tuple[ItemCount, ...]:
    typed = tuple(_item(text, f"item[{n}]") for n, text in enumerate(told.items))
    return (*typed, *(_from_file(told.file) if told.file else ()))


def _item(text: str, field: str) -> ItemCount:
    name, *counts = (part.strip() for part in text.rsplit(",", len(COUNTS)))
    if not name or len(counts) < len(COUNTS) or not all(_COUNT.fullmatch(one) for one in counts):
        raise WrongField(
            f'"{text}" is no line of a ledger.',
            f"Write {_FORM}: a name and five whole numbers, 0 where nothing is.",
        ).located(field=field)
    approved, loaded, removed, arrived, distributed = map(int, counts)
    return ItemCount(
        item=name,
        approved=approved,
        loaded=loaded,
        removed=removed,
        arrived=arrived,
        distributed=distributed,
    )


def _from_file(path: str) -> tuple[ItemCount, ...]:
    marked = read_yaml(Path(path))
    with marked.locating():
        data = mapping_of(marked)
        if data.keys() != {"items"}:
            raise WrongField(
                f"The file holds {', '.join(sorted(data)) or 'nothing'}, where `items` belongs.",
                "Write `items:`, and below it a list with `item`, `approved`, `loaded`, ...",
            )
        return decode(tuple[ItemCount, ...], data["items"], "items")


def _explained(items: Iterable[ItemCount], told: Told) -> tuple[ItemCount, ...]:
    """The items with the explanations, and with who took things out, that were given apart."""
    notes: dict[str, str] = {}
    items = tuple(items)
    for number, text in enumerate(told.explains):
        name, _, note = (part.strip() for part in text.partition(":"))
        if not note or name not in {item.item for item in items}:
            raise WrongField(
                f'"{text}" explains no item of the ledger.',
                'Write "ITEM: why", with the name of an item as it stands there.',
            ).located(field=f"explain[{number}]")
        notes[name] = note
    return tuple(_completed(item, notes.get(item.item, item.note), told) for item in items)


def _completed(item: ItemCount, note: str, told: Told) -> ItemCount:
    if item.removed <= 0:
        return replace(item, note=note)
    return replace(
        item,
        note=note,
        removed_by=item.removed_by or told.removed_by,
        removed_where=item.removed_where or told.removed_where,
    )


def _check_items(items: tuple[ItemCount, ...], result: Result) -> None:
    names = [item.item for item in items]
    for name in names:
        if names.count(name) > 1:
            raise WrongField(
                f"The item {name} stands in the ledger twice.",
                "Add the two up, or name them apart.",
            ).located(field="items")
    for item in items:
        for count in COUNTS:
            if getattr(item, count) < 0:
                raise WrongField(
                    f"{getattr(item, count)} of {item.item} are {count}, which is less than none.",
                    "Give whole numbers from 0 on.",
                ).located(field="items")
    for line in lines(items, result):
        if line.faults and not line.item.note.strip():
            raise WrongField(
                f"The ledger does not add up: {'; '.join(line.faults)}.",
                f'Correct it, or explain it: --explain "{line.item.item}: ...".',
            ).located(field="items")
