"""Bundles between offices: what is taken, in any order, and what is told of what is not."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import replace

import pytest

from safeconduct.adapters.memory import MemoryStore
from safeconduct.errors import KeyRefused, RegisterError
from safeconduct.register import Entry, Handling, Withheld, register_head, rooted, roots_of
from safeconduct.register.bundle import Bundle, signed
from safeconduct.register.exporting import runs
from safeconduct.register.hand import SecretHand
from safeconduct.spacetime import utc
from tests.unit.register.offices import Office, a_hand, friends


@pytest.fixture
def pair() -> list[Office]:
    return friends("goma", "bukavu")


def contents(office: Office) -> tuple[object, ...]:
    store = office.store
    return tuple(store.entries()), store.withheld(), store.heads()


def reasons(office: Office, bundle: Bundle) -> dict[str, set[str]]:
    """What of a bundle was not taken, by the device's name."""
    merged = office.take(bundle)
    return {
        one.writer.partition(":")[0]: {no.reason for no in one.not_taken}
        for one in merged.chains
        if one.not_taken
    }


def made_by(hand: SecretHand, bundle: Bundle, **changes: object) -> Bundle:
    """The bundle with something changed in it, signed anew by whoever made it."""
    changed = dataclasses.replace(bundle, **changes)
    return signed(changed, hand.sign(changed.manifest_bytes()))


def with_chain(hand: SecretHand, bundle: Bundle, writer: str, **changes: object) -> Bundle:
    chains = tuple(
        dataclasses.replace(one, **changes) if one.writer == writer else one
        for one in bundle.chains
    )
    return made_by(hand, bundle, chains=chains)


def test_what_one_office_said_counts_at_another_from_the_merge_on(pair):
    goma, bukavu = pair
    goma.say("go")
    before = bukavu.now()
    merged = bukavu.take(goma.give())
    assert merged.new == 4  # the root, its device, its trust in bukavu; and what was said
    assert bukavu.said() == ["go"]
    assert bukavu.said(before) == []
    state = bukavu.view().writers[goma.hand.writer]
    assert (state.office, state.size, state.doubts) == ("goma", 1, frozenset())
    assert state.complete_at == before + 1  # the bundle was made a second later


def test_the_same_bundle_again_changes_nothing(pair):
    goma, bukavu = pair
    goma.say("go")
    bundle = goma.give()
    bukavu.take(bundle)
    before = contents(bukavu)
    again = bukavu.take(bundle)
    assert (again.receipt, again.new) == (None, 0)
    assert contents(bukavu) == before
    assert "1 here already" in again.chains[0].says()


def test_what_a_writer_says_of_its_length_is_told_where_no_entry_came(pair):
    goma, bukavu = pair
    goma.say("go")
    bukavu.take(goma.give())
    bundle = goma.give()
    at = utc(bundle.made_at)
    merged = bukavu.take(bundle)
    assert merged.new == 0 and merged.receipt is not None
    (device,) = [one for one in merged.chains if one.writer == goma.hand.writer]
    assert (device.fresher, device.told_size, device.told_at) == (True, 1, bundle.made_at)
    assert device.says() == (
        f"{goma.hand.writer} of goma: 1 here already; by its own word it had written nothing else "
        f"up to {at}."
    )
    again = bukavu.take(bundle)
    assert not any(one.fresher or one.word for one in again.chains)
    assert [one.told_at for one in again.chains] == [one.told_at for one in merged.chains]


def test_a_word_of_more_than_came_is_no_word_that_there_is_nothing_else(pair):
    goma, bukavu = pair
    bukavu.take(goma.give())
    goma.say("one")
    bundle = goma.give()
    lacking = replace(
        bundle,
        chains=tuple(
            replace(one, size=0, root=rooted(one.writer, ()).root, links=())
            if one.writer == goma.hand.writer
            else one
            for one in bundle.chains
        ),
    )
    merged = bukavu.take(signed(lacking, goma.hand.sign(lacking.manifest_bytes())))
    (device,) = [one for one in merged.chains if one.writer == goma.hand.writer]
    assert f"it had written 1 entry at {utc(bundle.made_at)}, of which 0 are here" in device.says()
    assert "nothing else" not in device.says()


