"""The page of bundled cases: what must be answered at which moment, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterator

from drawn.markdown import links, table
from safeconduct.adapters.files.casefile import Case, read_case
from safeconduct.adapters.files.casefolder import bundled_cases
from safeconduct.adapters.files.expected import Gap, Moment
from safeconduct.spacetime import show
from safeconduct.vocabulary import Actor, Assumption, Source

_HEAD = """\
# Bundled cases

Drawn from `safeconduct/cases` by `make docs`; do not edit this page.

Each case is a recorded episode. For every moment the page keeps apart what the humanitarians said
at the time (**stated**), what we read out of the record (**our reading**), and what was decided.
`safeconduct case check CASE` holds the program against all of it.

A replay sometimes needs a fact that no source records. Such **assumptions** are ours: each is
listed with its reason and counted beside every verdict. None of them fills a gap that the record
itself names, and a live register refuses them.

"""


def page() -> str:
    """Every bundled case: its moments and its assumptions."""
    cases = [read_case(folder) for folder in bundled_cases()]
    return _HEAD + _overview(cases) + "".join(part for case in cases for part in _case(case))


def _overview(cases: list[Case]) -> str:
    return table(
        ["case", "title", "moments", "verdicts expected", "assumptions"],
        (
            [
                f"[{case.id}](#{case.id})",
                case.title,
                str(len(case.expected)),
                ", ".join(dict.fromkeys(_verdict(one) for one in case.expected)),
                str(len(_assumptions(case))),
            ]
            for case in cases
        ),
    )


def _case(case: Case) -> Iterator[str]:
    yield f"\n## {case.id}\n\n**{case.title}.** {case.summary.strip()}\n"
    for moment in case.expected:
        yield from _moment(case, moment)
    yield "\n### Assumptions of " + case.id + "\n\n"
    assumed = _assumptions(case)
    if not assumed:
        yield "None.\n"
        return
    yield table(
        ["assumption", "rule", "what", "why", "records"],
        ([f"`{a.id}`", a.rule, a.what, a.why, str(len(a.supplies))] for a in assumed),
    )


def _moment(case: Case, moment: Moment) -> Iterator[str]:
    known = moment.known_at
    earlier = f", from what was known {show(known, case.zone)}" if known is not None else ""
    yield f"\n### {moment.movement}, {show(moment.at, case.zone)}{earlier}\n\n"
    yield f"- **Expected:** {_verdict(moment)}\n"
    if moment.decision:
        yield f"- **Decided:** {moment.decision.strip()}\n"
    for reason in moment.stated_reasons:
        found = [one.link for one in _sources(case, reason.sources) if one.link]
        where = f" {links(found)}" if found else ""
        yield f"- **Stated:** {reason.says.strip()} (rule {reason.rule}){where}\n"
    if not moment.stated_reasons:
        yield "- **Stated:** nothing on record for this moment.\n"
    yield f"- **Our reading:** {' '.join(moment.our_reading.split())}\n"
    if moment.gaps:
        yield f"- **Gaps that must be named:** {'; '.join(_gap(case, g) for g in moment.gaps)}\n"
    if moment.disagreement:
        yield f"- **Where the program cannot agree:** {' '.join(moment.disagreement.split())}\n"


def _verdict(moment: Moment) -> str:
    return moment.verdict.value.upper()


def _gap(case: Case, gap: Gap) -> str:
    names = {r.value.id: r.value.name for r in case.records if isinstance(r.value, Actor)}
    parts = [gap.rule, names.get(gap.party, gap.party), gap.code and f"`{gap.code}`", gap.place]
    return " ".join(part for part in parts if part)


def _assumptions(case: Case) -> list[Assumption]:
    return [one.value for one in case.records if isinstance(one.value, Assumption)]


def _sources(case: Case, wanted: tuple[str, ...]) -> list[Source]:
    found = {one.value.id: one.value for one in case.records if isinstance(one.value, Source)}
    return [found[id] for id in wanted if id in found]
