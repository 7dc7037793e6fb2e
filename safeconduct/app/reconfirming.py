"""The verb `reconfirm`: one statement of a party that confirms its words for many movements."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.clearance import Judge
from safeconduct.clearance.bench import Bench
from safeconduct.errors import SafeconductError, UnknownReference, WrongField
from safeconduct.planning.resting import Resting, not_counting, resting_on
from safeconduct.situation import records_of
from safeconduct.spacetime import Edge, instant, utc
from safeconduct.vocabulary import (
    Authority,
    Confirm,
    Depth,
    Form,
    Outcome,
    Statement,
    Telling,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a party said, and how it came to us.

    Parameters
    ----------
    by : the role that spoke. said : what it said, in our words.
    written : by letter or mail; otherwise said on the telephone, `noted` and `called_back` or not.
    depth, authority : words of `Depth` and `Authority`.
    acts : ids of the grants that it confirmed by name; empty for all that the movements rest on.
    """

    by: str
    said: str = ""
    written: bool = False
    noted: bool = False
    called_back: bool = False
    depth: str = "unknown"
    authority: str = "unknown"
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconfirmed:
    """A reconfirmation: which grants it names, for which movements, and what it leaves as it was.

    Parameters
    ----------
    confirmed : exactly the grants named in the statement.
    left : grants of the party that bear on the movements, do not count, and were not confirmed.
    without : movements that rest on none of what was confirmed.
    unjudged : movements that could not be looked at, each with the reason.
    counts : whether such a word counts under the movements' profiles as a direct one.
    """

    recorded: Recorded
    statement: Statement
    confirmed: tuple[Resting, ...]
    left: tuple[Resting, ...]
    without: tuple[str, ...]
    unjudged: tuple[tuple[str, str], ...]

    @property
    def counts(self) -> bool:
        """Whether its form is one that a word can count in: written, or noted and called back."""
        said = self.statement
        return said.form is Form.WRITTEN or (said.noted and said.call_back)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "statement": self.statement.id,
            "party": self.statement.actor,
            "said_at": utc(self.statement.said_at),
            "form": self.statement.form.value,
            "counts": self.counts,
            "confirmed": [_json(one) for one in self.confirmed],
            "not_confirmed": [_json(one) for one in self.left],
            "movements_without": list(self.without),
            "unjudged": [{"movement": id, "why": why} for id, why in self.unjudged],
            "recorded": self.recorded.as_json(),
        }


def _json(one: Resting) -> dict[str, Any]:
    return {
        "grant": one.grant,
        "movements": list(one.movements),
        "why_not": one.why_not or None,
    }


def reconfirm(
    path: str,
    party: str,
    movements: tuple[str, ...],
    call: Call,
    *,
    at: str | None = None,
    author: str = "",
) -> Reconfirmed:
    """One statement of a party, confirming those of its words that the movements rest on.

    Parameters
    ----------
    movements : their ids; empty for every movement that has neither left nor come out.
    at : when it was said; this moment if left out.

    Raises
    ------
    UnknownReference : no such party or movement, or an act that bears on none of them.
    WrongField : the movements rest on no word of the party; nobody is said to have spoken.
    RegisterError : the register is a replay.
    """
    if not call.by.strip():
        raise WrongField(
            "It is not said who spoke for the party.", "Give the role: `--by`."
        ).located(field="by")
    depth, authority = _depth(call.depth), _authority(call.authority)
    with closing(open_live(path)) as opened:
        present = now()
        said_at = opened.by_the_clock(present) if at is None else instant(at, edge=Edge.END)
        # A call is often entered late: what was recorded since it was held is known by now.
        judge = opened.judge(said_at, max(said_at, present))
        _check_party(judge, party)
        benches, unjudged = _benches(judge, movements or _open(judge))
        resting, bearing = resting_on(benches, party), not_counting(benches, party)
        confirmed = _confirmed(resting, bearing, call, party)
        ids = [record.id for record in records_of(opened.store.entries())]
        statement = Statement(
            id=_free_id(party, ids),
            actor=party,
            office=call.by.strip(),
            said_at=said_at,
            form=Form.WRITTEN if call.written else Form.ORAL,
            noted=call.noted,
            call_back=call.called_back,
            telling=Telling.SAID,
            to=tuple(sorted({bench.movement.organisation for bench in benches})),
            authority=authority,
            depth=depth,
            paraphrase=call.said.strip() or _paraphrase(confirmed),
            acts=(
                Confirm(
                    id=f"{_free_id(party, ids)}/confirm",
                    party=party,
                    of=tuple(one.grant for one in confirmed),
                ),
            ),
        )
    recorded = write(path, [statement], author)
    named = {one.grant for one in confirmed}
    helped = {id for one in confirmed for id in one.movements}
    return Reconfirmed(
        recorded=recorded,
        statement=statement,
        confirmed=confirmed,
        left=tuple(one for one in (*resting, *bearing) if one.grant not in named),
        without=tuple(bench.movement.id for bench in benches if bench.movement.id not in helped),
        unjudged=unjudged,
    )