def test_bundles_may_come_in_any_order(pair):
    goma, _bukavu = pair
    bundles = []
    for words in ("one", "two", "three"):
        goma.say(words)
        bundles.append(goma.give())
    heads = set()
    for seed in range(6):
        reader = Office("bukavu")
        reader.trust(goma)
        random.Random(seed).shuffle(bundles)
        for bundle in bundles:
            reader.take(bundle)
        assert sorted(reader.said()) == ["one", "three", "two"]
        assert reader.doubts(goma.hand.writer) == set()
        heads.add(tuple(reader.store.hashes(goma.hand.writer)))
    assert len(heads) == 1


def test_only_what_is_lacking_goes(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give())
    goma.say("two")
    bundle = goma.give(since=bukavu.holdings())
    sent = {one.writer: len(one.links) for one in bundle.chains if one.links}
    assert sent == {goma.hand.writer: 1}
    bukavu.take(bundle)
    assert bukavu.said() == ["one", "two"]


def test_a_bundle_that_begins_later_is_a_gap_and_is_told(pair):
    goma, bukavu = pair
    bukavu.take(goma.give())
    goma.say("one")
    known = goma.holdings()
    goma.say("two")
    merged = bukavu.take(goma.give(since=known))
    (no,) = next(one for one in merged.chains if one.writer == goma.hand.writer).not_taken
    assert no.reason == "gap"
    assert "begins at number 1, and only 0 of its entries are here: ask for those" in no.says
    assert bukavu.said() == []
    assert bukavu.doubts(goma.hand.writer) == {"gapped"}
    bukavu.take(goma.give())
    assert bukavu.said() == ["one", "two"]
    assert bukavu.doubts(goma.hand.writer) == set()


def test_the_doubt_of_a_gap_does_not_move_an_earlier_moment(pair):
    goma, bukavu = pair
    bukavu.take(goma.give())
    goma.say("one")
    known = goma.holdings()
    goma.say("two")
    before = bukavu.now()
    then = bukavu.view(before)
    bukavu.take(goma.give(since=known))
    gapped = bukavu.now()
    assert bukavu.view(before) == then
    in_the_gap = bukavu.view(gapped)
    bukavu.take(goma.give())
    assert bukavu.view(gapped) == in_the_gap


def test_what_may_not_go_is_withheld_and_seen(pair):
    goma, bukavu = pair
    goma.say("for all")
    goma.say("for few", handling=Handling.RESTRICTED)
    goma.say("for all again")
    bundle = goma.give(handling=Handling.INTERNAL)
    merged = bukavu.take(bundle)
    assert bukavu.said() == ["for all", "for all again"]
    assert bukavu.doubts(goma.hand.writer) == {"withheld"}
    (place,) = bukavu.store.withheld()
    assert (place.sequence, place.holder) == (1, "goma")
    assert "1 withheld" in next(one.says() for one in merged.chains if one.withheld)


def test_content_that_comes_later_does_not_change_what_was_known(pair):
    goma, bukavu = pair
    goma.say("for all")
    goma.say("no longer", handling=Handling.RESTRICTED)
    goma.say("for all again")
    bukavu.take(goma.give(handling=Handling.INTERNAL))
    then = bukavu.now()
    before = bukavu.view(then)
    merged = bukavu.take(goma.give(since=bukavu.holdings()))
    assert sum(one.filled for one in merged.chains) == 1
    assert bukavu.said() == ["for all", "no longer", "for all again"]
    assert bukavu.doubts(goma.hand.writer) == set()
    after = bukavu.view(then)
    assert (after.entries, after.writers) == (before.entries, before.writers)


def test_an_entry_goes_only_to_its_recipients(pair):
    goma, _bukavu = pair
    goma.say("to bukavu", recipients=("bukavu",))
    assert goma.give().chains[0].links[0].__class__ is Withheld
    assert isinstance(goma.give(addressees=("bukavu",)).chains[0].links[0], Entry)
    both = goma.give(addressees=("bukavu", "uvira"))
    assert isinstance(both.chains[0].links[0], Withheld)
    assert isinstance(goma.give(addressees=("goma",)).chains[0].links[0], Entry)


