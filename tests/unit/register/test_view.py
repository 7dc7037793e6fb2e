"""What was known at a moment: what had come by then, and what is to be doubted of whom."""

from __future__ import annotations

import dataclasses

import pytest

from safeconduct.adapters.memory import MemoryStore
from safeconduct.register import Handling, Head, Store, encode, rooted
from safeconduct.register.bundle import Bundle, signed
from safeconduct.register.copying import copy
from safeconduct.register.hand import SecretHand, signed_checkpoint, signed_entry
from safeconduct.register.handover import MOVED, RESTORED, Handover
from safeconduct.register.receipts import ForkSeen, Receipt, Received
from safeconduct.register.rootword import line_on
from safeconduct.register.store import chains_of
from safeconduct.register.view import CLOCK_LEEWAY_S, WriterState, view
from tests.unit.register.offices import AUTHOR, NOON, Ids, Office, a_hand, friends


@pytest.fixture
def pair() -> list[Office]:
    return friends("goma", "bukavu")


def by_definition(office: Office, moment: int) -> set[str]:
    """The ids of entries known at a moment, straight from the bodies of the receipts.

    Own writers: what they recorded by then. Others: the longest beginning that any receipt
    recorded by then tells of. Nobody is forged or revoked here, so all that is known counts.
    """
    entries = list(office.store.entries())
    own = office.store.here()
    sizes: dict[str, int] = {}
    for entry in entries:
        if entry.kind == "receipt" and entry.writer in own and entry.recorded_at <= moment:
            for chain in entry.body["chains"]:
                sizes[chain["writer"]] = max(sizes.get(chain["writer"], 0), chain["size"])
    return {
        entry.id
        for entry in entries
        if (entry.writer in own and entry.recorded_at <= moment)
        or entry.sequence < sizes.get(entry.writer, 0)
    }


def test_what_was_known_at_each_moment_is_what_the_receipts_tell(pair):
    goma, bukavu = pair
    first = Office.clock
    for number in range(4):
        goma.say(f"goma {number}")
        bukavu.say(f"bukavu {number}")
        if number % 2:
            bukavu.take(goma.give())
        else:
            goma.take(bukavu.give())
    for office in pair:
        for moment in range(first, Office.clock + 1):
            found = view(office.store, moment)
            trusting = {e.id for e in found.entries} | {no.entry.id for no in found.refused}
            assert trusting == by_definition(office, moment)
        assert found.refused == ()


def test_a_writer_that_writes_here_is_complete_at_every_moment(pair):
    goma, _ = pair
    moment = goma.now()
    found = view(goma.store, moment)
    assert found.writers[goma.hand.writer].complete_at == moment
    assert found.writers[goma.hand.writer].doubts == frozenset()


def test_a_writer_that_never_told_of_its_length_is_complete_at_no_moment(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give(goma.root, hands=()))
    state = bukavu.view().writers[goma.hand.writer]
    assert (state.size, state.complete_at) == (1, None)


def test_what_was_recorded_in_the_future_is_doubted_by_who_receives_it():
    goma, bukavu = Office("goma", skew=CLOCK_LEEWAY_S + 100), Office("bukavu")
    bukavu.trust(goma)
    goma.say("one")
    bukavu.take(goma.give())
    assert bukavu.doubts(goma.hand.writer) == {"clock"}
    assert bukavu.view().writers[goma.hand.writer].complete_at <= bukavu.now()
    near = Office("uvira", skew=CLOCK_LEEWAY_S - 100)
    bukavu.trust(near)
    near.say("two")
    bukavu.take(near.give())
    assert bukavu.doubts(near.hand.writer) == set()


def test_a_clock_that_was_put_back_is_doubted_at_home_too():
    goma = Office("goma")
    goma.say("one")
    goma.say("two", recorded_at=NOON - 1)
    assert goma.doubts(goma.hand.writer) == {"clock"}


