"""Small changes to a world in order: after some it still may go, after some it just may not.

Each change takes a world and a source of chance and gives another world, or None where the world
has nothing of the kind to change. A change need not be for the worse: a boundary moves either way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from safeconduct.errors import SafeconductError
from safeconduct.vocabulary import Movement
from tests.worlds import near_column, near_facts, near_people, near_roads, near_twins, near_words
from tests.worlds.changes import Change
from tests.worlds.world import World

CHANGES: tuple[Change, ...] = (
    near_words.shift_window,
    near_words.shift_window,
    near_words.shift_span,
    near_words.shift_span,
    near_words.shift_moment,
    near_words.recorded_later,
    near_words.shift_effect,
    near_words.fewer_areas,
    near_words.fewer_means,
    near_words.other_terms,
    near_words.other_telling,
    near_words.other_telling,
    near_words.narrower_confirm,
    near_words.string_attached,
    near_words.deed_undone,
    near_words.limit_added,
    near_words.limit_added,
    near_words.limit_answered,
    near_facts.record_lost,
    near_facts.presence_grows,
    near_facts.newcomer,
    near_facts.assessed_otherwise,
    near_facts.assessed_anew,
    near_facts.consent_otherwise,
    near_facts.fact_thinned,
    near_facts.fact_thinned,
    near_words.link_taken_back,
    near_facts.replanned,
    near_facts.new_version,
    near_facts.held_longer,
    near_facts.road_recut,
    near_facts.place_moved,
    near_facts.gate_put_up,
    near_people.case_otherwise,
    near_people.clearance_otherwise,
    near_people.told_again,
    near_people.care_otherwise,
    near_people.load_otherwise,
    near_people.item_taken,
    near_column.extra_vehicle,
    near_column.another_body,
    near_column.another_list,
    near_column.stale_gate_check,
    near_column.reconfirmed_too_early,
    near_column.ultimatum,
    near_column.unit_unconfirmed,
    near_column.escorted,
    near_roads.road_closed,
    near_roads.closure_otherwise,
    near_roads.driven_slower,
    near_roads.speed_forgotten,
    near_roads.halt_otherwise,
    near_roads.waiting_place_otherwise,
    near_words.idle_word,
    near_words.far_pause,
    near_words.second_chance,
    near_twins.one_telling_limited,
    near_twins.one_telling_limited,
    near_twins.one_telling_otherwise,
    near_twins.told_at_another_hour,
    near_twins.linked,
)
"""Every change; what happens most is listed twice."""


def mutate(world: World, rng: Random, changes: Sequence[Change] = CHANGES) -> World:
    """The world after one of these changes, drawn again until one applies; its name is noted."""
    while True:
        change = rng.choice(changes)
        try:
            changed = change(world, rng)
        except SafeconductError:  # the vocabulary refuses the value: nothing to try
            continue
        if changed is not None and not _clashes(changed):
            return replace(changed, mutated=(*changed.mutated, change.__name__))


def _clashes(world: World) -> bool:
    """Whether an id is used twice, which no register would have taken."""
    values = [value for value, _ in world.records]
    used = Counter((one.id, one.version if isinstance(one, Movement) else 0) for one in values)
    return max(used.values()) > 1
