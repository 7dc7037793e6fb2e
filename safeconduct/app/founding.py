"""The verb `init`: a new register, with the keys of an office or to join one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.chance import new_id, new_salt
from safeconduct.adapters.clock import now
from safeconduct.adapters.keys import DeviceKey, KeyFolder
from safeconduct.adapters.passphrase import passphrase
from safeconduct.adapters.stores import create_store, name_of
from safeconduct.errors import WrongField
from safeconduct.register import (
    Entry,
    Handling,
    Head,
    Personal,
    encode,
    register_head,
    roots_of,
)
from safeconduct.register.chain import head_after
from safeconduct.register.hand import signed_entry
from safeconduct.register.keys import KeyIntroduced, KeyRecord, OfficeRoot

__all__ = ["DEVICE", "OFFICE", "ROOT", "Founded", "check_root", "init", "join", "key_entries"]

OFFICE, DEVICE = "office", "laptop"
"""What they are called where nobody gives a name; the name of a machine tells too much of it."""

ROOT = "root"
"""What every office's root is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A new register.

    Parameters
    ----------
    root : the writer whose word on keys counts in it.
    device : the writer that this machine is.
    introduced : whether the root has spoken for it already.
    locked : whether the keys are locked with a passphrase.
    """

    register: str
    root: str
    device: str
    public: str
    introduced: bool
    locked: bool
    head: str

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "root": self.root,
            "device": self.device,
            "public": self.public,
            "introduced": self.introduced,
            "locked": self.locked,
            "head": self.head,
        }


def init(path: str, office: str = OFFICE, device: str = DEVICE) -> Founded:
    """A new register of a new office: a root key, and a key of this machine that it speaks for.

    Raises
    ------
    RegisterExists : something is already there. WrongField : a name that a key cannot have.
    """
    phrase = passphrase()
    with _new_keys() as new:
        root, desk = new(ROOT, phrase), new(device, phrase)
        records: tuple[KeyRecord, ...] = (
            OfficeRoot(office=office, device=root.device, public=root.public.hex()),
            KeyIntroduced(device=desk.device, public=desk.public.hex()),
        )
        with closing(create_store(path, root=root.writer)) as store:
            store.settle(root.writer)
            store.settle(desk.writer)
            entries, whose = key_entries(None, root, records, now())
            store.append_all(entries, (whose,))
            root.remember(head_after(entries[-1]))
            head = register_head(roots_of(store))
    return _founded(path, root.writer, desk, head, introduced=True)


def join(path: str, root: str, device: str = DEVICE) -> Founded:
    """A new register of an office that there is already, with a key that its root does not know.

    Parameters
    ----------
    root : the id of the office's root, as `register keys list` prints it there.

    Raises
    ------
    RegisterExists : something is already there. WrongField : `root` is no id of a root.
    """
    check_root(root, "join")
    with _new_keys() as new:
        desk = new(device, passphrase())
        with closing(create_store(path, root=root)) as store:
            store.settle(desk.writer)
            head = register_head(roots_of(store))
    return _founded(path, root, desk, head, introduced=False)


def key_entries(
    head: Head | None, root: DeviceKey, records: tuple[KeyRecord, ...], moment: int
) -> tuple[tuple[Entry, ...], Personal]:
    """The entries in which a root says this about keys, and who their author is."""
    hand = root.hand(passphrase)
    whose = Personal.of("the office's root", new_salt())
    made: list[Entry] = []
    for record in records:
        entry = signed_entry(
            head,
            hand,
            id=new_id(),
            recorded_at=moment,
            author=whose.commitment,
            kind=record.tag,
            body=encode(record),
            handling=Handling.PUBLIC,
        )
        made.append(entry)
        head = head_after(entry)
    return tuple(made), whose


@contextmanager
def _new_keys() -> Iterator[Callable[[str, str | None], DeviceKey]]:
    """Makes keys of this machine; those that it made, and no others, are gone again if it fails."""
    keys, made = KeyFolder.own(), list[DeviceKey]()

    def new(device: str, phrase: str | None) -> DeviceKey:
        made.append(keys.new(device, phrase))
        return made[-1]

    try:
        yield new
    except BaseException:
        for key in made:
            keys.forget(key.writer)
        raise


def _founded(path: str, root: str, desk: DeviceKey, head: str, *, introduced: bool) -> Founded:
    return Founded(
        register=name_of(path),
        root=root,
        device=desk.writer,
        public=desk.public.hex(),
        introduced=introduced,
        locked=desk.sealed is not None,
        head=head,
    )


def check_root(root: str, field: str) -> None:
    """Nothing, when this can be the id of an office's root.

    Raises
    ------
    WrongField : it cannot; `field` is where it was given.
    """
    name, colon, digits = root.partition(":")
    if not (name and colon and len(digits) == 20 and set(digits) <= set("0123456789abcdef")):
        raise WrongField(
            f"{root!r} is no id of an office's root.",
            "Ask the office: `safeconduct register keys list` prints it, such as "
            "`root:0123456789abcdef0123`.",
        ).located(field=field)
