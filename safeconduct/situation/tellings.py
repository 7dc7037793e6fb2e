"""Statements that tell one thing that was said: which of their acts are alike, and which differ.

The end of section 1 of docs/reference/semantics.md. Nothing is merged: every act stays as it was
told, and here stands only which of them are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from safeconduct.situation.wording import differing, wording
from safeconduct.vocabulary import (
    Accept,
    Act,
    Announce,
    Confirm,
    Consent,
    Guarantee,
    SameStatement,
    Statement,
)

# What an acceptance names may be a grant, and what a confirmation names may be an acceptance: so
# the acts of one line are told apart once those of the lines before are known to be alike.
_RANKS: tuple[tuple[type, ...], ...] = ((Announce, Guarantee, Consent), (Accept,), (Confirm,))


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A giving act that another telling does not tell alike.

    Parameters
    ----------
    act, other : the ids of the act and of the one in the other telling that comes closest; `other`
        is empty where that telling has none, or is not known.
    says : what differs, in words, the same from both sides.
    missing : the statement that would tell it and is not known; empty where it is known.
    """

    act: str
    other: str
    says: str
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellings:
    """What the `same-statement` records say of the statements of a situation.

    Parameters
    ----------
    together : for each linked statement all that tell the same, itself among them, by id.
    alike : for each act that gives something and is told alike in all of them, by id, the ids of
        the acts that are one with it, itself among them.
    apart : for each that is not, in what it differs, at least one thing.
    first : for each linked statement that is known, the earliest moment at which one of its
        tellings has it said.
    """

    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    first: Mapping[str, int] = field(default_factory=dict)


def tellings(
    links: Iterable[SameStatement], statement: Callable[[str], Statement | None]
) -> Tellings:
    """Which of the statements that some links name tell what alike, and what differently.

    Parameters
    ----------
    statement : the statement of an id, None where it is not known or was not said yet.
    """
    sets = list(_joined(set(link.statements) for link in links))
    told = [[one for id in sorted(ids) if (one := statement(id)) is not None] for ids in sets]
    alike: dict[str, tuple[str, ...]] = {}
    apart: dict[str, tuple[Difference, ...]] = {}
    for rank in _RANKS:
        so_far = dict(alike)
        for ids, known in zip(sets, told, strict=True):
            _compare(ids, known, rank, so_far, alike, apart)
    return Tellings(
        together={id: tuple(sorted(ids)) for ids in sets for id in ids},
        alike=alike,
        apart=apart,
        first={s.id: min(one.said_at for one in known) for known in told for s in known},
    )


def _joined(links: Iterable[set[str]]) -> Iterable[frozenset[str]]:
    """The sets of ids, those that share one made into one, in a canonical order."""
    joined: list[set[str]] = []
    for link in links:
        touching = [ids for ids in joined if ids & link]
        joined = [ids for ids in joined if not ids & link]
        joined.append(link.union(*touching))
    return sorted(map(frozenset, joined), key=sorted)


def _compare(
    ids: frozenset[str],
    known: list[Statement],
    rank: tuple[type, ...],
    so_far: Mapping[str, tuple[str, ...]],
    alike: dict[str, tuple[str, ...]],
    apart: dict[str, tuple[Difference, ...]],
) -> None:
    """Adds the acts of one rank in one set of tellings to those alike, or to those apart."""
    acts = [(act, said) for said in known for act in said.acts if isinstance(act, rank)]
    worded = {act.id: wording(act, said, so_far) for act, said in acts}
    for act, said in acts:
        same = [other for other, _ in acts if worded[other.id] == worded[act.id]]
        tellers = {one.id for other, one in acts if worded[other.id] == worded[act.id]}
        if tellers == ids:
            alike[act.id] = tuple(sorted(one.id for one in same))
            continue
        found = []
        for id in sorted(ids - tellers):
            theirs = [other for other, one in acts if one.id == id]
            is_known = any(one.id == id for one in known)
            found.append(_difference(act, said.id, id, theirs, worded, is_known=is_known))
        apart[act.id] = tuple(sorted(found))


def _difference(
    act: Act,
    here: str,
    there: str,
    theirs: list[Act],
    worded: Mapping[str, Mapping[str, object]],
    *,
    is_known: bool,
) -> Difference:
    """How one act differs from what another telling has that comes closest to it."""
    if not is_known:
        says = f"{there}, which tells the same as {here}, is not known"
        return Difference(act.id, "", says, missing=there)
    mine = worded[act.id]
    close = [other for other in theirs if _is_comparable(mine, worded[other.id])]
    if not close:
        return Difference(act.id, "", f"{act.id} is told by {here} and not by {there}")
    other = min(close, key=lambda one: (len(list(differing(mine, worded[one.id]))), one.id))
    first, second = sorted((act.id, other.id))
    differences = "; ".join(
        f"{name} {a} against {b}" for name, a, b in differing(worded[first], worded[second])
    )
    return Difference(act.id, other.id, f"{first} and {second} differ in {differences}")


def _is_comparable(mine: Mapping[str, object], theirs: Mapping[str, object]) -> bool:
    return all(mine.get(name) == theirs.get(name) for name in ("party", "kind"))