def test_an_entry_recorded_before_a_head_that_leaves_it_out_is_a_contradiction(pair):
    goma, bukavu = pair
    goma.say("one")
    goma.say("kept back", recorded_at=Office.clock + 5)
    bukavu.take(goma.give())
    assert bukavu.doubts(goma.hand.writer) == set()
    # A head for a later moment that tells of one entry only.
    receipt = next(e for e in bukavu.store.entries() if e.kind == "receipt")
    told = next(c for c in receipt.body["chains"] if c["writer"] == goma.hand.writer)
    false = Received(
        writer=goma.hand.writer, public=told["public"], size=2, root=told["root"],
        told_size=1, told_at=Office.clock + 20,
    )  # fmt: skip
    bukavu.write(
        bukavu.hand,
        Receipt(bundle="1" * 64, made_by="x", made_at=1, chains=(false,)),
        recorded_at=Office.clock + 30,
    )
    doubts = bukavu.view(Office.clock + 40).writers[goma.hand.writer].doubts
    assert {doubt.value for doubt in doubts} == {"rolled-back"}


def without_last(store: Store, writer: str) -> MemoryStore:
    """A copy of the store whose last entry of the writer bears a wrong signature."""
    copy = MemoryStore(root=store.root)
    for one in store.here():
        copy.settle(one)
    for name, chain in chains_of(store).items():
        if name == writer:
            chain[-1] = dataclasses.replace(chain[-1], signature="ab" * 64)
        copy.append_all(chain)
    return copy


def test_a_receipt_that_its_writer_did_not_sign_tells_of_nothing(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give())
    assert bukavu.said() == ["one"]
    bukavu.store = without_last(bukavu.store, bukavu.hand.writer)
    assert bukavu.said() == []


def test_a_receipt_of_a_writer_that_does_not_write_here_tells_of_nothing(pair):
    goma, bukavu = pair
    goma.take(bukavu.give())
    uvira = Office("uvira")
    uvira.trust(*pair)
    uvira.say("one")
    bukavu.trust(uvira)
    bukavu.take(uvira.give())
    goma.take(bukavu.give(since=goma.holdings()))
    assert goma.said() == []  # goma does not trust uvira, so nothing of it was kept


def test_receipts_of_a_device_that_was_revoked_since_still_tell_what_had_come(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give())
    moment = bukavu.now()
    before = bukavu.view(moment)
    head = bukavu.store.head(bukavu.hand.writer)
    assert head is not None
    bukavu.revoke(bukavu.hand.writer, 0, "0" * 64)
    assert bukavu.view(moment) == before
    assert bukavu.said() == ["one"]


def test_the_doubts_of_a_root_fall_on_its_devices(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give())
    known = goma.holdings()
    goma.introduce(a_hand("goma-8"))
    new = goma.holdings()
    goma.introduce(a_hand("goma-9"))
    assert known != new
    bukavu.take(goma.give(since=new))
    assert bukavu.doubts(goma.root.writer) == {"gapped"}
    assert bukavu.doubts(goma.hand.writer) == {"root-doubted"}
    bukavu.take(goma.give())
    assert bukavu.doubts(goma.hand.writer) == set()


def test_somebody_elses_word_on_a_fork_needs_proof(pair):
    goma, bukavu = pair
    goma.say("one")
    entry = next(iter(goma.store.entries(goma.hand.writer)))
    bukavu.take(goma.give())
    uvira = Office("uvira")
    bukavu.trust(uvira)
    slander = ForkSeen(
        writer=goma.hand.writer, sequence=0, here="1" * 64,
        signed=entry.signed_bytes().decode(), signature=str(entry.signature),
    )  # fmt: skip
    uvira.write(uvira.hand, slander)
    bukavu.take(uvira.give())
    assert bukavu.doubts(goma.hand.writer) == set()
    rival = signed_entry(
        None, goma.hand, id=Ids("rival")(), recorded_at=NOON, author=AUTHOR, kind="statement",
        body={"says": "other"}, handling=Handling.PUBLIC,
    )  # fmt: skip
    proof = dataclasses.replace(
        slander, signed=rival.signed_bytes().decode(), signature=str(rival.signature)
    )
    uvira.write(uvira.hand, proof)
    bukavu.take(uvira.give())
    assert bukavu.doubts(goma.hand.writer) == {"forked"}


