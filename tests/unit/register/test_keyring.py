"""Who may write: single rules, and random histories against a restatement of all of them."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from safeconduct.register import Entry
from safeconduct.register.hand import SecretHand
from safeconduct.register.keyring import sift
from safeconduct.register.keys import KeyIntroduced, OfficeTrusted
from tests.unit.register.offices import Office, a_hand


def entries(*offices: Office) -> list[Entry]:
    return [entry for office in offices for entry in office.store.entries()]


def counted(own: Office, *offices: Office) -> set[str]:
    """The ids of what counts in the eyes of an office."""
    return {entry.id for entry in sift(entries(own, *offices), own.root.writer).counted}


def test_the_devices_of_ones_own_root_count_and_those_of_a_trusted_one():
    goma, bukavu = Office("goma"), Office("bukavu")
    mine, theirs = goma.say("one"), bukavu.say("two")
    assert counted(goma, bukavu) >= {mine.id}
    assert theirs.id not in counted(goma, bukavu)
    goma.trust(bukavu)
    assert counted(goma, bukavu) >= {mine.id, theirs.id}


def test_trust_does_not_go_on_to_a_third():
    goma, bukavu, uvira = Office("goma"), Office("bukavu"), Office("uvira")
    goma.trust(bukavu)
    bukavu.trust(uvira)
    assert uvira.say("three").id not in counted(goma, bukavu, uvira)


def test_a_chain_without_its_root_counts_for_nothing():
    goma = Office("goma")
    entry = goma.say("one")
    found = sift([entry], goma.root.writer)
    assert (found.counted, [no.reason for no in found.refused]) == ((), ["unknown-key"])


def test_what_follows_the_last_right_signature_does_not_count():
    import dataclasses

    goma = Office("goma")
    said = [goma.say(words) for words in ("one", "two", "three")]
    spoilt = dataclasses.replace(said[2], signature="ab" * 64)
    found = sift([*goma.store.entries(goma.root.writer), *said[:2], spoilt], goma.root.writer)
    assert {entry.id for entry in found.counted} >= {said[0].id, said[1].id}
    assert [(no.entry.id, no.reason) for no in found.refused] == [(said[2].id, "bad-signature")]
    assert "vouches for 2 entries only" in found.refused[0].says


def test_another_root_that_introduces_a_device_too_does_not_shield_it():
    goma, bukavu, thief = Office("goma"), Office("bukavu"), Office("thief")
    goma.trust(thief, bukavu)
    device = bukavu.hand
    thief.write(thief.root, KeyIntroduced(device=device.device, public=device.public.hex()))
    entry = bukavu.say("one")
    assert entry.id in counted(goma, bukavu, thief)
    bukavu.revoke(device.writer, 0, "0" * 64)
    assert entry.id not in counted(goma, bukavu, thief)


def test_another_root_cannot_revoke_ones_own_devices_nor_a_third_root():
    goma, bukavu, thief = Office("goma"), Office("bukavu"), Office("thief")
    goma.trust(thief, bukavu)
    for hand in (goma.hand, bukavu.root, goma.root):
        thief.write(thief.root, KeyIntroduced(device=hand.device, public=hand.public.hex()))
        thief.revoke(hand.writer, 0, "0" * 64)
    mine, theirs = goma.say("one"), bukavu.say("two")
    assert counted(goma, bukavu, thief) >= {mine.id, theirs.id}


def test_a_root_that_revoked_itself_introduces_nobody_any_more():
    goma = Office("goma")
    before = goma.say("one")
    head = goma.store.head(goma.root.writer)
    assert head is not None
    goma.revoke(goma.root.writer, head.size, head.hash)
    late = a_hand("late")
    goma.introduce(late)
    goma.store.settle(late.writer)
    after = goma.say("two", late)
    assert before.id in counted(goma)
    assert after.id not in counted(goma)


def test_a_revocation_that_believes_another_chain_believes_nothing_of_this_one():
    goma = Office("goma")
    entry = goma.say("one")
    goma.revoke(goma.hand.writer, 1, "1" * 64)
    found = sift(entries(goma), goma.root.writer)
    assert [(no.entry.id, no.reason) for no in found.refused] == [(entry.id, "forked")]


# -- against a restatement


def restated(own: Office, offices: Sequence[Office], hands: dict[str, SecretHand]) -> set[str]:
    """What counts, said once more: plain sets and least numbers over what each root wrote."""
    chains: dict[str, list[Entry]] = {}
    for entry in sorted(entries(*offices), key=lambda e: e.sequence):
        chains.setdefault(entry.writer, []).append(entry)

    def introduced(root: str, limit: int, kind: str) -> list[str]:
        names = []
        for entry in chains.get(root, [])[:limit]:
            if entry.kind == kind and isinstance(entry.body, dict):
                names.append(next(w for w, h in hands.items()
                                  if h.public.hex() == entry.body["public"]))  # fmt: skip
        return names

    def revocations(root: str, of: str, limit: int = 10**6) -> list[tuple[int, str]]:
        return [
            (int(str(e.body["size"])), str(e.body["last"]))
            for e in chains.get(root, [])[:limit]
            if e.kind == "key-revoked" and isinstance(e.body, dict) and e.body["writer"] == of
        ]

    def least(words: list[tuple[int, str]]) -> tuple[int, str]:
        # Of those that believe equally much the first that was said; the own root speaks last.
        return min(words, key=lambda word: word[0], default=(10**6, ""))

    def good(writer: str, limit: tuple[int, str]) -> int:
        size, last = limit
        chain = chains.get(writer, [])
        if 0 < size <= len(chain) and chain[size - 1].hash != last:
            return 0
        return min(size, len(chain))

    me = own.root.writer
    my_limit = least(revocations(me, me))
    mine = introduced(me, my_limit[0], "key-introduced")
    roots = [w for w in dict.fromkeys(introduced(me, my_limit[0], "office-trusted"))
             if w not in mine or _first(chains[me], hands[w]) == "office-trusted"]  # fmt: skip
    roots = [w for w in roots if w != me]
    result = {e.id for e in chains[me][: good(me, my_limit)]}
    heard, speaks = {}, {}
    for root in roots:
        by_me = least(revocations(me, root))
        heard[root] = good(root, by_me)
        itself = least([by_me, *revocations(root, root, heard[root])])
        speaks[root] = set(introduced(root, min(itself[0], heard[root]), "key-introduced"))
        result |= {e.id for e in chains.get(root, [])[: good(root, itself)]}
    for writer in {*mine, *(w for named in speaks.values() for w in named)} - {me, *roots}:
        words = []
        if writer not in mine:
            for root in roots:
                if writer in speaks[root]:
                    words += revocations(root, writer, heard[root])
        words += revocations(me, writer)
        sizes = [size for size, _ in words]
        tied = {last for size, last in words if sizes and size == min(sizes)}
        if len(tied) > 1:
            raise Ambiguous
        result |= {e.id for e in chains.get(writer, [])[: good(writer, least(words))]}
    return result


class Ambiguous(Exception):
    """Two revocations that believe equally much, of different chains: which is heard is open."""


def _first(chain: Sequence[Entry], hand: SecretHand) -> str:
    return next(e.kind for e in chain
                if isinstance(e.body, dict) and e.body.get("public") == hand.public.hex()
                and e.kind != "office-root")  # fmt: skip


def test_random_histories_of_keys_count_as_the_rules_restated_say():
    tried = refused = 0
    for seed in range(400):
        chance = random.Random(seed)
        offices = [Office(name, devices=2) for name in ("goma", "bukavu", "uvira")]
        hands = {h.writer: h for o in offices for h in (o.root, *o.hands)}
        for _ in range(chance.randrange(4, 16)):
            office, other = chance.choice(offices), chance.choice(offices)
            act = chance.random()
            if act < 0.4:
                office.say("something", chance.choice(office.hands))
            elif act < 0.6:
                if other is not office:
                    office.trust(other)
            elif act < 0.75:
                hand = chance.choice(
                    [*other.hands, *([other.root] if chance.random() < 0.2 else [])]
                )
                office.write(
                    office.root, KeyIntroduced(device=hand.device, public=hand.public.hex())
                )
            else:
                writer = chance.choice(sorted(hands))
                home = next(o for o in offices if writer in o.store.here())
                hashes = home.store.hashes(writer)
                size = chance.randrange(len(hashes) + 1)
                last = hashes[size - 1] if size else "0" * 64
                if size and chance.random() < 0.2:
                    last = "1" * 64
                office.revoke(writer, size, last)
        try:
            expected = restated(offices[0], offices, hands)
        except Ambiguous:
            continue
        tried += 1
        found = counted(offices[0], *offices[1:])
        assert found == expected, f"seed {seed}"
        refused += len(entries(*offices)) - len(found)
    assert tried > 250
    assert refused > 1000


@pytest.mark.parametrize("record", [OfficeTrusted, KeyIntroduced])
def test_what_is_said_after_a_revocation_of_a_root_by_ones_own_root_is_not_heard(record):
    goma, bukavu = Office("goma"), Office("bukavu")
    goma.trust(bukavu)
    head = bukavu.store.head(bukavu.root.writer)
    assert head is not None
    goma.revoke(bukavu.root.writer, head.size, head.hash)
    late = a_hand("late")
    more = {"office": "x"} if record is OfficeTrusted else {}
    bukavu.write(bukavu.root, record(device=late.device, public=late.public.hex(), **more))
    bukavu.store.settle(late.writer)
    assert bukavu.say("late", late).id not in counted(goma, bukavu)
