"""The two ends of every leg, the way back, and the notices of both: rule G2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeconduct.vocabulary import UndertakingKind as Kind
from tests.verifier.words import At


def both_ends(judge: Any) -> Iterator[tuple[str, int, str]]:
    """Passage at both ends of each leg, a way back, notices that name every leg; as objections."""
    legs = judge.movement.legs
    first = judge.spots[0]
    for leg in legs:
        last = [spot for spot in judge.spots if spot.leg.id == leg.id and spot.place][-1]
        for spot in (first, last):
            for t in judge.sampled(spot):
                at = At(leg, *spot.grounds[0], t)
                for party, means in judge.keys(at):
                    if means is None and not judge.words.turned(Kind.PASSAGE, party, None, at):
                        yield "G2", spot.start, f"no passage by {party}, {leg.id}"
        first = last
    back = len(legs) > 1 and judge.spots[-1].place == judge.spots[0].place
    if not back and not judge.movement.one_way:
        yield "G2", judge.as_of, "no way back is planned, and no reason given"
    for notice in judge.notices():
        if not {leg.id for leg in legs} <= {*notice.legs}:
            yield "G2", notice.sent_at, f"notice {notice.id} leaves out a leg"
