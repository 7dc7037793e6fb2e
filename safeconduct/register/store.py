"""What every store of entries promises; the contract suite holds each adapter to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, Protocol

from safeconduct.errors import IdTaken, RefusedInLiveRegister, WrongField
from safeconduct.register.chain import Head, Link, Rooted, Withheld, check_follows, rooted
from safeconduct.register.entry import Entry
from safeconduct.register.files import Filed, SealedFile
from safeconduct.register.handover import Handover, resting
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.texts import SealedText

ASSUMPTION = "assumption"
"""The kind of entry that holds what a replay needs and no source records (replays only)."""


class Gone(NamedTuple):
    """How many texts and files were destroyed."""

    texts: int
    files: int


class Store(Protocol):
    """A place where entries are written once and read back byte for byte.

    A store takes entries only; whether a signature is right, and whether a writer may write, is
    asked before. One writer at a time; readers see whole appends or nothing of them.
    """

    @property
    def replay(self) -> bool:
        """Whether this is a replay, which may hold claimed times and assumptions."""

    @property
    def root(self) -> str:
        """The writer whose word on keys counts; settled when it was made, empty in a replay."""

    def append(self, entry: Entry, personal: Iterable[Personal] = ()) -> bool:
        """True when the entry was new and is now kept; False when it was there already.

        `personal` is kept only with a new entry: what was erased since never comes back because
        an old entry is received again. It is sealed with the key of the operation that the entry is
        for, which is drawn where there is none.

        Raises
        ------
        IdTaken : the id is there with other bytes or another signature.
        ChainBroken : the entry does not follow its writer's last: a gap, a fork, a wrong previous.
        RefusedInLiveRegister : a claimed time or an assumption, and this is no replay.
        WrongField : `personal` holds content that the entry does not commit to.
        """

    def append_all(self, entries: Iterable[Link], personal: Iterable[Personal] = ()) -> int:
        """How many of the entries were new; on any error of `append` not one of them is kept.

        Entries of one writer come in the order of their chain. A withheld place may stand for one
        whose content does not come; it counts as new where its place was empty, and so does the
        entry that later comes to its place.
        """

    def entries(self, writer: str | None = None) -> Iterator[Entry]:
        """The entries held now, or one writer's, by (recorded_at, writer, sequence).

        What is appended during the reading is not among them.
        """

    def arrivals(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        """The entries that came after the one of this number, each with its own, as they came.

        Numbers grow and say nothing else; the first is larger than 0.
        """

    def withheld(self) -> tuple[Withheld, ...]:
        """The places whose content has not come, by writer and number."""

    def get(self, id: str) -> Entry | None:
        """The entry of this id, if it is here."""

    def head(self, writer: str) -> Head | None:
        """How far this writer's chain reaches; None when it wrote nothing here."""

    def heads(self) -> tuple[Head, ...]:
        """The head of every chain, by writer."""

    def hashes(self, writer: str) -> tuple[str, ...]:
        """The hashes of a writer's chain in order, withheld places among them."""

    def here(self) -> frozenset[str]:
        """The writers that write into this store themselves, or did before a handover."""

    def settle(self, writer: str) -> None:
        """From now on the writer is one of those that write here; saying it again does nothing."""

    def handovers(self) -> tuple[Handover, ...]:
        """Which writers stopped writing here, and which went on, in the order of telling."""

    def hand_over(self, handovers: Iterable[Handover], *, exactly: bool = False) -> None:
        """From now on these writers write here no more, or again; one step, all or none of it.

        Once they say that the register was moved, nothing can be appended until one goes on.

        Parameters
        ----------
        exactly : each chain ends just there; else it may be longer.

        Raises
        ------
        RegisterError : a chain does not; or they say that it was moved, and it was moved before.
        """

    def personal(self, commitment: Commitment) -> str | None:
        """The text behind a commitment; None when it was erased or never came here."""

    def contents(self) -> Iterator[Personal]:
        """The contents that are kept now with their salts, by commitment: for moving a register."""

    def texts(self) -> tuple[SealedText, ...]:
        """The contents that are kept now as they lie here, by commitment; none is opened."""

    def erase(self, commitment: Commitment) -> bool:
        """Whether there was content to erase; entries, hashes and heads stay as they are.

        It goes as by `destroy`.
        """

    def operation_key(self, operation: str, new: bytes | None = None) -> bytes | None:
        """The key that the texts and files of an operation are sealed with, 32 bytes.

        `new` becomes it where there is none; without it None says that there is none.
        """

    def keep(self, file: SealedFile, key: bytes) -> bool:
        """True when the file was not kept for its operation and now is.

        Parameters
        ----------
        key : the one that it was sealed with.

        Raises
        ------
        EvidenceRefused : the operation has no key, or another one by now.
        """

    def file(self, at: Filed) -> SealedFile | None:
        """The file that is kept there; None when it never came, or its key was destroyed."""

    def files(self) -> tuple[Filed, ...]:
        """Where files are kept, in order; their contents are not read."""

    def destroy(self, texts: Collection[Commitment] = (), files: Collection[Filed] = ()) -> Gone:
        """How many of these texts and files were here, and are gone with each key that sealed one.

        What else such a key sealed stays, sealed anew with a new key; what does not open cannot.
        One transaction, all or none of it: afterwards nothing here opens an old copy of what went.
        """

    def close(self) -> None:
        """Gives back what the store holds open; it cannot be used afterwards."""


