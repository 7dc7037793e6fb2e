"""Taking a bundle into a store: all that its writers vouch for, in any order, as often as it comes.

Everything is written by one `append_all`: the entries, what was seen of forks, and the receipt that
says what came when. A bundle that brings nothing new writes nothing.

What is not taken, and why (the words of `NotTaken.reason`)
----------------------------------------------------------
=================  =============================================================================
`gap`              the bundle begins later than what is here
`fork`             the writer signed another entry for a place, or a head over another chain
`contradiction`    a head that cannot be true beside another one of the same writer
`bad-signature`    the writer's key does not vouch for the entry
`wrong-key`        the key that was given is not the one that the writer's id is made of
`unknown-key`      no root that is trusted here has introduced the writer; once one has, the same
                   bundle can be merged again
`revoked`          written after the place up to which its root believes it, or on another branch
`unvouched`        a withheld place that nothing signed comes after
`nothing-signed`   the bundle begins later, and holds nothing that the writer signed
`id-taken`         the entry has the id of another one
`replay-only`      a claimed time or an assumption, which no live register takes
`root`             the root that the bundle's maker gives is not that of the entries
`old-head`         a head that is older than the one that is here
`bad-head`         a head that is not its writer's
=================  =============================================================================

Entries of writers that nobody trusted has introduced are told and not kept: what any stranger may
write would fill the register, and could take the ids of entries that are yet to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.errors import KeyRefused, RegisterError
from safeconduct.register.bundle import Bundle, fits_its_key
from safeconduct.register.chain import Link, Withheld, head_after, register_head, rooted
from safeconduct.register.codec import encode
from safeconduct.register.entry import Entry, Handling, entry_from_bytes
from safeconduct.register.exporting import publics, runs
from safeconduct.register.hand import Hand, signed_entry
from safeconduct.register.handover import own_places
from safeconduct.register.keyring import keyring
from safeconduct.register.offers import Head, Offer, head_in, offer, replay_only
from safeconduct.register.personal import Commitment
from safeconduct.register.receipts import ForkSeen, NotTaken, Receipt, Received, latest
from safeconduct.register.store import Store, chains_of, kept_with, roots_of, writing_in
from safeconduct.register.told import own_word
from safeconduct.spacetime import utc

__all__ = ["Merged", "MergedChain", "merge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedChain:
    """What a bundle brought of one writer's chain.

    Parameters
    ----------
    office : whose writer it is; empty when no trusted root says so.
    new, filled, withheld : entries, contents of withheld places, and withheld places that are new.
    had : places that were here already.
    size : how much of the chain is here now.
    told_size, told_at : how long its chain was by the writer's own last word, and when it said so;
        None when it never did.
    fresher : whether that word came with this bundle.
    not_taken : what was refused, and why.
    """

    writer: str
    office: str
    new: int
    filled: int
    withheld: int
    had: int
    size: int
    told_size: int | None
    told_at: int | None
    fresher: bool
    not_taken: tuple[NotTaken, ...]

    @property
    def word(self) -> str:
        """What newer word of its writer came on how much it had written; empty for none."""
        if not self.fresher or self.told_at is None or self.told_size is None:
            return ""
        if self.told_size > self.size:
            entries = "1 entry" if self.told_size == 1 else f"{self.told_size} entries"
            return (
                f"by its own word it had written {entries} at {utc(self.told_at)}, of which "
                f"{self.size} are here"
            )
        return f"by its own word it had written nothing else up to {utc(self.told_at)}"

    def says(self) -> str:
        """The same in a sentence or two."""
        counts = [
            f"{number} {words}"
            for number, words in (
                (self.new, "new"),
                (self.filled, "filled where they had been withheld"),
                (self.withheld, "withheld"),
                (self.had, "here already"),
            )
            if number
        ]
        whose = f" of {self.office}" if self.office else ""
        nothing = "nothing taken" if self.not_taken else "no entry"
        told = f"{self.writer}{whose}: {', '.join(counts) or nothing}"
        told += f"; {self.word}." if self.word else "."
        return " ".join([told, *(no.says for no in self.not_taken)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of a bundle.

    Parameters
    ----------
    bundle : its hash. made_by, office, made_at : as the bundle says.
    maker_known : whether a trusted root has introduced the device that made it.
    receipt : the id of the entry that says so; None when nothing new came, so nothing was written.
    head : the hash of the register now.
    left_out : chains that the maker holds and did not hand on, in words.
    """

    bundle: str
    made_by: str
    office: str
    made_at: int
    maker_known: bool
    chains: tuple[MergedChain, ...]
    receipt: str | None
    head: str
    left_out: tuple[str, ...] = ()

    @property
    def has_unknown(self) -> bool:
        """Whether no trusted root has introduced some writer, so that what it wrote stays out."""
        return any(no.reason == "unknown-key" for one in self.chains for no in one.not_taken)

    @property
    def new(self) -> int:
        """How many entries came with their content."""
        return sum(one.new + one.filled for one in self.chains)

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "bundle": self.bundle,
            "made_by": self.made_by,
            "office": self.office,
            "made_at": self.made_at,
            "maker_known": self.maker_known,
            "receipt": self.receipt,
            "head": self.head,
            "left_out": list(self.left_out),
            "chains": [
                {
                    "writer": one.writer,
                    "office": one.office,
                    "new": one.new,
                    "filled": one.filled,
                    "withheld": one.withheld,
                    "had": one.had,
                    "size": one.size,
                    "told_size": one.told_size,
                    "told_at": one.told_at,
                    "fresher": one.fresher,
                    "not_taken": [
                        {"number": no.sequence, "reason": no.reason, "says": no.says}
                        for no in one.not_taken
                    ],
                    "says": one.says(),
                }
                for one in self.chains
            ],
        }


