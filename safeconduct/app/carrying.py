"""The verbs `register migrate` and `register rebuild`: a register in another store; its views."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.stores import making, name_of, on_server, open_store, rebuilt
from safeconduct.app.opening import open_register
from safeconduct.errors import MissingFile, NotARegister, RegisterError
from safeconduct.register import Store, register_head, roots_of
from safeconduct.register.copying import copy
from safeconduct.register.handover import MOVED, Handover, resting
from safeconduct.register.store import writing_in

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
    RegisterExists : something is at the target. MissingFile, NotARegister, Locked : no source.
    RegisterError : the source was written to meanwhile, or was moved elsewhere before.
    """
    with closing(open_register(source)) as opened:
        store = opened.store
        stops = stops_of(store, now(), MOVED)
        if any(one.why == MOVED for one in resting(store.handovers()).values()):
            _check_same(store, target)
        else:
            with making(target, replay=store.replay, root=store.root) as made:
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


def _check_same(store: Store, target: str) -> None:
    """Nothing, when a move from this store to the target was begun and not ended."""
    try:
        with closing(open_store(target)) as made:
            if made.handovers() == store.handovers() and roots_of(made) == roots_of(store):
                return
    except (MissingFile, NotARegister):
        pass
    raise RegisterError(
        f"The register was moved before, and not to {name_of(target)}; or it goes on there.",
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
