"""What is asked of speed: a figure that is missing, or at its limit, does not hold."""

from __future__ import annotations

from bench.limits import Line, late_without_a_bound, lines, reading_lines, register_lines


def named(figures: dict[str, object], name: str) -> Line:
    return next(line for line in lines(figures) if line.name == name)


def opening(seconds: float) -> Line:
    measured = {"roads": {"country": {"opening": {"median_s": seconds}}}}
    return named(measured, "opening the country")


def test_a_figure_under_its_limit_holds() -> None:
    assert opening(0.04).held


def test_what_must_be_under_its_limit_misses_at_the_limit() -> None:
    assert opening(0.05).missed == "opening the country: 0.05 s, asked under 0.05 s"
    assert not opening(0.05).held


def test_nothing_measured_is_nothing_held() -> None:
    assert not any(line.held for line in lines({}))
    assert "not measured" in named({}, "opening the country").missed


def test_a_rival_is_held_against_our_static_search() -> None:
    searches = {"static": {"to_floor": 0.8}, "networkx": {"to_floor": 16.0}}
    line = named(
        {"roads": {"porto": {"searches": searches}}}, "networkx to our static search, Porto"
    )
    assert (line.measured, line.held) == (20.0, True)  # 16 / 0.8


def test_a_rival_that_was_left_out_says_why() -> None:
    figures = {"roads": {"porto": {"missing": {"pgRouting": "no PostgreSQL answers"}}}}
    line = named(figures, "pgRouting to our static search, Porto")
    assert line.found == "not measured: no PostgreSQL answers"


def test_asks_where_no_list_helps_have_measured_nothing() -> None:
    name = "asks for a grid of 60 candidates, the slowest, Porto"
    for lists, held in ((0, False), (3, True)):
        asked = {"porto_60": {"worst_s": 2.0, "with_a_list": lists}}
        line = named({"asks": asked}, name)
        assert line.held is held
    assert "has a list" in named({"asks": {"porto_60": {"worst_s": 2.0}}}, name).found


def test_a_list_for_a_country_comes_in_ten_seconds_or_with_its_bound() -> None:
    name = "asks for a grid of 120 candidates, the country, over 10 s and without a bound"
    for late, held in ((0, True), (1, False)):
        asked = {"country_120": {"late_without_a_bound": late, "with_a_list": 7}}
        assert named({"asks": asked}, name).held is held
    found = [{"asks_s": 12.0, "bound": [3, 4]}, {"asks_s": 9.0, "bound": None}]
    assert not any(map(late_without_a_bound, found))
    assert late_without_a_bound({"asks_s": 12.0, "bound": None})


def test_a_register_of_fewer_entries_than_are_asked_for_has_measured_nothing() -> None:
    measured = {
        "entries": 100_000,
        "more": 20_000,
        "verifying": {"seconds": 12.0},
        "next": {"worst_ms": 50.0},
        "bitemporal": {"median_ms": 0.5},
    }
    verified, drawn, answer, known = register_lines({"register": measured})
    assert (verified.held, drawn.held, answer.held, known.held) == (True, False, False, False)
    assert drawn.found == "not measured: no register.replay.seconds"
    assert answer.missed.endswith("of 100,000: 50 ms, asked under 50 ms")
    assert known.found == "not measured: on 20,000 entries only"


def test_a_reader_is_held_to_the_least_that_it_must_read_in_a_second() -> None:
    measured = {"reading": {"plain": {"a_second": 199.0}, "pages": {"a_second": 40.0}}}
    plain, pages, slowest, memory = reading_lines(measured)
    assert (plain.held, pages.held) == (False, True)
    assert (
        plain.missed == "plain reports of 400 words in a second: 199 a second, asked at least "
        "200 a second"
    )
    assert not slowest.held and not memory.held