def merge(
    store: Store,
    bundle: Bundle,
    hand: Hand,
    *,
    at: int,
    author: Commitment,
    new_id: Callable[[], str],
    handling: Handling = Handling.INTERNAL,
) -> Merged:
    """What became of a bundle that was taken into a store, or of which nothing could be taken.

    Parameters
    ----------
    bundle : as `bundle_from` gives it, so that it is whole and as its maker signed it.
    hand : the device that receives it; it writes into this store.
    at : now, UTC seconds. author : who brings it. new_id : a new id for each entry, 32 hex digits.
    handling : the level of the receipt.

    Raises
    ------
    RegisterError : the store is a replay.
    KeyRefused : the hand does not write here, or no root has introduced it even with this bundle,
        or its key was revoked. Nothing is written.
    """
    if store.replay:
        raise RegisterError(
            "The register is a replay, which holds a case as it was.",
            "Merge bundles into a live register.",
        )
    merging = _Merging(store, bundle)
    merging.check_hand(hand)
    offers, heads, not_taken = merging.taken()
    written = merging.entries(offers, heads, not_taken, hand, at, author, new_id, handling)
    entries = [link for one in offers.values() for link in (*one.filled, *one.new)]
    if written:
        store.append_all(
            [*sorted(entries, key=lambda link: (link.writer, link.sequence)), *written],
            kept_with(bundle.personal, entries),
        )
    return merging.told(offers, heads, not_taken, written[-1].id if written else None)


