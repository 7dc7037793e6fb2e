"""What was known at a moment, worked out from every link anew, as the rules are written down."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from safeconduct.register import Entry, Withheld, known_at
from safeconduct.register.chain import Link
from safeconduct.register.handover import Handover, in_runs, own_places
from safeconduct.register.keyring import sift
from safeconduct.register.receipts import ForkSeen, Receipt
from safeconduct.register.told import (
    CLOCK_LEEWAY_S,
    Told,
    WriterDoubt,
    forks_in,
    own_word,
    proven_forks,
    told_by,
)
from safeconduct.register.view import View, WriterState

_OF_A_ROOT = {"forked", "gapped", "withheld", "rolled-back", "bad-signature", "stopped-here"}


def plain_view(
    links: Iterable[Link],
    here: frozenset[str],
    root: str,
    moment: int,
    handovers: Iterable[Handover] = (),
) -> View:
    """As `view_of`; every chain is read from its beginning, and nothing is remembered."""
    links, own = tuple(links), own_places(here, tuple(handovers))
    written: dict[str, int] = defaultdict(int)
    for one in links:
        is_own = in_runs(own.get(one.writer, ()), one.sequence)
        if isinstance(one, Entry) and is_own and one.recorded_at <= moment:
            written[one.writer] = max(written[one.writer], one.sequence + 1)
    words = own_word(links, own, sift(links, root).ring, written)
    told = told_by(words, own, written, handovers, moment)
    known = [_as_known(one, told) for one in links if one.sequence < told.size(one.writer)]
    sifted = sift(known, root)
    chains: dict[str, list[Link]] = defaultdict(list)
    for one in sorted(known, key=lambda link: (link.writer, link.sequence)):
        chains[one.writer].append(one)
    writers = {*chains, *told.spoken_of, *sifted.ring.keys}
    doubts: dict[str, set[WriterDoubt]] = {writer: set() for writer in writers}
    for no in sifted.refused:
        doubts[no.entry.writer].add(WriterDoubt(no.reason))
    for writer in proven_forks(forks_in(dict(chains)), chains, sifted.ring):
        doubts[writer].add(WriterDoubt.FORKED)
    for writer in writers:
        key = sifted.ring.get(writer)
        if key is None:
            doubts[writer].add(WriterDoubt.UNKNOWN_KEY)
        elif key.believed is not None:
            doubts[writer].add(WriterDoubt.REVOKED)
        chain = chains.get(writer, [])
        doubts[writer] |= set(_doubted(told, writer, chain))
        if key is not None and key.believed is not None and key.believed > len(chain):
            doubts[writer].add(WriterDoubt.GAPPED)
        in_question = told.stopped_unseen(writer) or key is None or not key.is_root
        if writer in told.stopped and (key is None or key.believed is None) and in_question:
            doubts[writer].add(WriterDoubt.STOPPED)
    complete = {writer: told.complete_at(writer) for writer in writers}
    for device, root, size, last, at in sorted(_seen_of_roots(words)):
        key = sifted.ring.get(device)
        if key is None or key.believed is not None or device == root or key.root != root:
            continue
        chain = chains.get(root, [])
        if size > len(chain):
            doubts[root].add(WriterDoubt.GAPPED)
        elif chain[size - 1].hash != last:
            doubts[root].add(WriterDoubt.FORKED)
        beyond = [one for one in chain[size:] if isinstance(one, Entry)]
        if not doubts[device] and not any(one.recorded_at < at for one in beyond):
            complete[root] = max(complete[root] or 0, min(at, moment))
    for each in sifted.ring.keys.values():
        if not each.is_root and {doubt.value for doubt in doubts[each.root]} & _OF_A_ROOT:
            doubts[each.writer].add(WriterDoubt.ROOT)
    states = {}
    for writer in sorted(writers):
        key = sifted.ring.get(writer)
        states[writer] = WriterState(
            writer=writer,
            office=key.office if key else "",
            size=len(chains.get(writer, [])),
            complete_at=complete[writer],
            doubts=frozenset(doubts[writer]),
        )
    return View(
        moment=moment,
        entries=known_at(sifted.counted, sys.maxsize, replay=False),
        refused=sifted.refused,
        writers=states,
        ring=sifted.ring,
        known_since={entry.id: told.since(entry) for entry in sifted.counted},
    )


def _seen_of_roots(
    words: Iterable[tuple[Entry, Receipt | ForkSeen]],
) -> Iterator[tuple[str, str, int, str, int]]:
    """Device, root, size, last hash and moment of every line on a root in any head that came."""
    for receipt in (word for _, word in words if isinstance(word, Receipt)):
        for one in receipt.chains:
            lines = one.note.split("\n\n")[0].split("\n")
            for line in lines[4:]:
                if line.startswith("root ") and lines[0] == one.writer:
                    _, root, size, last = line.split(" ")
                    yield one.writer, root, int(size), last, int(lines[3].removeprefix("at "))


def _as_known(one: Link, told: Told) -> Link:
    if isinstance(one, Entry) and one.sequence in told.dark.get(one.writer, ()):
        return Withheld(one.writer, one.sequence, one.previous, one.hash, "")
    return one


def _doubted(told: Told, writer: str, chain: list[Link]) -> Iterator[WriterDoubt]:
    entries = [one for one in chain if isinstance(one, Entry)]
    heads, refused = told.heads.get(writer, ()), told.refused.get(writer, ())
    reasons = {no.reason for no in refused}
    if writer in told.forked or "fork" in reasons:
        yield WriterDoubt.FORKED
    if "contradiction" in reasons:
        yield WriterDoubt.ROLLED_BACK
    awaited = [no for no in refused if no.reason in ("gap", "id-taken", "replay-only")]
    if any(no.sequence >= len(chain) for no in awaited) or any(n > len(chain) for n, _ in heads):
        yield WriterDoubt.GAPPED
    if len(entries) < len(chain):
        yield WriterDoubt.WITHHELD
    if any(one.sequence >= n and one.recorded_at < at for n, at in heads for one in entries):
        yield WriterDoubt.ROLLED_BACK
    back = any(two.recorded_at < one.recorded_at for one, two in pairwise(entries))
    parts = pairwise((*told.arrived.get(writer, ()), (sys.maxsize, 0)))
    ahead = any(
        first <= one.sequence < end and one.recorded_at > at + CLOCK_LEEWAY_S
        for (first, at), (end, _) in parts
        for one in entries
    )
    if back or ahead or writer in told.ahead:
        yield WriterDoubt.CLOCK