def test_receipts_say_no_more_than_their_form_allows():
    from safeconduct.errors import WrongField

    made = {"writer": "x", "public": "1" * 64, "size": 3, "root": "1" * 64}
    assert encode(Received(**made, withheld=((0, 1), (2, 3))))["withheld"] == [[0, 1], [2, 3]]
    for wrong in ({"withheld": ((2, 4),)}, {"withheld": ((1, 1),)}, {"withheld": ((2, 3), (0, 1))}):
        with pytest.raises(WrongField, match="are said to be withheld"):
            Received(**made, **wrong)
    with pytest.raises(WrongField, match="only the size or only the time"):
        Received(**made, told_size=1)
    with pytest.raises(WrongField, match="and the key '2'"):
        Received(**(made | {"public": "2"}))


def test_a_replay_has_no_keys_and_all_counts():
    replay = MemoryStore(replay=True)
    goma = Office("goma")
    goma.say("one")
    replay.append_all(sorted(goma.store.entries(), key=lambda e: (e.writer, e.sequence)))
    assert len(view(replay, goma.now()).entries) == 3


def restored(office: Office, at: int, why: str = RESTORED) -> Office:
    """The office as a backup of that moment brings it back; nobody who wrote there writes on."""
    back = object.__new__(Office)
    back.__dict__.update(office.__dict__)
    back.store = MemoryStore(root=office.store.root)
    copy(office.store, back.store, [
        Handover(writer=one, size=len(office.store.hashes(one)), at=at, goes_on=False, why=why)
        for one in sorted(office.store.here())
    ])  # fmt: skip
    back.ids = Ids(f"{office.name} restored")
    return back


def goes_on(office: Office, device: str, *, size: int | None = None) -> None:
    """The root goes on in a restored office, and introduces a new device in place of the old."""
    head = office.store.head(office.root.writer)
    size = head.size if size is None else size
    office.store.hand_over([
        Handover(
            writer=office.root.writer, size=size, at=office.now(), goes_on=True, why=RESTORED
        )
    ])  # fmt: skip
    old, new = office.hand, a_hand(device)
    office.introduce(new, instead_of=old.writer)
    office.store.settle(new.writer)
    office.hands = [new]
    office.settled = [office.root, new]


def test_what_was_known_before_a_backup_is_the_same_after_it_was_restored(pair):
    goma, bukavu = pair
    first = Office.clock
    bukavu.say("theirs")
    goma.say("ours")
    goma.take(bukavu.give())
    goma.say("ours too")
    made = goma.now()
    back = restored(goma, made)
    for moment in range(first, made):
        assert dataclasses.asdict(view(back.store, moment)) == dataclasses.asdict(
            view(goma.store, moment)
        )
    goes_on(back, "goma-new")
    back.say("after")
    for moment in range(first, made):
        assert view(back.store, moment).entries == view(goma.store, moment).entries
        assert view(back.store, moment).writers == view(goma.store, moment).writers
    assert back.said() == ["theirs", "ours", "ours too", "after"]


def test_a_writer_that_stopped_is_whole_until_then_and_doubted_from_then_on(pair):
    goma, _ = pair
    goma.say("one")
    made = goma.now()
    back = restored(goma, made)
    state = view(back.store, made + 50).writers[goma.hand.writer]
    assert state.complete_at == made
    assert {doubt.value for doubt in state.doubts} == {"stopped-here", "root-doubted"}
    assert view(back.store, made - 1).writers[goma.hand.writer].doubts == frozenset()
    assert view(back.store, made - 1).writers[goma.hand.writer].complete_at == made - 1
    goes_on(back, "goma-new")
    assert back.doubts(goma.root.writer) == set()
    assert back.doubts(back.hand.writer) == set()
    assert back.doubts(goma.hand.writer) == {"stopped-here"}