def test_what_is_written_about_keys_always_goes(pair):
    goma, _ = pair
    goma.introduce(a_hand("goma-9"))
    bundle = goma.give(handling=Handling.PUBLIC)
    root = next(one for one in bundle.chains if one.writer == goma.root.writer)
    assert all(isinstance(link, Entry) for link in root.links)


def test_a_withheld_place_at_the_end_needs_a_signature_over_it(pair):
    goma, bukavu = pair
    goma.say("for all")
    goma.say("for few", handling=Handling.RESTRICTED)
    bundle = goma.give(handling=Handling.INTERNAL)
    without = made_by(goma.hand, bundle, heads=())
    assert reasons(bukavu, without) == {"goma-1": {"unvouched"}}
    assert len(bukavu.store.hashes(goma.hand.writer)) == 1
    bukavu.take(bundle)
    assert len(bukavu.store.hashes(goma.hand.writer)) == 2


def test_a_made_up_withheld_place_does_not_keep_the_true_entry_out(pair):
    goma, bukavu = pair
    bukavu.take(goma.give())
    entry = goma.say("no longer")
    bundle = goma.give()
    false = Withheld(entry.writer, 0, entry.previous, "1" * 64, "goma")
    forged = with_chain(goma.hand, bundle, goma.hand.writer, links=(false,), root="2" * 64)
    assert "unvouched" in reasons(bukavu, forged)["goma-1"]
    bukavu.take(bundle)
    assert bukavu.said() == ["no longer"]


def test_writers_that_no_trusted_root_introduced_are_told_and_taken_once_one_has(pair):
    _goma, bukavu = pair
    stranger = Office("stranger")
    stranger.say("believe me")
    bundle = stranger.give()
    before = contents(bukavu)
    assert reasons(bukavu, bundle) == {
        "stranger-1": {"unknown-key"},
        "stranger-root": {"unknown-key"},
    }
    assert contents(bukavu) == before
    bukavu.trust(stranger)
    assert reasons(bukavu, bundle) == {}
    assert bukavu.said() == ["believe me"]


def test_a_forged_signature_ends_what_is_taken_of_a_chain(pair):
    goma, bukavu = pair
    for words in ("one", "two", "three"):
        goma.say(words)
    bundle = goma.give()
    chain = next(one for one in bundle.chains if one.writer == goma.hand.writer)
    one, two, three = chain.links
    assert isinstance(two, Entry)
    forged = dataclasses.replace(two, signature="ab" * 64)
    bad = with_chain(goma.hand, bundle, goma.hand.writer, links=(one, forged, three))
    assert reasons(bukavu, bad) == {"goma-1": {"bad-signature"}}
    assert bukavu.said() == ["one"]
    assert bukavu.doubts(goma.hand.writer) == {"gapped"}  # its own head says three
    bukavu.take(bundle)
    assert bukavu.said() == ["one", "two", "three"]


def test_a_key_that_is_not_the_writers_takes_no_place(pair):
    goma, bukavu = pair
    goma.say("one")
    thief = a_hand("thief")
    bad = with_chain(goma.hand, goma.give(), goma.hand.writer, public=thief.public.hex())
    assert reasons(bukavu, bad)["goma-1"] == {"wrong-key"}
    assert bukavu.store.head(goma.hand.writer) is None


def restored(office: Office) -> Office:
    """The office as a backup of now would bring it back: the same keys, its own memory."""
    copy = object.__new__(Office)
    copy.__dict__.update(office.__dict__)
    store = MemoryStore(root=office.store.root)
    for writer in office.store.here():
        store.settle(writer)
    store.append_all(sorted(office.store.entries(), key=lambda e: (e.writer, e.sequence)))
    copy.store = store
    copy.ids = type(office.ids)(office.name + " restored")
    return copy


