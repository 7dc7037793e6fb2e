"""What an act that gives something says, without ids and without how strongly it was told.

Two tellings are alike when this is equal. The five fields of strength (form, specificity,
authority, depth, freshness) are left out: each telling counts by its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.spacetime import Spans, Window, utc
from safeconduct.vocabulary import Accept, Act, Confirm, Statement, Undertaking

Wording = Mapping[str, object]
"""Each field that matters, by the name that findings give it, as a value that can be compared."""


def wording(act: Act, said: Statement, alike: Mapping[str, tuple[str, ...]]) -> Wording:
    """What a grant, an acceptance or a confirmation says.

    Parameters
    ----------
    alike : the acts that are known to be one; what an act names is read through it.
    """
    found: dict[str, object] = {"verb": act.tag, "party": act.party, "speaker": said.actor}
    if isinstance(act, Accept | Confirm):
        found["what it answers"] = _names(alike.get(ref, (ref,))[0] for ref in act.of)
    if isinstance(act, Confirm):
        found["areas"] = None if act.areas is None else _names(act.areas)
        found["times"] = None if act.windows is None else _times(act.windows)
    undertaking = getattr(act, "undertaking", None)
    return found | (_terms(undertaking) if undertaking is not None else {})


def _terms(given: Undertaking) -> dict[str, object]:
    return {
        "kind": given.kind.value,
        "means": _names(one.value for one in given.means),
        "areas": _names(given.areas),
        "unnamed corridors": given.unnamed_corridors,
        "times": _times(given.windows),
        "time left unresolved": bool(given.unresolved),
        "open-ended": given.open_ended,
        "bounded by an event": bool(given.until_event),
        "purposes": _names(one.value for one in given.purposes),
        "directions": _names(one.value for one in given.directions),
        "for whom": _names(one.value for one in given.for_whom),
        # Their texts are the office's own words: what both tell is told of each by its twin.
        "conditions": tuple(
            sorted(
                f"{one.kind.value} on {one.on}" + (f", {one.order.value}" if one.order else "")
                for one in given.conditions
            )
        ),
        "deed": " ".join(given.deed.casefold().split()),
    }


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _times(windows: Iterable[Window]) -> Spans:
    return Spans.of(window.span for window in windows)


def differing(mine: Wording, theirs: Wording) -> Iterable[tuple[str, str, str]]:
    """The fields in which two wordings differ, each with both values in words."""
    for name in dict.fromkeys((*mine, *theirs)):
        if mine.get(name) != theirs.get(name):
            yield name, _told(mine.get(name)), _told(theirs.get(name))


def _told(value: object) -> str:
    if value is None:
        return "not told"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Spans):
        return ", ".join(f"{utc(one.start)} to {utc(one.end)}" for one in value) or "none"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "none"
