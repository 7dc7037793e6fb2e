"""Moving a register to another store, with every hash, number and name that it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from safeconduct.errors import ChainBroken, RegisterError
from safeconduct.register.chain import Link, Rooted, Withheld, head_after, register_head
from safeconduct.register.entry import NO_PREVIOUS
from safeconduct.register.erasing import erasures
from safeconduct.register.files import resting, under
from safeconduct.register.handover import Handover, missing_rows
from safeconduct.register.store import Store, roots_of
from safeconduct.register.view import view
from safeconduct.spacetime import OPEN_END

_SINCE_COME = "its content has come since"
"""The holder told for a place that is filled later in the same copy, so that nobody is asked."""


def copy(source: Store, target: Store, stops: Collection[Handover] = ()) -> str:
    """The register head of both stores, once the target holds all that the source does.

    Entries come in the order in which they came to the source, so that what was known when stays
    so; with them withheld places, personal text that is still kept, files of evidence, and who
    writes here. Text is sealed with keys of the target's own. A target that holds the beginning of
    the same register is filled up; a copy that was interrupted is asked for again. Text that was
    erased in the target does not come back, nor do files that an erasure on record names.

    Parameters
    ----------
    stops : of which writers the target says, from its first moment on, that they write there no
        more.

    Raises
    ------
    RegisterError : one is a replay and the other not, or their roots differ: nothing is written.
        Or one of the two was written to meanwhile.
    ChainBroken : the target holds what the source does not; nothing is written.
    EvidenceRefused : a file of the source does not open; all but the files is there then.
    IdTaken : the target has an entry's id with other content; nothing is written.
    """
    _check_alike(source, target)
    before = roots_of(source)
    hashes = {chain.writer: source.hashes(chain.writer) for chain in before}
    _check_agree(target, hashes)
    links = as_they_came(source)
    told = missing_rows((*source.handovers(), *stops), target.handovers())
    # A copy that says already who stopped takes nothing more, and whatever came before is in it.
    if not stops or told or roots_of(target) != before:
        target.append_all(links, tuple(source.contents()))
    # Before it is told who writes here, so that a copy that was cut is never written to.
    target.hand_over(told)
    for writer in sorted(source.here()):
        target.settle(writer)
    _copy_files(source, target)
    return _compared(before, roots_of(target))


def _check_alike(source: Store, target: Store) -> None:
    if source.replay != target.replay:
        told = ("a replay", "a live register")
        one, other = told if source.replay else reversed(told)
        raise RegisterError(
            f"The source is {one} and the target is {other}.",
            "Make the target anew, of the same kind as the source.",
        )
    if source.root != target.root:
        raise RegisterError(
            f"In the source the word of {source.root or 'nobody'} on keys counts, in the target "
            f"that of {target.root or 'nobody'}.",
            "Make the target anew with the root of the source.",
        )


def _check_agree(target: Store, hashes: dict[str, tuple[str, ...]]) -> None:
    """Nothing, when every chain of the target is the beginning of the source's."""
    for head in target.heads():
        there, here = target.hashes(head.writer), hashes.get(head.writer, ())
        if here[: len(there)] != there:
            common = sum(1 for _ in _same_beginning(there, here))
            raise ChainBroken(
                f"The target has {len(there)} entries of writer {head.writer}, and only the first "
                f"{common} of them are in the source.",
                "Copy into a new register, or merge the two instead.",
                breach="fork",
                writer=head.writer,
                sequence=common,
            )


def _copy_files(source: Store, target: Store) -> None:
    """Each file by itself, so that one is in memory; its key goes along where there is none."""
    lacking = set(source.files()) - set(target.files())
    if not lacking:
        return
    known = view(source, OPEN_END).entries
    told = erasures(known)
    erased, staying = {one.operation for one in told}, resting(known, told)
    for at in sorted(lacking):
        if at.operation in erased and at not in staying:
            continue
        key, file = source.operation_key(at.operation), source.file(at)
        if key is None or file is None:  # destroyed at this moment
            continue
        held = target.operation_key(at.operation, key)
        assert held is not None  # it was just given
        target.keep(file if held == key else under(file, key, held), held)


def _same_beginning(there: Iterable[str], here: Iterable[str]) -> Iterable[str]:
    for one, other in zip(there, here, strict=False):
        if one != other:
            return
        yield one


def as_they_came(source: Store) -> list[Link]:
    """The entries in the order of their arrival, with the places that are, or were, withheld.

    Appended in this order they make the same register.
    """
    hashes = {head.writer: source.hashes(head.writer) for head in source.heads()}
    places = {(place.writer, place.sequence): place for place in source.withheld()}
    links: list[Link] = []
    sizes: dict[str, int] = {}

    def fill(writer: str, until: int) -> None:
        for sequence in range(sizes.get(writer, 0), until):
            place = places.get((writer, sequence))
            links.append(place or _since_come(writer, sequence, hashes[writer]))

    for _, entry in source.arrivals():
        fill(entry.writer, entry.sequence)
        links.append(entry)
        sizes[entry.writer] = max(sizes.get(entry.writer, 0), head_after(entry).size)
    for writer, chain in hashes.items():
        fill(writer, len(chain))
    return links


def _since_come(writer: str, sequence: int, hashes: tuple[str, ...]) -> Withheld:
    previous = hashes[sequence - 1] if sequence else NO_PREVIOUS
    return Withheld(writer, sequence, previous, hashes[sequence], _SINCE_COME)


def _compared(source: tuple[Rooted, ...], target: tuple[Rooted, ...]) -> str:
    head = register_head(source)
    if register_head(target) != head:
        raise RegisterError(
            f"The source's head was {head[:12]}…, and the target's is now "
            f"{register_head(target)[:12]}….",
            "One of the two was written to meanwhile. Copy again when nobody writes to them.",
        )
    return head