def test_a_restored_backup_that_writes_on_is_a_fork_and_everybody_who_sees_both_knows(pair):
    goma, bukavu = pair
    copy = restored(goma)
    goma.say("withdrawn")
    copy.say("still open")
    bukavu.take(copy.give())
    assert bukavu.said() == ["still open"]
    merged = bukavu.take(goma.give())
    told = next(one for one in merged.chains if one.writer == goma.hand.writer)
    assert [no.reason for no in told.not_taken] == ["fork", "fork"]  # the entry, and the head
    assert "signed another entry for number 0 than the one that is here" in told.says()
    assert bukavu.said() == ["still open"]
    assert "forked" in bukavu.doubts(goma.hand.writer)
    # What proves it goes on with bukavu's own chain, to offices that hold either branch.
    for taken in (goma, copy):
        reader = Office("uvira")
        reader.trust(goma, bukavu)
        reader.take(taken.give())
        assert "forked" not in reader.doubts(goma.hand.writer)
        reader.take(bukavu.give())
        assert "forked" in reader.doubts(goma.hand.writer)


def test_a_register_learns_that_it_is_an_older_copy(pair):
    goma, bukavu = pair
    goma.say("one")
    copy = restored(goma)
    goma.say("two")
    bukavu.take(goma.give())
    before = copy.store.hashes(goma.hand.writer)
    copy.trust(bukavu)
    copy.take(bukavu.give(), hand=copy.hand)
    assert copy.store.hashes(goma.hand.writer)[: len(before)] == before
    assert "two" not in copy.said()
    assert "forked" in copy.doubts(goma.hand.writer)


def test_an_old_head_never_moves_a_newer_one_back(pair):
    goma, bukavu = pair
    goma.say("one")
    old = goma.give()
    goma.say("two")
    new = goma.give()
    bukavu.take(new)
    then = bukavu.view().writers[goma.hand.writer]
    merged = bukavu.take(old)
    assert merged.receipt is None
    assert {no.reason for one in merged.chains for no in one.not_taken} == {"old-head"}
    assert bukavu.view().writers[goma.hand.writer] == then
    assert then.complete_at == new.made_at


def test_the_newest_head_of_a_writer_counts(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give())
    new = goma.give()
    assert bukavu.take(new).receipt is not None
    assert bukavu.view().writers[goma.hand.writer].complete_at == new.made_at


def test_a_shorter_chain_at_a_later_time_is_a_contradiction(pair):
    goma, bukavu = pair
    goma.say("one")
    copy = restored(goma)
    goma.say("two")
    bukavu.take(goma.give())
    merged = bukavu.take(copy.give())
    told = next(one for one in merged.chains if one.writer == goma.hand.writer)
    assert {no.reason for no in told.not_taken} == {"contradiction"}
    assert "a restored copy of it writes, or its clock was put back" in told.says()
    assert bukavu.doubts(goma.hand.writer) == {"rolled-back"}


def test_what_a_revoked_key_writes_on_is_not_taken(pair):
    goma, bukavu = pair
    entry = goma.say("one")
    seized = restored(goma)
    goma.revoke(goma.hand.writer, 1, entry.hash, "laptop taken")
    bukavu.take(goma.give(hand=goma.root))
    seized.say("all is well")
    merged = bukavu.take(seized.give())
    assert "The key of" in "".join(no.says for one in merged.chains for no in one.not_taken)
    assert bukavu.said() == ["one"]
    assert "revoked" in bukavu.doubts(goma.hand.writer)


def test_a_revocation_that_comes_later_takes_back_what_was_taken(pair):
    goma, bukavu = pair
    entry = goma.say("one")
    seized = restored(goma)
    seized.say("all is well")
    bukavu.take(seized.give())
    then = bukavu.now()
    assert bukavu.said() == ["one", "all is well"]
    goma.revoke(goma.hand.writer, 1, entry.hash)
    bukavu.take(goma.give(hand=goma.root))
    assert bukavu.said() == ["one"]
    assert bukavu.said(then) == ["one", "all is well"]


def test_an_id_of_another_entry_ends_what_is_taken_and_stops_nobody_else(pair):
    goma, bukavu = pair
    uvira = Office("uvira")
    goma.trust(uvira)
    bukavu.trust(uvira)
    mine = goma.say("one")
    uvira.say("mine now", id=mine.id)
    bukavu.take(goma.give())
    assert reasons(bukavu, uvira.give()) == {"uvira-1": {"id-taken"}}
    assert bukavu.said() == ["one"]
    assert "gapped" in bukavu.doubts(uvira.hand.writer)


