"""What is known of each incident: who told it, whether they agree, and whether it was verified.

"Told incidents" in section 10 of docs/reference/semantics.md. The state in which a teller puts an
incident counts only where the teller is independent: a party cannot verify its own allegation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from safeconduct.situation import Situation
from safeconduct.vocabulary import (
    Allege,
    Incident,
    IncidentReview,
    IncidentState,
    Report,
    Statement,
    Telling,
)
from safeconduct.watch.given import is_independent


@dataclass(frozen=True, slots=True)
class Told:
    """One incident, by the tellings that count.

    Parameters
    ----------
    versions : what was told; more than one where the tellings differ.
    statements : ids of the statements that told it.
    tellers : the actors that told it.
    """

    id: str
    versions: tuple[Incident, ...]
    statements: tuple[str, ...]
    tellers: tuple[str, ...]
    independent: bool
    established: bool
    review: IncidentReview | None

    @property
    def is_disputed(self) -> bool:
        """Whether the tellings that count differ in what happened."""
        return len({_what(one) for one in self.versions}) > 1


def _what(incident: Incident) -> tuple[object, ...]:
    near = incident.near
    return incident.at, incident.means, frozenset(incident.areas), near, incident.attributed_to


_Telling = tuple[Incident, Statement, bool]


def told_incidents(situation: Situation) -> tuple[Told, ...]:
    """Every incident that was told and not dismissed, by id."""
    tellings: dict[str, list[_Telling]] = defaultdict(list)
    for said in situation.statements:
        for act in said.acts if said.id not in situation.assumed else ():
            if isinstance(act, Report | Allege) and act.incident is not None:
                sees = (
                    isinstance(act, Report)
                    and said.telling is not Telling.INFERRED
                    and is_independent(situation, said.actor)
                )
                tellings[act.incident.id].append((act.incident, said, sees))
    reviews: dict[str, list[IncidentReview]] = defaultdict(list)
    for review in situation.facts(IncidentReview):
        if review.id not in situation.assumed:
            reviews[review.of].append(review)
    found = (_told(id, tellings[id], reviews[id]) for id in sorted(tellings))
    return tuple(one for one in found if not _is_dismissed(one))


def _is_dismissed(told: Told) -> bool:
    return told.review is not None and told.review.state is IncidentState.DISMISSED


def _told(id: str, tellings: list[_Telling], reviews: list[IncidentReview]) -> Told:
    seen = [one for one in tellings if one[2]]
    review = _latest(reviews)
    # What nobody independent tells after a review neither undoes it nor hides behind it.
    by_then = [one for one in tellings if review is None or one[1].said_at <= review.reviewed_at]
    counting = seen or by_then or tellings
    told = Told(
        id=id,
        versions=tuple(incident for incident, _, _ in counting),
        statements=tuple(sorted({said.id for _, said, _ in counting})),
        tellers=tuple(sorted({said.actor for _, said, _ in counting})),
        independent=bool(seen),
        established=False,
        review=review,
    )
    established = not told.is_disputed and _is_established(counting, review, bool(seen))
    return replace(told, established=established)


def _latest(reviews: list[IncidentReview]) -> IncidentReview | None:
    """The latest review; where several of one moment differ, the incident is not verified."""
    last = max((review.reviewed_at for review in reviews), default=0)
    latest = [review for review in reviews if review.reviewed_at == last]
    if not latest:
        return None
    review = max(latest, key=lambda one: one.id)
    if len({one.state for one in latest}) > 1:
        return replace(review, state=IncidentState.UNVERIFIED)
    return review


def _is_established(
    counting: list[_Telling], review: IncidentReview | None, independent: bool
) -> bool:
    if review is None:
        verified = (one.state is IncidentState.VERIFIED for one, _, _ in counting)
        return independent and any(verified)
    if review.state is not IncidentState.VERIFIED or not review.by:
        return False
    return any(said.said_at <= review.reviewed_at for _, said, _ in counting)
