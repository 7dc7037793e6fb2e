"""C5: recorded episodes with their plans: windows to the second, or party and stretch by name."""

from __future__ import annotations

from safeconduct.spacetime import utc
from tests.golden.test_plans import ALL, WITH_PLANS, planned
from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests


def show(run: Run) -> Shown:
    """Runs the golden plans, and tells each one in a line."""
    tally = run_tests(run, "tests/golden/test_plans.py")
    told = []
    for case, moment in ALL:
        plan = planned(case, moment)
        parties = sorted(
            {one["party"] for road in plan["blocked"] for one in road["obstacles"] if one["party"]}
        )
        windows = [(one["leave_from"], one["leave_until"]) for one in plan["windows"]]
        line = ", ".join(f"{first} to {last}" for first, last in windows)
        say = line or f"no window: {', '.join(parties)}"
        run.say(f"{case}, {moment.movement}, {utc(moment.at)}: {say}")
        told.append(
            {
                "case": case,
                "movement": moment.movement,
                "at": utc(moment.at),
                "windows": windows,
                "in_the_way": parties,
                "asks": len(plan["asks"]),
            }
        )
    words = f"{counted(tally, 'tests')}, {len(told)} plans of {len(WITH_PLANS)} episodes"
    return Shown(tally.clean and bool(told), words, {**tally.counts, "plans": told})
