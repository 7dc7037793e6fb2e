"""The verbs `register migrate` and `register rebuild`: a register in another store; its views."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.stores import create_store, name_of, on_server, rebuilt
from safeconduct.app.opening import open_register
from safeconduct.register.copying import copy

__all__ = ["Carried", "Rebuilt", "migrate", "rebuild"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A register that stands in a second place as well; the head of both is the same."""

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
    """A new register at the target with every entry, hash and kept text of the source.

    Between files and servers, either way; a file is locked with the passphrase of this run, so a
    clear register becomes a locked one. The source stays as it is. If the copy fails, what was
    begun stays at the target and is no whole register.

    Raises
    ------
    RegisterExists : something is at the target. MissingFile, NotARegister, Locked : no source.
    RegisterError : the source was written to meanwhile.
    """
    with (
        closing(open_register(source)) as opened,
        closing(create_store(target, replay=opened.store.replay, root=opened.store.root)) as made,
    ):
        head = copy(opened.store, made)
        return Carried(
            source=name_of(source),
            target=name_of(target),
            entries=sum(1 for _ in made.entries()),
            head=head,
            clear=not on_server(target) and not getattr(made, "locked", False),
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