@pytest.mark.law(9)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_was_written_after_the_backup_is_merged_without_a_fork(pair, order):
    goma, bukavu = pair
    goma.say("before")
    made = goma.now()
    back = restored(goma, made)
    for number in range(3):
        goma.say(f"after the backup {number}")
    old = goma.give(hands=[goma.hand])
    goes_on(back, "goma-new")
    back.say("by the new device")
    bundles = [old, back.give()]
    for which in order:
        bukavu.take(bundles[which])
    wanted = {"before", *(f"after the backup {n}" for n in range(3)), "by the new device"}
    assert set(bukavu.said()) == wanted
    for writer in (goma.hand.writer, back.hand.writer, goma.root.writer):
        assert bukavu.doubts(writer) == set()
    # The restored office gets them back from the other one, and knows them from then on only.
    before = back.now()
    told = back.take(bukavu.give())
    assert all(not one.not_taken for one in told.chains)
    assert set(back.said()) == wanted
    assert set(back.said(before)) == {"before", "by the new device"}
    assert back.doubts(goma.hand.writer) == {"stopped-here"}
    head = back.store.head(goma.hand.writer)
    back.revoke(goma.hand.writer, head.size, head.hash, "restored from a backup")
    assert set(back.said()) == wanted
    assert back.doubts(goma.hand.writer) == {"revoked"}


def test_what_its_office_believes_of_a_writer_and_is_not_here_is_a_gap(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give(hands=[goma.root]))
    last = goma.say("two")
    goma.revoke(goma.hand.writer, 2, last.hash)
    new = a_hand("goma-new")
    goma.introduce(new, instead_of=goma.hand.writer)
    goma.store.settle(new.writer)
    chain = goma.give(new, hands=[goma.root], since=bukavu.holdings())
    without = dataclasses.replace(
        chain, chains=tuple(c for c in chain.chains if c.writer != goma.hand.writer)
    )
    bukavu.take(without)
    assert bukavu.doubts(goma.hand.writer) == {"revoked", "gapped"}
    bukavu.take(goma.give(new))
    assert bukavu.doubts(goma.hand.writer) == {"revoked"}


def test_what_the_old_device_received_after_the_backup_was_not_received_here(pair):
    goma, bukavu = pair
    goma.say("one")
    back = restored(goma, goma.now())
    bukavu.say("theirs")
    goma.take(bukavu.give())  # a receipt, written after the backup
    goes_on(back, "goma-new")
    stranger = friends("uvira")[0]
    back.trust(stranger)
    stranger.trust(goma)
    stranger.take(goma.give(hands=[goma.hand]))
    back.take(stranger.give())
    assert "receipt" in {entry.kind for entry in back.store.entries(goma.hand.writer)}
    assert "theirs" not in back.said()
    assert bukavu.hand.writer not in dict(back.give().heads)
    back.take(bukavu.give())
    assert "theirs" in back.said()


def test_a_root_that_goes_on_elsewhere_is_doubted_until_its_later_word_comes(pair):
    goma, bukavu = pair
    back = restored(goma, goma.now())
    new = a_hand("goma-new")
    back.store.settle(new.writer)
    back.hands, back.settled = [new], [new]
    goma.introduce(new, instead_of=goma.hand.writer)
    bukavu.take(goma.give(hands=[goma.root]))
    assert "stopped-here" in back.doubts(goma.root.writer)
    back.take(bukavu.give())
    assert back.doubts(goma.root.writer) == set()
    assert back.doubts(new.writer) == set()
    assert back.doubts(goma.hand.writer) == {"stopped-here"}


