"""Which words of a party a movement rests on, and which ones it would rest on if they counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.candidates import candidates
from safeconduct.cover import SAYS, Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """One grant of a party, and the movements that rest on it.

    Parameters
    ----------
    why_not : for a grant that turns no key, what is wrong with it in words; empty otherwise.
    """

    grant: str
    says: str
    movements: tuple[str, ...]
    why_not: str = ""


def resting_on(benches: Iterable[Bench], party: str) -> tuple[Resting, ...]:
    """The grants of a party that turn a key on some of these movements, by id."""
    found: dict[str, tuple[str, list[str]]] = {}
    for bench in benches:
        relied = {grant for grants in bench.ledger.relied.values() for grant in grants}
        for id in sorted(relied):
            grant = bench.situation.grant(id)
            if grant is not None and grant.party == party:
                kind = grant.undertaking.kind.value
                says = f"{kind}, said {bench.time(grant.at)}"
                found.setdefault(id, (says, []))[1].append(bench.movement.id)
    return tuple(
        Resting(grant=id, says=says, movements=tuple(dict.fromkeys(ids)))
        for id, (says, ids) in sorted(found.items())
    )


def not_counting(benches: Iterable[Bench], party: str) -> tuple[Resting, ...]:
    """The grants of a party that bear on some of these movements and turn no key there, by id.

    Only keys that are missing are looked at. What is wrong with a grant is told in words.
    """
    benches = tuple(benches)
    counted = {one.grant for one in resting_on(benches, party)}
    found: dict[str, tuple[str, list[str]]] = {}
    for bench in benches:
        missing = bench.ledger.not_turned().get(party, ())
        for one in candidates(bench, missing):
            grant = one.standing.grant
            if grant.party == party and grant.id not in counted and not one.is_of_other_kind:
                why = "; ".join(SAYS[Code(code)] for code in one.codes)
                found.setdefault(grant.id, (why, []))[1].append(bench.movement.id)
    return tuple(
        Resting(grant=id, says="", movements=tuple(ids), why_not=why)
        for id, (why, ids) in sorted(found.items())
    )
