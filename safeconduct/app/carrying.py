"""The verbs `register migrate` and `register rebuild`: a register in another store; its views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.stores import making, name_of, on_server, open_store, rebuilt
from safeconduct.app.opening import open_register
from safeconduct.errors import (
    Locked,
    MissingFile,
    NotARegister,
    RegisterError,
    RegisterExists,
)
from safeconduct.register import Store, register_head, roots_of
from safeconduct.register.copying import copy
from safeconduct.register.handover import MOVED, Handover, resting
from safeconduct.register.store import writing_in
from safeconduct.spacetime import utc

__all__ = ["Carried", "Rebuilt", "migrate", "rebuild", "stops_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A register that goes on in another place; the head of both is the same."""

    source: str
    target: str
    entries: int
    head: str
    clear: bool

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "source": self.source,
            "target": self.target,
            "entries": self.entries,
            "head": self.head,
            "clear": self.clear,
        }


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Whether a register has views that were drawn anew, and whether those of the map are there."""

    register: str
    views: bool
    maps: bool

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {"register": self.register, "views": self.views, "maps": self.maps}


def migrate(source: str, target: str) -> Carried:
    """The register at the target, with every entry, hash and kept text, where it goes on.

    Between files and servers, either way; a file is locked with the passphrase of this run, so a
    clear register becomes a locked one. The source can be read as before and is written to no more.
    The target is written to only once the source says so: whatever stops this, no key can write
    into both, and asking again goes on from there.

    Raises
    ------
    RegisterExists : something else is at the target. MissingFile, NotARegister, Locked : no source.
    RegisterError : the source was written to meanwhile, also since a move that was interrupted; or
        it was moved before, and there is nothing left to do.
    """
    with closing(open_register(source)) as opened:
        store = opened.store
        if _is_moved(store):
            _check_unended(store, target)
        else:
            with _to_fill(store, target) as made:
                stops = _stops_in(made, store) or stops_of(store, now(), MOVED)
                copy(store, made, stops)
            store.hand_over(stops, exactly=True)
    with closing(open_store(target)) as made:
        going = resting(made.handovers()).values()
        made.hand_over([replace(one, goes_on=True) for one in going if one.why == MOVED])
        return Carried(
            source=name_of(source),
            target=name_of(target),
            entries=sum(1 for _ in made.entries()),
            head=register_head(roots_of(made)),
            clear=not on_server(target) and not getattr(made, "locked", False),
        )


def stops_of(store: Store, moment: int, why: str) -> tuple[Handover, ...]:
    """That all who write into a store now stop there, each at the end of its chain as it is."""
    return tuple(
        Handover(writer=writer, size=len(store.hashes(writer)), at=moment, goes_on=False, why=why)
        for writer in sorted(writing_in(store))
    )


def _is_moved(store: Store) -> bool:
    return any(one.why == MOVED for one in resting(store.handovers()).values())


@contextmanager
def _to_fill(store: Store, target: str) -> Iterator[Store]:
    """A new register at the target, or the copy there that a move of this store has begun."""
    begun = _begun(store, target)
    if begun is None:
        with making(target, replay=store.replay, root=store.root) as made:
            yield made
        return
    with closing(begun):
        _check_not_outdated(store, begun, target)
        yield begun


def _begun(store: Store, target: str) -> Store | None:
    """What is at the target, where it is a copy that was begun; None where it is anything else."""
    try:
        made = open_store(target)
    except (MissingFile, NotARegister):
        return None
    except Locked:
        raise RegisterExists(
            f"Something is already at {name_of(target)}, and this passphrase does not open it.",
            "If a move there was interrupted, give the passphrase that it was begun with; else "
            "choose another path.",
        ).located(file=name_of(target)) from None
    if _is_begun(made, store):
        return made
    made.close()
    return None


def _is_begun(made: Store, store: Store) -> bool:
    """Whether a store holds a beginning of another, told of its stops at the most, and rests."""
    held, told = made.handovers(), store.handovers()
    stops = held[len(told) :]
    if (made.replay, made.root) != (store.replay, store.root) or writing_in(made):
        return False
    if held and (held[: len(told)] != told or any(s.why != MOVED or s.goes_on for s in stops)):
        return False
    if store.replay and roots_of(made) == roots_of(store):
        return False  # whole, and nobody ever writes to either
    return all(
        made.hashes(head.writer) == store.hashes(head.writer)[: head.size] for head in made.heads()
    )


def _stops_in(made: Store, store: Store) -> tuple[Handover, ...]:
    """Who a copy that was begun says to have stopped by this move; nobody yet in a new one."""
    return made.handovers()[len(store.handovers()) :]


def _check_not_outdated(store: Store, made: Store, target: str) -> None:
    """Nothing, unless the store was written to since the copy was made that says who stopped."""
    stops = _stops_in(made, store)
    if not stops:
        return
    if roots_of(made) == roots_of(store) and {one.writer for one in stops} == writing_in(store):
        return
    away = f"delete {name_of(target)}"
    if on_server(target):
        away = f"let its owner drop the schema of {name_of(target)} (`DROP SCHEMA ... CASCADE`)"
    raise RegisterError(
        f"A move to {name_of(target)} was begun at {utc(stops[0].at)} and interrupted, and the "
        "register was written to since: what is there is not whole, and nobody writes to it.",
        f"To move: {away}, and type the same again. Nothing is lost by that: the register goes on "
        "where it is until the move is ended.",
    ).located(file=name_of(target))


def _check_unended(store: Store, target: str) -> None:
    """Nothing, when a move from this store to the target was begun and not ended."""
    try:
        with closing(open_store(target)) as made:
            held, told = made.handovers(), store.handovers()
            if held == told and roots_of(made) == roots_of(store):
                return
            ended = held[: len(told)] == told and bool(writing_in(made))
    except (MissingFile, NotARegister):
        ended = False
    if ended:
        raise RegisterError(
            f"The register was moved to {name_of(target)}, and goes on there: nothing is left to "
            "do.",
            f"Write to {name_of(target)}.",
        )
    raise RegisterError(
        f"The register was moved before, and not to {name_of(target)}.",
        "Move it from where it goes on. If that place is lost, make a backup of this one and "
        "restore it.",
    )


def rebuild(path: str) -> Rebuilt:
    """What is drawn from the entries, wiped and drawn anew; a file has nothing of the kind.

    Raises
    ------
    RegisterError : the role is not the owner, or others built something on the views.
    All that `open_register` raises.
    """
    with closing(open_register(path)) as opened:
        maps = rebuilt(opened.store)
        return Rebuilt(name_of(path), views=maps is not None, maps=bool(maps))
