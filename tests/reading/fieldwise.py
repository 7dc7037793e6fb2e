"""What an act of the gold and a draft say field by field, and how much of it is the same.

Closed lists, ids, numbers and times must be equal. Persons and offices are compared as names
(`pairing.same_name`). Areas are the same where their words are: two thirds of the characters that
either holds are held by both ("Aleppo" is not "Old Aleppo"), or they are equal once folded.
A condition is the same where the kind is and the words meet; what is lacking, where the words meet.
An answer is the same where the draft it points to is paired with the act that the gold points to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from safeconduct.spacetime import utc
from safeconduct.spacetime.localtime import Edge, instant
from tests.reading.pairing import closeness, folded, same_act, same_actor, same_name

Act = Mapping[str, Any]
FIELDS = (
    *("act", "negated", "speaker", "office", "actor", "party", "telling", "kind", "means"),
    *("areas", "corridors", "purposes", "directions", "for_whom", "conditions", "to"),
    *("deadline", "of", "result", "lacks", "low", "high", "unit"),
)
# Fields that tell apart two acts of one actor in the same words.
TELLING_APART = ("kind", "means", "purposes", "directions", "for_whom", "corridors", "low", "high")


def moment(local: str | None, zone: str) -> str | None:
    """A time of the gold as a reading gives it; None stays None."""
    return None if local is None else utc(instant(local, zone, edge=Edge.START))


def of_gold(act: Act, field: str, zone: str) -> list[Any]:
    """What an act of the gold says in a field, as a list; empty where it says nothing."""
    if field == "act":
        return [act["is"]]
    if field == "party":
        return [act.get("party", act["actor"])]
    if field == "negated":
        return [True] if act.get("negated") else []
    found = act.get(field)
    if field == "deadline" and found is not None:
        return [moment(found, zone)]
    if found is None:
        return []
    return list(found) if isinstance(found, list) else [found]


def of_draft(draft: Act, field: str) -> list[Any]:
    """What a draft says in a field, each with its words, as a list."""
    if field == "party" and not draft.get("party"):
        return [draft["actor"]]
    found = draft.get(field)
    if found is None:
        return []
    return list(found) if isinstance(found, list) else [found]


def said_by(draft: Act, field: str) -> list[Any]:
    """As `of_draft`, less what says nothing that can be right: not negated, an open deadline."""
    found = of_draft(draft, field)
    if field == "negated":
        return [one for one in found if one["value"]]
    if field == "deadline":
        return [one for one in found if one["value"].get("at")]
    return found


def same(field: str, gold: Any, read: Any, text: str) -> bool:
    """Whether one value of the gold and one of a draft are the same; not for `of`."""
    at = read["at"]
    if field in ("speaker", "office"):
        return any(same_name(gold, str(read[part])) for part in ("value", "words"))
    if field == "areas":
        return closeness(gold, text, at) >= 2 / 3 or folded(gold) == folded(read["words"])
    if field == "lacks":
        return closeness(gold, text, at) > 0
    if field == "conditions":
        return gold["kind"] == read["value"]["kind"] and closeness(gold["words"], text, at) > 0
    if field == "deadline":
        return bool(gold == read["value"]["at"])
    return bool(gold == read["value"])


def common(field: str, act: Act, draft: Act, text: str, zone: str, links: Mapping[str, int]) -> int:
    """How many values of a field an act and its draft have in common.

    Parameters
    ----------
    links : the number of the act, from 1, that each draft's id is paired with.
    """
    left = said_by(draft, field)
    if field == "of":
        found = [links.get(one["value"]) for one in left]
        return sum(number in found for number in of_gold(act, field, zone))
    count = 0
    for gold in of_gold(act, field, zone):
        for read in left:
            if same(field, gold, read, text):
                left.remove(read)
                count += 1
                break
    return count


def alike(text: str, zone: str) -> Any:
    """How many values that tell acts apart an act and a draft have in common, for the pairing."""

    def counted(act: Act, draft: Act) -> int:
        if not (same_act(act, draft) and same_actor(act, draft)):
            return 0
        found = sum(common(field, act, draft, text, zone, {}) for field in TELLING_APART)
        party = common("party", act, draft, text, zone, {})
        return found + party + len(windows_in_common(act, draft, zone))

    return counted


Stated = tuple[str | None, str | None, bool]


def stated_windows(act: Act, zone: str) -> list[Stated]:
    """The windows of an act of the gold that could be resolved: start, end, daily."""
    return [
        (moment(one.get("from"), zone), moment(one.get("until"), zone), bool(one.get("daily")))
        for one in act.get("windows", ())
        if one.get("from") or one.get("until")
    ]


def read_windows(draft: Act) -> list[Stated]:
    """The windows of a draft that it resolved, at one end at least: start, end, daily."""
    found: Iterator[Mapping[str, Any]] = (one["value"] for one in draft.get("windows", ()))
    return [
        (one.get("start"), one.get("end"), bool(one.get("daily")))
        for one in found
        if one.get("start") or one.get("end")
    ]


def windows_in_common(act: Act, draft: Act, zone: str) -> list[Stated]:
    """The windows that both state exactly."""
    return shared(stated_windows(act, zone), read_windows(draft))


def shared(gold: Sequence[Stated], read: Sequence[Stated]) -> list[Stated]:
    """The windows in both lists, each as often as it stands in both."""
    left, found = list(read), []
    for one in gold:
        if one in left:
            left.remove(one)
            found.append(one)
    return found
