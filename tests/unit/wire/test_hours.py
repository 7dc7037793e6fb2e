"""Hours of what is to come, told by a party, are an offer, however it is worded."""

from __future__ import annotations

import pytest

from safeconduct.spacetime import utc
from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire import Act
from tests.unit.wire.reading import acts, reading


@pytest.mark.parametrize(
    "text",
    [
        "Russia says the way is clear from noon until nine tonight.",
        "The rebels will leave the fishing boats alone from 6 a.m. to 9 a.m. on Sunday.",
        "The Houthis are to stay silent until 6 p.m. on Wednesday.",
        "Les Houthis se tairont samedi de 9 heures à 14 heures.",
        "Rusia dejará libre el camino el sábado de 09.00 a 19.00.",
        "Россия не будет трогать дорогу в субботу с 09:00 до 19:00.",
    ],
)
def test_a_party_that_names_hours_to_come_offers_something(text: str) -> None:
    (draft,) = [one for one in reading(text).drafts if one.act.value is Act.ANNOUNCE]
    assert draft.actor.value in ("russia", "armed-opposition", "houthis")
    assert len(draft.windows) == 1


def test_the_window_is_that_of_the_hours() -> None:
    (draft,) = reading("Russia says the way is clear from noon to 9 p.m. on 5 November.").drafts
    (window,) = draft.windows
    assert window.value.start is not None and window.value.end is not None
    assert utc(window.value.start) == "2016-11-05T10:00:00Z"
    assert utc(window.value.end) == "2016-11-05T19:00:00Z"
    assert "hours" in draft.why


@pytest.mark.parametrize(
    "text",
    [
        "Russia says the road was under fire from 9 a.m. to 7 p.m. on Monday.",  # it is over
        "Russia says the road has been under fire since 9 a.m. on Monday.",
        "The UN says its office is open from 9 a.m. to 7 p.m. on Saturday.",  # no party
        "Would Russia stay silent from 9 a.m. to 7 p.m. on Saturday?",
        "The UN asked Russia to stay silent from 9 a.m. to 7 p.m. on Saturday.",  # it is asked
        "Russia rejected the pause from 9 a.m. to 7 p.m. on 5 November.",  # it is refused
        "Russia demands that the rebels leave from 9 a.m. to 7 p.m. on 5 November.",
    ],
)
def test_hours_that_are_over_or_nobody_s_to_offer_are_none(text: str) -> None:
    assert not any("announce" in one for one in acts(text)), acts(text)


def test_hours_beside_a_word_for_a_permit_offer_no_consent() -> None:
    text = "Russia says the permit is good from noon to 9 p.m. on 5 November."
    for draft in reading(text).drafts:
        assert draft.kind is None or draft.kind.value is not UndertakingKind.CONSENT
