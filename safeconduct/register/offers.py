"""What one chain of a bundle offers to the chain that is here: what goes on, what contradicts it.

An entry is offered only when it bears its writer's own right signature under the key that the
writer's id is made of, and only as it follows what is here; a withheld place only when something
that the writer signed comes after it, or a head that it signed is over it. So nobody but the writer
can take a place in its chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeconduct.errors import NoteRefused
from safeconduct.register.bundle import BundleChain, fits_its_key
from safeconduct.register.chain import Link, Withheld, rooted
from safeconduct.register.entry import NO_PREVIOUS, Entry
from safeconduct.register.keyring import is_signed
from safeconduct.register.note import Checkpoint, Note, NoteKey
from safeconduct.register.receipts import ForkSeen, NotTaken
from safeconduct.register.store import ASSUMPTION

__all__ = ["Head", "Offer", "head_in", "offer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a chain of a bundle would add here.

    Parameters
    ----------
    new : the places after the last that is here. filled : the contents of withheld places.
    had : how many of its places were here already.
    not_taken : what of it cannot be taken, and why. fork : the entry that contradicts the chain.
    """

    writer: str
    public: str
    new: tuple[Link, ...] = ()
    filled: tuple[Entry, ...] = ()
    had: int = 0
    not_taken: tuple[NotTaken, ...] = ()
    fork: ForkSeen | None = None

    def up_to(self, number: int, reason: str, says: str) -> Offer:
        """The offer without what comes from this place on."""
        return replace(
            self,
            new=tuple(one for one in self.new if one.sequence < number),
            filled=tuple(one for one in self.filled if one.sequence < number),
            not_taken=(*self.not_taken, NotTaken(
                writer=self.writer, sequence=number, reason=reason, says=says)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A writer's own signed word on the length of its chain, as it came."""

    told: Checkpoint
    note: str


def head_in(writer: str, public: str, note: str) -> Head | str:
    """The head in a note, or in words why it is none of this writer's."""
    try:
        read = Note.parse(note.encode())
        told = Checkpoint.parse(read.text)
        if told.origin != writer:
            return f"The head that is given for {writer} is one of {told.origin[:60]}."
        if not read.signed_by(NoteKey(writer, bytes.fromhex(public))):
            return f"The head of {writer} is not signed by its key."
    except (NoteRefused, UnicodeEncodeError) as error:
        return str(error)
    if told.at is None:
        return f"The head of {writer} does not say when it was made."
    return Head(told, note)


def offer(
    given: BundleChain, held: Sequence[Link], head: Head | None, *, writes_here: bool
) -> Offer:
    """What a chain of a bundle offers to the chain that is here.

    Parameters
    ----------
    held : the writer's chain here, from number 0 on. head : its word on its length, if any came.
    writes_here : whether the writer writes into this register: then nothing of it is taken.
    """
    bare = Offer(writer=given.writer, public=given.public)
    if not fits_its_key(given.writer, given.public):
        return bare.up_to(given.first, "wrong-key", f"The key that is given for {given.writer} is "
                          "not the one that its id is made of.")  # fmt: skip
    public = bytes.fromhex(given.public)
    if given.first > len(held):
        return _gapped(bare, given, held, public)
    links = _sound(given, held, public)
    ends = f"The key of {given.writer} does not vouch for its number"
    differs = _differing(links, held, given.first)
    if differs is not None:
        contradicting = _contradicting(given, differs, held, public)
        if contradicting is None:
            found = replace(bare, had=max(0, differs - given.first))
            return found.up_to(differs, "bad-signature", f"{ends} {differs}, which is not the "
                               "one that is here.")  # fmt: skip
        found = _taking(bare, [one for one in links if one.sequence < differs], held)
        return replace(found, fork=contradicting).up_to(
            differs, "fork",
            f"{given.writer} signed another entry for number {differs} than the one that is here: "
            "its chain has two branches. Nothing more of the other is taken.",
        )  # fmt: skip
    links = _vouched(given, links, held, head, public)
    found = _taking(bare, links, held)
    if writes_here and found.new:
        return _own(found, given, public)
    end = given.first + len(links)
    if end < given.size:
        where = next(one for one in given.links if one.sequence == end)
        signed = isinstance(where, Entry)
        return found.up_to(end, "bad-signature" if signed else "unvouched", f"{ends} {end}.")
    if found.new and not _roots_agree(given, held, found.new):
        return replace(found, new=(), filled=()).up_to(
            len(held), "root", f"The root that the bundle gives for {given.writer} is not that of "
            "its entries.",
        )  # fmt: skip
    return found


def replay_only(entry: Link) -> bool:
    """Whether a live register refuses it: a claimed time or an assumption."""
    return isinstance(entry, Entry) and (entry.claimed_at is not None or entry.kind == ASSUMPTION)


def _sound(given: BundleChain, held: Sequence[Link], public: bytes) -> list[Link]:
    """The places up to the first entry that is not signed by its writer; what is here is not asked
    again."""
    found: list[Link] = []
    for one in given.links:
        here = held[one.sequence] if one.sequence < len(held) else None
        is_here = isinstance(here, Entry) and here.hash == one.hash
        if isinstance(one, Entry) and not is_here and not is_signed(one, public):
            break
        found.append(one)
    return found


def _differing(links: Sequence[Link], held: Sequence[Link], first: int) -> int | None:
    """The first place that is another one here, or that follows another one."""
    for one in links:
        if one.sequence < len(held):
            if one.hash != held[one.sequence].hash:
                return one.sequence
        elif one.sequence == len(held):
            last = held[-1].hash if held else NO_PREVIOUS
            return None if one.previous == last else one.sequence
    return None


def _contradicting(
    given: BundleChain, differs: int, held: Sequence[Link], public: bytes
) -> ForkSeen | None:
    """The first entry from there on that the writer signed: it stands for the other branch."""
    for one in given.links:
        if one.sequence >= differs and isinstance(one, Entry) and is_signed(one, public):
            return _fork(one, held)
    return None


def _fork(entry: Entry, held: Sequence[Link]) -> ForkSeen:
    here = held[entry.sequence] if entry.sequence < len(held) else None
    content = here if isinstance(here, Entry) else None
    return ForkSeen(
        writer=entry.writer,
        sequence=entry.sequence,
        here=here.hash if here else "",
        signed=entry.signed_bytes().decode(),
        signature=entry.signature or "",
        here_signed=content.signed_bytes().decode() if content else "",
        here_signature=(content.signature or "") if content else "",
    )


def _vouched(
    given: BundleChain,
    links: Sequence[Link],
    held: Sequence[Link],
    head: Head | None,
    public: bytes,
) -> list[Link]:
    """The places that are here, are signed, or have something signed after or over them."""
    end = len(held)
    for one in links:
        if isinstance(one, Entry):
            end = max(end, one.sequence + 1)
    told = head.told.size if head else 0
    if head and end < told <= given.first + len(links):
        hashes = [one.hash for one in (*held[: given.first], *links)][:told]
        if bytes.fromhex(rooted(given.writer, hashes).root) == head.told.root:
            end = told
    return [one for one in links if one.sequence < end]


def _taking(bare: Offer, links: Sequence[Link], held: Sequence[Link]) -> Offer:
    inside = [one for one in links if one.sequence < len(held)]
    dark = [one for one in inside if isinstance(held[one.sequence], Withheld)]
    filled = [one for one in dark if isinstance(one, Entry)]
    return replace(
        bare,
        new=tuple(one for one in links if one.sequence >= len(held)),
        filled=tuple(filled),
        had=len(inside) - len(filled),
    )


def _own(found: Offer, given: BundleChain, public: bytes) -> Offer:
    """Entries of a device of this register that it never wrote here: another copy of it writes."""
    first = next(one for one in found.new)
    signed = next((one for one in found.new if isinstance(one, Entry)), None)
    said = replace(found, fork=_fork(signed, ())) if signed else found
    return said.up_to(
        first.sequence, "fork",
        f"{given.writer} writes into this register and never wrote its number {first.sequence} "
        "here: this register is an older copy, or the key is used elsewhere.",
    )  # fmt: skip


def _gapped(bare: Offer, given: BundleChain, held: Sequence[Link], public: bytes) -> Offer:
    signed = any(isinstance(one, Entry) and is_signed(one, public) for one in given.links)
    if not signed:  # that there is more is then only the maker's word
        return bare.up_to(
            len(held), "nothing-signed",
            f"Of {given.writer} the bundle begins at number {given.first}, and {len(held)} of its "
            "entries are here.",
        )  # fmt: skip
    return bare.up_to(
        len(held), "gap",
        f"Of {given.writer} the bundle begins at number {given.first}, and only {len(held)} of its "
        f"entries are here: ask for those from number {len(held)} on.",
    )  # fmt: skip


def _roots_agree(given: BundleChain, held: Sequence[Link], new: Sequence[Link]) -> bool:
    if len(held) + len(new) != given.size:
        return True
    hashes = (one.hash for one in (*held, *new))
    return rooted(given.writer, hashes).root == given.root