class _Merging:
    """One bundle beside what is here."""

    def __init__(self, store: Store, bundle: Bundle) -> None:
        self.store, self.bundle = store, bundle
        self.held = chains_of(store)
        self.here = writing_in(store)
        self.given = {one.writer: one for one in bundle.chains}
        self.publics = (
            publics({writer: one.links for writer, one in self.given.items()})
            | publics(self.held)
            | {w: one.public for w, one in self.given.items() if fits_its_key(w, one.public)}
        )
        self.heads, self.bad_heads = self._heads()
        self.offers = {
            writer: offer(
                one,
                self.held.get(writer, ()),
                self.heads.get(writer),
                writes_here=writer in self.here,
            )
            for writer, one in sorted(self.given.items())
        }
        self.ring = keyring(self._whole(self.offers), store.root)
        self.offers = self._free_of_taken_ids(self._all_trusted(self.offers))
        # Once more, in case the word of a root was in what had to be left.
        self.ring = keyring(self._whole(self.offers), store.root)
        self.offers = self._all_trusted(self.offers)
        links = [link for chain in self.held.values() for link in chain]
        written = {writer: len(chain) for writer, chain in self.held.items()}
        own = own_places(store.here(), store.handovers())
        self.word = [record for _, record in own_word(links, own, self.ring, written)]
        receipts = [record for record in self.word if isinstance(record, Receipt)]
        self.came = latest(receipts)
        self.refused = {no for receipt in receipts for no in receipt.not_taken}

    def check_hand(self, hand: Hand) -> None:
        """Nothing, when this device may say what has come here."""
        key = self.ring.get(hand.writer)
        if hand.writer not in self.here:
            raise KeyRefused(
                f"{hand.writer} does not write into this register.",
                "Merge with a device of this register.",
            )
        if key is None:
            raise KeyRefused(
                f"No root has introduced {hand.writer}, neither here nor in this bundle.",
                "Let the office's root introduce it, and bring the root's entries first.",
            )
        if key.believed is not None:
            raise KeyRefused(
                f"The key of {hand.writer} was revoked: {key.why}.",
                "Let the office's root introduce a new device, and merge with that one.",
            )

    def taken(self) -> tuple[dict[str, Offer], dict[str, Head], list[NotTaken]]:
        """What of each chain is taken, each writer's newest head, and what is refused of heads."""
        chains = self._whole(self.offers)
        heads: dict[str, Head] = {}
        not_taken = list(self.bad_heads)
        for writer, head in sorted(self.heads.items()):
            if self.ring.get(writer) is None:
                continue
            hashes = [link.hash for link in chains.get(writer, ())]
            no = self._head_refused(writer, head, hashes)
            if no is None:
                heads[writer] = head
            elif no.reason:
                not_taken.append(no)
        return self.offers, heads, not_taken

    def entries(
        self,
        offers: Mapping[str, Offer],
        heads: Mapping[str, Head],
        not_taken: Sequence[NotTaken],
        hand: Hand,
        at: int,
        author: Commitment,
        new_id: Callable[[], str],
        handling: Handling,
    ) -> list[Entry]:
        """The entries that tell of the bundle, the receipt last; none when it brought nothing."""
        on_record = {_identity(one) for one in self.word if isinstance(one, ForkSeen)}
        forks = [
            one.fork
            for one in offers.values()
            if one.fork and _identity(one.fork) not in on_record and self.ring.get(one.writer)
        ]
        chains = self._whole(offers)
        received = tuple(self._received(offers, heads, chains))
        telling = [no for no in not_taken if no.proof and no not in self.refused]
        if not received and not forks and not telling:
            return []
        receipt = Receipt(
            bundle=self.bundle.sha256,
            made_by=self.bundle.made_by,
            made_at=self.bundle.made_at,
            chains=received,
            not_taken=tuple([*(no for one in offers.values() for no in one.not_taken), *not_taken]),
        )
        written: list[Entry] = []
        head = self.store.head(hand.writer)
        telling_of: list[tuple[ForkSeen | Receipt, Handling, tuple[str, ...]]] = [
            *((fork, *_limits(fork)) for fork in forks),
            (receipt, handling, ()),
        ]
        for value, level, recipients in telling_of:
            entry = signed_entry(
                head,
                hand,
                id=new_id(),
                recorded_at=at,
                author=author,
                kind=value.tag,
                body=encode(value),
                handling=level,
                recipients=recipients,
            )
            written.append(entry)
            head = head_after(entry)
        return written

    def told(
        self,
        offers: Mapping[str, Offer],
        heads: Mapping[str, Head],
        not_taken: Sequence[NotTaken],
        receipt: str | None,
    ) -> Merged:
        """The result."""
        chains = self._whole(offers)
        by_writer: dict[str, list[NotTaken]] = defaultdict(list)
        for no in not_taken:
            by_writer[no.writer].append(no)
        names = sorted({*offers, *by_writer})
        maker = self.ring.get(self.bundle.made_by)
        return Merged(
            bundle=self.bundle.sha256,
            made_by=self.bundle.made_by,
            office=self.bundle.office,
            made_at=self.bundle.made_at,
            maker_known=maker is not None and maker.believed is None,
            chains=tuple(
                self._merged(name, offers.get(name), heads, chains, by_writer[name])
                for name in names
            ),
            receipt=receipt,
            head=register_head(roots_of(self.store)),
            left_out=tuple(
                f"{one.writer}, {one.size} entries: {one.says}" for one in self.bundle.left_out
            ),
        )

    def _merged(
        self,
        writer: str,
        found: Offer | None,
        heads: Mapping[str, Head],
        chains: Mapping[str, Sequence[Link]],
        refused: Iterable[NotTaken],
    ) -> MergedChain:
        found = found or Offer(writer=writer, public="")
        key, came = self.ring.get(writer), self.came.get(writer)
        fresh = heads.get(writer)
        return MergedChain(
            writer=writer,
            office=key.office if key else "",
            new=sum(isinstance(one, Entry) for one in found.new),
            filled=len(found.filled),
            withheld=sum(isinstance(one, Withheld) for one in found.new),
            had=found.had,
            size=len(chains.get(writer, ())),
            told_size=fresh.told.size if fresh else (came.told_size if came else None),
            told_at=fresh.told.at if fresh else (came.told_at if came else None),
            fresher=fresh is not None,
            not_taken=(*found.not_taken, *refused),
        )

    def _heads(self) -> tuple[dict[str, Head], list[NotTaken]]:
        heads: dict[str, Head] = {}
        bad: list[NotTaken] = []
        for writer, note in self.bundle.heads:
            public = self.publics.get(writer)
            head = head_in(writer, public, note) if public else "No key of it is known."
            if isinstance(head, Head):
                heads[writer] = head
            else:
                bad.append(NotTaken(writer=writer, sequence=0, reason="bad-head", says=head))
        return heads, bad

    def _whole(self, offers: Mapping[str, Offer]) -> dict[str, list[Link]]:
        """The chains as they are once the offers are taken."""
        chains = {writer: list(chain) for writer, chain in self.held.items()}
        for one in offers.values():
            chain = chains.setdefault(one.writer, [])
            for entry in one.filled:
                chain[entry.sequence] = entry
            chain += one.new
        return chains

    def _all_trusted(self, offers: Mapping[str, Offer]) -> dict[str, Offer]:
        return {writer: self._trusted(one) for writer, one in offers.items()}

    def _trusted(self, found: Offer) -> Offer:
        """The offer as far as the roots let its writer write."""
        key, here = self.ring.get(found.writer), len(self.held.get(found.writer, ()))
        if key is None:
            return found.up_to(
                0, "unknown-key",
                f"No root that is trusted here has introduced {found.writer}.",
            ) if found.new or found.filled else found  # fmt: skip
        if key.believed is None or not (found.new or found.filled):
            return found
        chain = self._whole({found.writer: found})[found.writer]
        if key.believed > len(chain):
            says = f"Its root believes {key.believed} entries of {found.writer}; a bundle with all "
            return found.up_to(here, "revoked", f"{says}of them is needed.")
        if key.believed and chain[key.believed - 1].hash != key.last:
            says = f"The root of {found.writer} believes another chain than this one."
            return found.up_to(0, "revoked", says)
        after = max(key.believed, here)
        if key.is_root or len(chain) <= after:
            return found
        return found.up_to(after, "revoked", f"The key of {found.writer} was revoked: {key.why}.")

    def _free_of_taken_ids(self, offers: Mapping[str, Offer]) -> dict[str, Offer]:
        """The offers up to the first entry each that the store would refuse."""
        taken: dict[str, str] = {}
        found = {}
        for writer, one in offers.items():
            cut = None
            for entry in (*one.filled, *one.new):
                if not isinstance(entry, Entry):
                    continue
                held = self.store.get(entry.id)
                there = held.hash if held else taken.setdefault(entry.id, entry.hash)
                if there != entry.hash and (cut is None or entry.sequence < cut[0]):
                    cut = entry.sequence, "id-taken", (
                        f"Number {entry.sequence} of {writer} has the id {entry.id} of another "
                        "entry; ids are written once."
                    )  # fmt: skip
                elif replay_only(entry) and (cut is None or entry.sequence < cut[0]):
                    cut = entry.sequence, "replay-only", (
                        f"Number {entry.sequence} of {writer} holds what only a replay may hold."
                    )  # fmt: skip
            found[writer] = one.up_to(*cut) if cut else one
        return found

    def _head_refused(self, writer: str, head: Head, hashes: Sequence[str]) -> NotTaken | None:
        """Why a head is not taken; an empty reason when it says what is known already."""
        told, came = head.told, self.came.get(writer)
        assert told.at is not None  # `head_in` has looked
        if told.size <= len(hashes):
            root = rooted(writer, hashes[: told.size]).root
            if bytes.fromhex(root) != told.root:
                return NotTaken(
                    writer=writer, sequence=told.size, reason="fork", proof=head.note,
                    says=f"{writer} signed a head over another chain of {told.size} entries than "
                    "the one that is here: its chain has two branches.",
                )  # fmt: skip
        if writer in self.here and told.size > len(hashes):
            return NotTaken(
                writer=writer, sequence=len(hashes), reason="fork", proof=head.note,
                says=f"{writer} writes into this register and never had {told.size} entries here: "
                "this register is an older copy, or the key is used elsewhere.",
            )  # fmt: skip
        if writer in self.here:
            return NotTaken(writer=writer, sequence=told.size, reason="", says="")
        if came is None or came.told_at is None or came.told_size is None:
            return None
        if (told.at, told.size) == (came.told_at, came.told_size):
            return NotTaken(writer=writer, sequence=told.size, reason="", says="")
        later, longer = told.at - came.told_at, told.size - came.told_size
        if later * longer < 0:
            return NotTaken(
                writer=writer, sequence=told.size, reason="contradiction", proof=head.note,
                says=f"{writer} said at {utc(told.at)} that its chain had {told.size} entries, and "
                f"at {utc(came.told_at)} that it had {came.told_size}: a restored copy of it "
                "writes, or its clock was put back.",
            )  # fmt: skip
        if later < 0 or longer < 0:
            return NotTaken(
                writer=writer, sequence=told.size, reason="old-head",
                says=f"What {writer} said of its length is of {utc(told.at)}; what it said at "
                f"{utc(came.told_at)} is here.",
            )  # fmt: skip
        return None

    def _received(
        self,
        offers: Mapping[str, Offer],
        heads: Mapping[str, Head],
        chains: Mapping[str, Sequence[Link]],
    ) -> Iterator[Received]:
        for writer in sorted({*offers, *heads}):
            found, head = offers.get(writer), heads.get(writer)
            if not head and not (found and (found.new or found.filled)):
                continue
            chain, came = chains.get(writer, ()), self.came.get(writer)
            yield Received(
                writer=writer,
                public=self.publics[writer],
                size=len(chain),
                root=rooted(writer, (link.hash for link in chain)).root,
                withheld=runs(link.sequence for link in chain if isinstance(link, Withheld)),
                told_size=head.told.size if head else (came.told_size if came else None),
                told_at=head.told.at if head else (came.told_at if came else None),
                note=head.note if head else (came.note if came else ""),
            )


def _identity(fork: ForkSeen) -> tuple[str, int, str]:
    return fork.writer, fork.sequence, fork.signed


def _limits(fork: ForkSeen) -> tuple[Handling, tuple[str, ...]]:
    """The level and recipients of what shows a fork: as narrow as those of the entries in it."""
    both = [entry_from_bytes(text.encode()) for text in (fork.signed, fork.here_signed) if text]
    levels = list(Handling)
    level = max((one.handling for one in both), key=levels.index)
    named = [set(one.recipients) for one in both if one.recipients]
    common = set.intersection(*named) if named else set[str]()
    if named and not common:
        return Handling.CONFIDENTIAL, (both[0].writer,)
    return level, tuple(sorted(common))
