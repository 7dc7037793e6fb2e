"""An offer that its hours tell: "the way is clear from noon until nine", said by a party.

Words for offering have no end, hours have a grammar. Who holds arms and names the hours of
something to come says what he will let happen; where no other act takes those hours, that is an
offer, however it is worded. An offer by itself covers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.draft import Act, ReadWindow
from safeconduct.wire.found import Found
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Place, is_party
from safeconduct.wire.scene import Who, actors_of
from safeconduct.wire.times import TimeFound, TimeKind
from safeconduct.wire.when import When

_OFFERS = frozenset({Act.ANNOUNCE, Act.GUARANTEE, Act.CONSENT, Act.ACCEPT, Act.NARROW, Act.CONFIRM})
_TAKING = frozenset({Act.SUSPEND, Act.WITHDRAW, Act.REQUEST, Act.DEMAND, Act.REJECT, Act.DO})


def told_by_hours(place: Place, acts: Sequence[Found], when: When) -> list[Found]:
    """The acts of a sentence, with the offer that its hours tell where none of them takes those."""
    kept = list(acts)
    if any(one.act in _OFFERS for one in acts) or not _may_have(place):
        return kept
    hours = next((one for one in when.of(place.number) if _is_to_come(one, when)), None)
    if hours is None or _are_taken(place, hours, acts):
        return kept
    sign = _sign(place, hours)
    who = _who(place, acts, sign)
    if who is None or place.supposed(Hit("", "", *sign)):
        return kept
    actor = who.mentions[0].actor
    kept = [one for one in kept if one.act is not Act.REPORT or one.mention.actor != actor]
    return [*kept, *(_offer(place, who, one, sign) for one in actors_of(who))]


def _may_have(place: Place) -> bool:
    """Whether a number stands beside a party: times are read only where they may matter."""
    first, end = place.span
    numbers = place.marked.of_table("numbers", first, end)
    if not any(one.is_number for one in place.marked.tokens[first:end]) and not any(numbers):
        return False
    if any(is_party(one) for one in place.scene.within(*place.span)):
        return True
    return any(is_party(one) for frame in place.frames for one in frame.who.mentions)


def _is_to_come(one: TimeFound, when: When) -> bool:
    """Whether hours are told, and not only of what is over."""
    if one.kind is not TimeKind.WINDOW or not isinstance(one.what, ReadWindow):
        return False
    edges = [edge for edge in (one.said.start, one.said.end) if edge is not None]
    if not any(edge.clock is not None for edge in edges) and one.what.end is None:
        return False
    if one.said.end is None and not one.said.daily and one.said.length is None:
        return False  # "since nine"
    today = when.first_of_day()
    return today is None or one.what.end is None or one.what.end > today


def _are_taken(place: Place, hours: TimeFound, acts: Sequence[Found]) -> bool:
    """Whether an act in the clause of the hours is what they bound."""
    return any(
        one.act in _TAKING and place.marked.words(one.scope[0], one.scope[1] - 1).holds(hours.at)
        for one in acts
    )


def _sign(place: Place, hours: TimeFound) -> Span:
    """The words that say what is offered, else the hours themselves."""
    offered = list(_offered(place, *place.span))
    if offered:
        near = min(offered, key=lambda hit: _gap(place, hit, hours))
        return near.first, near.last
    tokens = place.marked.tokens
    within = [n for n in range(*place.span) if hours.at.start <= tokens[n].start < hours.at.end]
    return within[0], within[-1]


def _offered(place: Place, first: int, end: int) -> Iterator[Hit]:
    """What may be offered; a consent is given or not, and follows from no hours."""
    found = place.marked.of_table("undertakings", first, end)
    return (hit for hit in found if hit.key != UndertakingKind.CONSENT.value)


def _gap(place: Place, hit: Hit, hours: TimeFound) -> int:
    at = place.marked.words(hit.first, hit.last)
    return max(at.start - hours.at.end, hours.at.start - at.end)


def _who(place: Place, acts: Sequence[Found], sign: Span) -> Who | None:
    """Whose the hours are: of whom the sentence tells something, who speaks, its subject."""
    told = next((one for one in acts if one.act is Act.REPORT and is_party(one.mention)), None)
    if told is not None:
        return told.voice
    frame = place.frame_at(sign[0])
    if frame is not None:
        return frame.who if all(map(is_party, frame.who.mentions)) else None
    scene = place.scene
    lead = next((one for one in scene.within(*place.span) if scene.is_subject(one)), None)
    if lead is None or not is_party(lead):
        return None
    many = scene.together(lead)
    return Who(many, (many[0].first, many[-1].last)) if all(map(is_party, many)) else None


def _offer(place: Place, who: Who, mention: Mention, sign: Span) -> Found:
    hit = next(_offered(place, sign[0], sign[1] + 1), None)
    return Found(
        act=Act.ANNOUNCE,
        sign=sign,
        voice=who,
        mention=mention,
        frame=place.frame_at(sign[0]),
        sentence=place.number,
        scope=place.span,
        rule="a party names the hours of what is to come",
        kind=UndertakingKind(hit.key) if hit else None,
        kind_at=sign if hit else None,
        negation=place.negation(sign) if hit else None,
    )
