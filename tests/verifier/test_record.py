"""The engine and the second opinion agree on every undertaking of hundreds of made-up worlds."""

from __future__ import annotations

import os

from tests.laws.histories import told, undertakings
from tests.verifier.record import Opinion, opinions
from tests.worlds.aftermath import aftermath

COUNT = int(os.environ.get("SAFECONDUCT_COUNT", "400"))
FIRST = int(os.environ.get("SAFECONDUCT_SEED", "1")) * 1_000_000


def test_the_second_opinion_on_every_undertaking_is_the_same() -> None:
    tried, differ = 0, []
    for seed in range(FIRST, FIRST + COUNT):
        world = aftermath(seed)
        engine = {
            id: Opinion(one.given.value, one.state.value, one.is_looked_at, one.notice_s)
            for id, one in undertakings(told(world)).items()
        }
        other = opinions(world)
        tried += len(other)
        differ += [
            (seed, id, engine.get(id), other.get(id))
            for id in sorted({*engine, *other})
            if engine.get(id) != other.get(id)
        ]
    assert differ == []
    assert tried > COUNT
