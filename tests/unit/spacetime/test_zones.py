"""The pinned time zone database."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

import pytest

from safeconduct.errors import UnknownZone, WrongField
from safeconduct.spacetime import known_zones, tz_version
from safeconduct.spacetime.zones import end_of_gap, existing_readings, readings, zone_named

DAMASCUS = zone_named("Asia/Damascus")


def at(date: str, hour: int, minute: int = 0) -> int:
    """The instant of a UTC time, given as hour and minute."""
    moment = dt.datetime.combine(dt.date.fromisoformat(date), dt.time(hour, minute), dt.UTC)
    return int(moment.timestamp())


def test_the_machines_own_zone_files_are_switched_off() -> None:
    assert zoneinfo.TZPATH == ()


def test_the_version_is_a_year_and_a_letter() -> None:
    assert tz_version()[:4].isdigit()
    assert tz_version()[4:].isalpha()


def test_the_database_knows_the_zones_of_the_cases_but_not_the_word_for_unknown() -> None:
    cities = {"Asia/Damascus", "Europe/Kyiv", "Asia/Aden", "Africa/Khartoum", "Asia/Gaza", "UTC"}
    assert cities <= known_zones()
    assert "Factory" not in known_zones()


def test_a_misspelt_zone_is_refused_with_close_names() -> None:
    with pytest.raises(UnknownZone) as refused:
        zone_named("Asia/Damscus")
    assert f"'Asia/Damscus' is not in the time zone database {tz_version()}" in str(refused.value)
    assert refused.value.remedy.startswith("Did you mean Asia/Damascus")
    assert refused.value.facts["close"][0] == "Asia/Damascus"


@pytest.mark.parametrize("name", ["damascus", "asia/damascus", "Damascus"])
def test_a_city_or_a_wrong_case_leads_to_the_full_name(name: str) -> None:
    with pytest.raises(UnknownZone, match="Did you mean Asia/Damascus"):
        zone_named(name)


@pytest.mark.parametrize("name", ["", "Factory", "../etc/passwd", "local time"])
def test_what_is_like_no_zone_gets_the_form_of_one(name: str) -> None:
    with pytest.raises(UnknownZone, match="of the form Area/City, for example Asia/Damascus"):
        zone_named(name)


def test_a_zone_that_is_no_text_is_refused() -> None:
    number: Any = 2
    with pytest.raises(WrongField, match="A zone must be the text of an IANA name, but 2 is"):
        zone_named(number)


def test_an_ordinary_time_has_one_reading() -> None:
    nine = dt.datetime(2016, 11, 4, 9)
    assert readings(nine, DAMASCUS) == (at("2016-11-04", 7), at("2016-11-04", 7))
    assert existing_readings(nine, DAMASCUS) == (at("2016-11-04", 7),)


def test_a_time_shown_twice_has_two_existing_readings() -> None:
    # On 28 October 2016 at 00:00 (+3) the clocks of Damascus went back to 27 October 23:00 (+2).
    half_past = dt.datetime(2016, 10, 27, 23, 30)
    assert existing_readings(half_past, DAMASCUS) == (
        at("2016-10-27", 20, 30),
        at("2016-10-27", 21, 30),
    )


def test_a_skipped_time_has_two_readings_and_neither_exists() -> None:
    # On 25 March 2016 at 00:00 (+2) the clocks of Damascus went on to 01:00 (+3).
    skipped = dt.datetime(2016, 3, 25, 0, 30)
    assert readings(skipped, DAMASCUS) == (at("2016-03-24", 21, 30), at("2016-03-24", 22, 30))
    assert existing_readings(skipped, DAMASCUS) == ()
    assert end_of_gap(skipped, DAMASCUS) == at("2016-03-24", 22)