def test_what_only_a_replay_may_hold_is_not_taken(pair):
    goma, bukavu = pair
    goma.say("one")
    entry = goma.store.head(goma.hand.writer)
    assert entry is not None
    replay = MemoryStore(replay=True, root=goma.root.writer)
    for writer in goma.store.here():
        replay.settle(writer)
    replay.append_all(sorted(goma.store.entries(), key=lambda e: (e.writer, e.sequence)))
    goma.store = replay
    goma.say("long ago", claimed_at=5)
    assert reasons(bukavu, goma.give()) == {"goma-1": {"replay-only"}}
    assert bukavu.said() == ["one"]
    with pytest.raises(RegisterError, match="The register is a replay"):
        goma.take(bukavu.give())


def test_a_device_that_no_root_has_introduced_cannot_merge(pair):
    goma, bukavu = pair
    new = a_hand("bukavu-2")
    bukavu.store.settle(new.writer)
    with pytest.raises(KeyRefused, match="No root has introduced bukavu-2"):
        bukavu.take(goma.give(), hand=new)
    with pytest.raises(KeyRefused, match="does not write into this register"):
        bukavu.take(goma.give(), hand=goma.hand)
    bukavu.introduce(new)
    bukavu.take(goma.give(), hand=new)


def test_a_device_with_its_own_store_learns_of_its_root_by_the_first_bundle():
    goma = Office("goma")
    field = a_hand("field-1")
    goma.introduce(field)
    goma.say("one")
    own = Office("field", root=goma.root)
    own.hands = [field]
    own.store.settle(field.writer)
    own.take(goma.give())
    assert own.said() == ["one"]
    own.say("two")
    goma.take(own.give(hands=[field]))
    assert goma.said() == ["one", "two"]


def test_offices_that_exchanged_everything_hold_the_same(pair):
    goma, bukavu = pair
    for office in pair:
        office.say(f"by {office.name}")
    bundles = [office.give() for office in pair]
    limits = {h.writer: h.size for office in pair for h in office.store.heads()}
    for office in pair:
        for bundle in bundles:
            office.take(bundle)
    cut = [
        {writer: office.store.hashes(writer)[:size] for writer, size in limits.items()}
        for office in pair
    ]
    assert cut[0] == cut[1]
    assert goma.said() == bukavu.said()


def test_the_result_as_json_says_all_of_it_in_words(pair):
    goma, bukavu = pair
    goma.say("one")
    told = bukavu.take(goma.give()).as_json()
    assert told["office"] == "goma"
    assert told["maker_known"] is True
    assert told["head"] == register_head(roots_of(bukavu.store))
    assert told["receipt"] == next(e.id for e in bukavu.store.entries() if e.kind == "receipt")
    assert told["chains"][0] == {
        "writer": goma.hand.writer,
        "office": "goma",
        "new": 1,
        "filled": 0,
        "withheld": 0,
        "had": 0,
        "size": 1,
        "told_size": 1,
        "told_at": told["made_at"],
        "fresher": True,
        "not_taken": [],
        "says": f"{goma.hand.writer} of goma: 1 new; by its own word it had written nothing else "
        f"up to {utc(told['made_at'])}.",
    }


def test_personal_content_goes_only_when_it_is_given(pair):
    from safeconduct.register import Personal

    goma, bukavu = pair
    name = Personal.of("A. B.", bytes(range(32)))
    head = goma.store.head(goma.hand.writer)
    assert head is None
    goma.say("one", body={"is": "statement", "says": "one", "by": str(name.commitment)})
    assert goma.give().personal == ()
    bukavu.take(goma.give(personal=[name]))
    assert bukavu.store.personal(name.commitment) == "A. B."


def test_numbers_as_runs():
    assert runs([]) == ()
    assert runs([3, 1, 2, 9, 5, 6]) == ((1, 4), (5, 7), (9, 10))
