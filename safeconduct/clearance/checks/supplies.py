"""Rule M2: medical supplies, item by item; an inspection is none of its business, a removal is."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.finding import Finding, Status
from safeconduct.vocabulary import GateChoice, ItemCount, LoadList, Purpose, Removal


def item_by_item(bench: Bench) -> list[Finding]:
    """Rule M2: what is loaded was approved, and what was taken out was decided on."""
    movement = bench.movement
    every = bench.situation.facts_of(LoadList, movement.id)
    removals = bench.situation.facts_of(Removal, movement.id)
    if not (bench.legs_for(Purpose.MEDICAL_SUPPLIES) or every or removals):
        return bench.not_applicable(
            "M2", "This movement carries no medical supplies, and no load list is recorded."
        )
    # The latest of this version; at a tie every one of them has to be right.
    lists = [one for one in every if one.version == movement.version]
    since = max((one.checked_at for one in lists), default=None)
    taken = [one for one in removals if since is None or one.removed_at >= since]
    found = [*_not_loaded(bench, lists), *_items(bench, lists)]
    found += [_undecided(bench, one) for one in taken if not _is_signed(one)]
    without = [_gone_without(bench, one) for one in taken if _is_signed(one)]
    if found:
        return [*found, *without]
    met = bench.met(
        "M2",
        "Every item that was approved is loaded, and nothing else.",
        statements=tuple(one.id for one in lists),
    )
    return [*met, *without]


def _not_loaded(bench: Bench, lists: list[LoadList]) -> Iterable[Finding]:
    if not lists or not all(one.items for one in lists):
        yield bench.finding(
            "M2",
            Status.UNKNOWN,
            "Nobody has recorded what was approved and what is loaded, item by item, for this "
            "version.",
            code="NOT-LOADED",
            statements=tuple(one.id for one in lists),
            waits=True,
            remedy="Check the load against what was approved, and record the list.",
        )


def _items(bench: Bench, lists: list[LoadList]) -> Iterable[Finding]:
    for code, what, differs in (
        ("ITEM-SHORT", "Less is loaded than was approved", _is_short),
        ("ITEM-UNAPPROVED", "More is loaded than was approved", _is_too_much),
    ):
        wrong = [item for one in lists for item in one.items if differs(item)]
        if wrong:
            counts = "; ".join(
                dict.fromkeys(f"{i.item}, {i.loaded} of {i.approved} approved" for i in wrong)
            )
            yield bench.finding(
                "M2",
                Status.UNMET,
                f"{what}: {counts}.",
                code=code,
                statements=tuple(one.id for one in lists),
                remedy="Load what was approved, have the difference approved, or let a named "
                "person sign for it; record the new list.",
            )


def _is_short(item: ItemCount) -> bool:
    return item.loaded < item.approved


def _is_too_much(item: ItemCount) -> bool:
    return item.loaded > item.approved


def _is_signed(removal: Removal) -> bool:
    return removal.choice is GateChoice.GO_WITHOUT and bool(removal.signed_by.strip())


def _taken(bench: Bench, removal: Removal) -> str:
    """What was taken out, by whom, where and when, as the beginning of a sentence."""
    treatments = f" ({removal.treatments} treatments)" if removal.treatments else ""
    where = f" at {clause(removal.where)}" if removal.where.strip() else ""
    return (
        f"{bench.name(removal.party)} took out {removal.count} x {removal.item}{treatments}"
        f"{where}, {bench.time(removal.removed_at)}"
    )


def _undecided(bench: Bench, removal: Removal) -> Finding:
    refused = removal.choice is GateChoice.REFUSE
    unsigned = removal.choice is GateChoice.GO_WITHOUT
    if refused:
        became = "the leader refuses to go without"
    else:
        became = "nobody signed to go without" if unsigned else "the leader has not decided yet"
    return bench.finding(
        "M2",
        Status.UNMET,
        f"{_taken(bench, removal)}; {became}.",
        code="ITEM-REMOVED",
        party=removal.party,
        statements=(removal.id,),
        remedy=f"{bench.name(removal.party)} must give the item back (a new load list shows it); "
        "or the leader signs to go without it. Report the removal.",
    )


def _gone_without(bench: Bench, removal: Removal) -> Finding:
    return bench.finding(
        "M2",
        Status.MET,
        f"{_taken(bench, removal)}; {clause(removal.signed_by)} signed to go without.",
        code="ITEM-REMOVED",
        party=removal.party,
        statements=(removal.id,),
    )