def test_a_register_that_was_moved_is_doubted_where_it_was(pair):
    goma, _ = pair
    goma.say("one")
    at = goma.now()
    there = restored(goma, at, MOVED)
    assert "stopped-here" in there.doubts(goma.hand.writer)
    there.store.hand_over([
        Handover(writer=one.writer, size=one.size, at=at, goes_on=True, why=MOVED)
        for one in there.store.handovers()
    ])  # fmt: skip
    assert there.doubts(goma.hand.writer) == set()
    there.say("two")
    assert there.said() == ["one", "two"]
    assert there.view().writers[goma.hand.writer].complete_at == Office.clock


# -- how lately a root was heard


def state(office: Office, writer: str, moment: int | None = None) -> WriterState:
    return office.view(moment).writers[writer]


def test_a_device_that_writes_beside_its_root_says_how_long_the_roots_chain_is(pair):
    goma, bukavu = pair
    bundle = goma.give(hands=())  # the root's key is not at hand
    bukavu.take(bundle)
    assert state(bukavu, goma.root.writer).complete_at == bundle.made_at
    assert state(bukavu, goma.root.writer).doubts == frozenset()
    later = goma.give(hands=())
    bukavu.take(later)
    assert state(bukavu, goma.root.writer).complete_at == later.made_at
    # What was known before is as it was.
    assert state(bukavu, goma.root.writer, later.made_at).complete_at == bundle.made_at


def test_a_device_with_a_store_of_its_own_says_nothing_of_a_root_that_writes_elsewhere(pair):
    goma, bukavu = pair
    field = a_field(goma)
    bukavu.take(goma.give(hands=()))
    heard_at = state(bukavu, goma.root.writer).complete_at
    bukavu.take(field.give())
    assert state(bukavu, field.hand.writer).complete_at > heard_at
    assert state(bukavu, goma.root.writer).complete_at == heard_at


def a_field(goma: Office) -> Office:
    """A device of the office with a store of its own, which has heard of its root."""
    device = a_hand("goma-field")
    goma.introduce(device)
    field = Office("goma-field", root=goma.root)
    field.hands = field.settled = [device]
    field.store = MemoryStore(root=goma.root.writer)
    field.store.settle(device.writer)
    field.take(goma.give())
    return field


def test_a_register_in_which_the_root_stopped_says_nothing_of_it_until_it_goes_on(pair):
    goma, bukavu = pair
    bukavu.take(goma.give(hands=()))
    back = restored(goma, goma.now())
    new = a_hand("goma-new")
    back.store.settle(new.writer)
    back.hands, back.settled = [new], [new]
    goma.introduce(new, instead_of=goma.hand.writer)
    seen = goma.give(hands=())
    bukavu.take(seen)
    back.take(bukavu.give())
    bukavu.take(back.give())
    assert state(bukavu, new.writer).complete_at > seen.made_at
    assert state(bukavu, goma.root.writer).complete_at == seen.made_at


def test_what_a_device_says_of_its_root_is_passed_on_by_others():
    goma, bukavu, uvira = friends("goma", "bukavu", "uvira")
    bundle = goma.give(hands=())
    bukavu.take(bundle)
    uvira.take(bukavu.give())
    assert state(uvira, goma.root.writer).complete_at == bundle.made_at


def test_a_root_of_which_a_device_saw_more_than_has_come_is_gapped(pair):
    goma, bukavu = pair
    goma.introduce(a_hand("goma-spare"))
    whole = goma.give(hands=())
    bukavu.take(without_the_last_of(goma, whole))
    assert bukavu.doubts(goma.root.writer) == {"gapped"}
    assert bukavu.doubts(goma.hand.writer) == {"root-doubted"}
    bukavu.take(whole)
    assert bukavu.doubts(goma.root.writer) == set()
    assert bukavu.doubts(goma.hand.writer) == set()


