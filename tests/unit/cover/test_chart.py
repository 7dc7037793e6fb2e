"""The cases of a key: which of its words reach each class of road, and when it is asked there."""

import random

import numpy as np

from safeconduct.cover.chart import Asking, Chart
from safeconduct.cover.keys import Key
from safeconduct.spacetime import NEVER, Spans
from safeconduct.vocabulary import UndertakingKind

AREAS = [f"area-{number}" for number in range(6)]
KEY = Key(UndertakingKind.PASSAGE, "party")
SPANS = (NEVER, Spans.one(10, 20), Spans.one(30, 40))


def charted(rng, count):
    """A chart of so many classes, and one key that it asks for at three different times."""
    within = [frozenset(rng.sample(AREAS, rng.randrange(4))) for _ in range(count)]
    when = np.array([rng.randrange(2) for _ in within], np.int64)
    asking = Asking(KEY, (2, 1), when, 0)
    holds = {area: np.array([area in held for held in within], np.bool_) for area in AREAS[:5]}
    return Chart(tuple((held, held) for held in within), SPANS, when, (asking,), holds)


def by_hand(chart, asking, words):
    """For every class: when it is asked, and the words that reach it, counted from 1."""
    known = chart.within.keys()
    return [
        (
            asking.spans[asking.when[number]],
            [
                1 + word
                for word, sets in enumerate(words)
                if all(within & areas & known for areas in sets)
            ],
        )
        for number, (_, within) in enumerate(chart.classes)
    ]


def told(chart, asking, words):
    cases = chart.cases(asking, words)
    ends = np.cumsum(cases.parts)
    parts = [
        cases.part[end - many : end].tolist() for many, end in zip(cases.parts, ends, strict=True)
    ]
    assert all(part[0] == 0 for part in parts)
    return [(int(cases.asked[case]), parts[case][1:]) for case in cases.of.tolist()]


def test_every_class_is_the_case_of_the_words_that_reach_it():
    for seed in range(30):
        rng = random.Random(seed)
        chart = charted(rng, rng.randrange(1, 60))
        words = tuple(
            tuple(
                frozenset(rng.sample(AREAS, rng.randrange(4))) for _ in range(rng.randrange(1, 3))
            )
            for _ in range(rng.randrange(14))
        )
        (asking,) = chart.askings
        assert told(chart, asking, words) == by_hand(chart, asking, words)
        assert chart.cases(asking, words) is chart.cases(asking, words)


def test_a_key_without_words_has_a_case_for_each_time_at_which_it_is_asked():
    chart = charted(random.Random(1), 9)
    (asking,) = chart.askings
    cases = chart.cases(asking, ())
    assert (cases.asked.tolist(), cases.part.tolist()) == ([2, 1], [0, 0])


def test_the_largest_bundle_stands_first():
    chart = charted(random.Random(1), 4)
    place, deep = chart.bundled(((2,), (0, 1, 3), (1, 2)))
    assert place.tolist() == [2, 0, 1]
    assert [each.tolist() for each in deep] == [[0, 1, 2], [1, 2], [3]]