def roots_of(store: Store) -> tuple[Rooted, ...]:
    """The tree of every chain in the store, by writer."""
    return tuple(rooted(head.writer, store.hashes(head.writer)) for head in store.heads())


def writing_in(store: Store) -> frozenset[str]:
    """The writers that write into a store now: their entries come by no bundle."""
    return store.here() - resting(store.handovers()).keys()


def chains_of(store: Store) -> dict[str, list[Link]]:
    """Every chain in the store from number 0 on, withheld places among it, by writer."""
    found: dict[str, list[Link]] = {head.writer: [] for head in store.heads()}
    links: tuple[Link, ...] = (*store.entries(), *store.withheld())
    for one in links:
        found[one.writer].append(one)
    for chain in found.values():
        chain.sort(key=lambda link: link.sequence)
    return found


def admit(
    entry: Link,
    held: Entry | None,
    place: str | None,
    head: Head | None,
    *,
    replay: bool,
) -> bool:
    """Whether a store must write the entry (True) or has it already (False).

    The one rule of admission, so that all stores refuse the same things for the same reasons.

    Parameters
    ----------
    held : the entry of the same id that the store has, if any; None for a withheld place.
    place : the hash of what the store has at the entry's place of its chain, if anything.
    head : the head of the entry's writer in the store.
    replay : whether the store is a replay.

    Raises
    ------
    IdTaken, ChainBroken, RefusedInLiveRegister : as `Store.append`.
    """
    if isinstance(entry, Withheld):
        if place == entry.hash:
            return False
        check_follows(entry, head)
        return True
    if held is not None:
        _check_same(entry, held)
        return False
    if not replay:
        _check_live(entry)
    if place == entry.hash:  # its place was withheld until now
        return True
    check_follows(entry, head)
    return True


def kept_with(personal: Iterable[Personal], entries: Iterable[Link]) -> tuple[Personal, ...]:
    """Of the contents, those that one of the entries commits to."""
    held = frozenset[Commitment]().union(
        *(entry.commitments for entry in entries if isinstance(entry, Entry))
    )
    return tuple(content for content in personal if content.commitment in held)


def check_personal(personal: tuple[Personal, ...], entries: tuple[Link, ...]) -> None:
    """Nothing, when one of the entries commits to each content.

    Raises
    ------
    WrongField : content that no entry holds a commitment to; it would never be found or erased.
    """
    stray = set(personal).difference(kept_with(personal, entries))
    for content in sorted(stray, key=lambda content: content.commitment):
        raise WrongField(
            f"Content was given for {content.commitment}, which no entry given with it holds.",
            "Write the commitment into the body, or as author, and give both together.",
        )


def _check_same(entry: Entry, held: Entry) -> None:
    if entry == held:
        return
    same = entry.signed_bytes() == held.signed_bytes()
    other = "another signature" if same else f"other content ({held.hash[:12]}…)"
    raise IdTaken(
        f"The id {entry.id} is already here with {other}.",
        "Ids are written once: record a correction as a new entry with an id of its own.",
        id=entry.id,
        held=held.hash,
        offered=entry.hash,
    )


def _check_live(entry: Entry) -> None:
    if entry.claimed_at is not None:
        raise RefusedInLiveRegister(
            f"Entry {entry.id} claims to have been known at {entry.claimed_at}; this register is "
            "live, and in it only the time of recording counts.",
            "Leave the claimed time out, or open a replay for imported history.",
            id=entry.id,
        )
    if entry.kind == ASSUMPTION:
        raise RefusedInLiveRegister(
            f"Entry {entry.id} is an assumption; this register is live, and holds records only.",
            "Find who can confirm the fact and record what they say, or keep it to a replay.",
            id=entry.id,
        )