def without_the_last_of(goma: Office, bundle: Bundle) -> Bundle:
    """The bundle with the last that the root wrote left out, signed again."""
    (whole,) = (one for one in bundle.chains if one.writer == goma.root.writer)
    links = whole.links[:-1]
    tree = rooted(whole.writer, (link.hash for link in links)).root
    less = dataclasses.replace(whole, links=links, size=len(links), root=tree)
    chains = tuple(less if one is whole else one for one in bundle.chains)
    bare = dataclasses.replace(bundle, chains=chains, signature="")
    return signed(bare, goma.hand.sign(bare.manifest_bytes()))


def told(office: Office, hand: SecretHand, root: Head, at: int) -> None:
    """The office is handed a head of a device that tells this of its root."""
    sent = office.give(at=at)
    links = [one for one in chains_of(office.store).get(hand.writer, ())]
    tree = bytes.fromhex(rooted(hand.writer, (one.hash for one in links)).root)
    note = signed_checkpoint(hand, len(links), tree, at, (line_on(root),))
    heads = ((hand.writer, str(note)),)
    bare = dataclasses.replace(sent, chains=(), heads=heads, signature="")
    office.take(signed(bare, office.hand.sign(bare.manifest_bytes())))


@pytest.fixture
def known(pair):
    """Bukavu, who holds all of Goma; Goma; the head of Goma's root; the moment it was told of."""
    goma, bukavu = pair
    bundle = goma.give(hands=())
    bukavu.take(bundle)
    return bukavu, goma, goma.store.head(goma.root.writer), bundle.made_at


def test_a_root_of_which_a_device_saw_another_chain_is_forked(known):
    bukavu, goma, head, _ = known
    told(bukavu, goma.hand, Head(head.writer, head.size - 1, "ab" * 32), bukavu.now())
    assert bukavu.doubts(goma.root.writer) == {"forked"}
    assert "root-doubted" in bukavu.doubts(goma.hand.writer)


def test_what_is_said_of_the_root_of_another_office_or_by_a_stranger_counts_for_nothing(known):
    bukavu, goma, head, heard_at = known
    other = friends("uvira")[0]
    bukavu.trust(other)
    bukavu.take(other.give())
    at = bukavu.now()
    told(bukavu, other.hand, Head(head.writer, head.size + 5, "ab" * 32), at)
    told(bukavu, other.hand, head, at + 1)
    told(bukavu, a_hand("nobody"), head, at + 2)
    assert state(bukavu, goma.root.writer).complete_at == heard_at
    assert bukavu.doubts(goma.root.writer) == set()


def test_a_device_in_doubt_says_nothing_of_its_root_that_counts(known):
    bukavu, goma, head, _ = known
    later = bukavu.now()
    told(bukavu, goma.hand, head, later)
    assert state(bukavu, goma.root.writer).complete_at == later
    told(bukavu, goma.hand, head, bukavu.now() + CLOCK_LEEWAY_S + 60)
    assert bukavu.doubts(goma.hand.writer) == {"clock"}
    assert state(bukavu, goma.root.writer).complete_at is None


def test_a_device_that_was_revoked_says_nothing_of_its_root_any_more(known):
    bukavu, goma, head, _ = known
    new = a_hand("goma-new")
    goma.introduce(new, instead_of=goma.hand.writer)
    goma.revoke(goma.hand.writer, 0, "0" * 64)
    old, goma.hands = goma.hand, [new]
    goma.store.settle(new.writer)
    bundle = goma.give(hands=())
    bukavu.take(bundle)
    told(bukavu, old, Head(head.writer, 90, "ab" * 32), bukavu.now())
    assert bukavu.doubts(goma.root.writer) == set()
    assert state(bukavu, goma.root.writer).complete_at == bundle.made_at


def test_a_root_that_wrote_before_it_was_said_to_have_written_no_more_was_not_all_seen(known):
    bukavu, goma, head, _ = known
    later = bukavu.now() + 50
    goma.introduce(a_hand("goma-spare"))  # recorded before `later`
    told(bukavu, goma.hand, head, later)
    bukavu.take(goma.give(goma.root, hands=()))
    assert state(bukavu, goma.root.writer, later + 10).complete_at < later