def _depth(written: str) -> Depth:
    try:
        return Depth(written)
    except ValueError:
        raise WrongField(
            f'"{written}" is no depth that an order can be confirmed to.',
            f"Choose one of: {', '.join(one.value for one in Depth)}.",
        ).located(field="depth") from None


def _authority(written: str) -> Authority:
    try:
        return Authority(written)
    except ValueError:
        raise WrongField(
            f'"{written}" is no authority that a voice can have.',
            f"Choose one of: {', '.join(one.value for one in Authority)}.",
        ).located(field="authority") from None


def _check_party(judge: Judge, party: str) -> None:
    if party not in judge.situation.actors:
        known = ", ".join(sorted(judge.situation.actors)) or "none"
        raise UnknownReference(f'No actor "{party}" is known.', f"Known: {known}.", id=party)


def _open(judge: Judge) -> tuple[str, ...]:
    """The movements that a reconfirmation of "all" means: those that are not over."""
    situation = judge.situation
    found = tuple(
        id
        for id, movement in sorted(situation.movements.items())
        if movement.latest_at > situation.as_of and not situation.facts_of(Outcome, id)
    )
    if not found:
        raise WrongField(
            "No movement is open that anything could be reconfirmed for.",
            "Name the movements: `--movement M`.",
        ).located(field="movement")
    return found


def _benches(
    judge: Judge, movements: Iterable[str]
) -> tuple[tuple[Bench, ...], tuple[tuple[str, str], ...]]:
    benches: list[Bench] = []
    unjudged: list[tuple[str, str]] = []
    for id in dict.fromkeys(movements):
        judge.movement(id)  # a movement that is not known is a mistake, and refused
        try:
            bench = judge.bench_of(id)
        except SafeconductError as error:
            unjudged.append((id, str(error)))
            continue
        if bench.itinerary.entries:
            benches.append(bench)
        else:
            unjudged.append((id, "By its plan the trip is over."))
    return tuple(benches), tuple(unjudged)


def _confirmed(
    resting: tuple[Resting, ...], bearing: tuple[Resting, ...], call: Call, party: str
) -> tuple[Resting, ...]:
    if not call.acts:
        if resting:
            return resting
        bears = ", ".join(one.grant for one in bearing)
        could = (
            f"If it confirmed one that does not count, name it with `--act`: {bears}."
            if bears
            else ""
        )
        raise WrongField(
            f"The movements rest on no word of {party}, so there is nothing to confirm.",
            could or "Record what it said as a statement of its own.",
        ).located(field="party")
    known = {one.grant: one for one in (*resting, *bearing)}
    for id in call.acts:
        if id not in known:
            raise UnknownReference(
                f"{id} is no word of {party} that bears on these movements.",
                f"Name one that does: {', '.join(sorted(known)) or 'there is none'}.",
                id=id,
            )
    return tuple(known[id] for id in dict.fromkeys(call.acts))


def _free_id(party: str, taken: Iterable[str]) -> str:
    """`<party>-reconfirms-<n>`, the first that the register does not have."""
    held, number = set(taken), 1
    while f"{party}-reconfirms-{number}" in held:
        number += 1
    return f"{party}-reconfirms-{number}"


def _paraphrase(confirmed: Iterable[Resting]) -> str:
    return f"It reconfirmed what it gave: {', '.join(one.grant for one in confirmed)}."
