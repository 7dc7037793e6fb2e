"""A1: from a fresh clone, one command shows the Aleppo case, and the answer is the record's."""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.show.commands import CampaignBroken, stream, surroundings
from tests.show.run import Run, Shown

TIMED = True
LIMIT_S = 120

ASSESS = (
    *("assess", "aleppo-2016-11-04", "--movement", "un-aid-east-aleppo"),
    *("--at", "2016-11-04T07:30:00Z", "--json"),
)
# Before the offer of 2 November was made, and before anyone rejected it.
EARLIER = "2016-11-01T00:00:00Z"
NO_GO = 4

Finding = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A failing finding that the answer must hold: by rule, and by party or code where given."""

    what: str
    rules: frozenset[str]
    party: str | None = None
    codes: frozenset[str] = frozenset()
    says: str = ""

    def among(self, findings: list[Finding]) -> list[Finding]:
        """The failing findings that are this one."""
        return [finding for finding in findings if failing(finding) and self._is(finding)]

    def _is(self, finding: Finding) -> bool:
        return (
            finding["rule"] in self.rules
            and self.party in (None, finding.get("party"))
            and (not self.codes or finding.get("code") in self.codes)
            and self.says in json.dumps(finding, ensure_ascii=False).lower()
        )


# The one table of what the answer must name. The record: ../shared/cases, 4 November 2016.
A1, A6, T1 = frozenset({"A1"}), frozenset({"A6"}), frozenset({"T1"})
REJECTED = frozenset({"REJECTED"})
RUSSIA, SYRIA, OPPOSITION = "russia", "syria-government", "armed-opposition"
WANTED = (
    Wanted("Russia is bound to nothing for aid entering", A1, RUSSIA),
    Wanted("the Syrian government is bound to nothing for aid entering", A1, SYRIA),
    Wanted("the armed opposition rejected", A1, OPPOSITION, REJECTED),
    Wanted("the offer is tied to a military demand", A6),
    Wanted("the window is shorter than the operation, by our reading", T1, says="our reading"),
)
# Those of them that did not exist yet on 1 November.
NOT_YET = WANTED[2:4]
PARTIES = (RUSSIA, SYRIA, OPPOSITION)


def show(run: Run) -> Shown:
    """Clones, runs `make demo` under the clock, and asks the same question at two moments."""
    clone = _clone(run)
    seconds = _demo(run, clone)
    then = _assess(run, clone)
    before = _assess(run, clone, "--known-at", EARLIER)
    doubts = wrong(then) + wrong_before(before, then)
    for doubt in doubts:
        run.say(f"wrong: {doubt}")
    figures = {"demo_s": round(seconds, 1), "limit_s": LIMIT_S, "doubts": doubts}
    words = f"make demo {seconds:.0f} s from a fresh clone, {len(doubts)} doubts in two answers"
    words += f" ({'; '.join(doubts)})" if doubts else ""
    slow = (f"make demo took {seconds:.0f} s of {LIMIT_S}",) if seconds >= LIMIT_S else ()
    return Shown(not doubts, words, figures, slow)


def wrong(answer: Finding) -> list[str]:
    """What the answer of 4 November lacks, against the record."""
    lacks = [wanted.what for wanted in WANTED if not wanted.among(answer["findings"])]
    return _not_no_go(answer) + [f"no finding that {what}" for what in lacks]


def wrong_before(before: Finding, then: Finding) -> list[str]:
    """What the answer known on 1 November says that nobody could know, or leaves out."""
    doubts = _not_no_go(before)
    if before["hash"] == then["hash"]:
        doubts.append(f"known at {EARLIER}, the answer is the same")
    for wanted in NOT_YET:
        if wanted.among(before["findings"]):
            doubts.append(f"known at {EARLIER}, it already says that {wanted.what}")
    later = {
        id for wanted in NOT_YET for one in wanted.among(then["findings"]) for id in cited(one)
    }
    early = later & {id for finding in before["findings"] for id in cited(finding)}
    if early:
        doubts.append(f"known at {EARLIER}, it cites {', '.join(sorted(early))}")
    named = {finding.get("party") for finding in before["findings"] if failing(finding)}
    absent = [party for party in PARTIES if party not in named]
    if absent:
        doubts.append(f"known at {EARLIER}, nothing is missing from {', '.join(absent)}")
    return doubts


def failing(finding: Finding) -> bool:
    """Whether a finding stands against going."""
    return finding["status"] in ("unmet", "unknown")


def cited(finding: Finding) -> set[str]:
    """The statements that a finding rests on."""
    return set(map(str, finding.get("statements") or ()))


def _not_no_go(answer: Finding) -> list[str]:
    verdict = answer["verdict"]
    return [] if verdict == "no-go" else [f"the verdict is {verdict}, not no-go"]


def _clone(run: Run) -> Path:
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=run.root, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if changed:
        run.say(f"{len(changed)} changes that are not committed are not in the clone")
    folder = run.scratch / "fresh clone"  # with a space, since people's folders have them
    done = stream(
        ["git", "clone", "--quiet", "--no-hardlinks", str(run.root), str(folder)],
        root=run.scratch,
        say=run.say,
    )
    if done.code != 0:
        raise CampaignBroken(f"git clone exited {done.code}")
    return folder


def _demo(run: Run, clone: Path) -> float:
    done = stream(["make", "demo"], root=clone, say=run.say, environment=_newcomers())
    if done.code != 0:
        raise CampaignBroken(f"make demo exited {done.code} in a fresh clone")
    if not any("NO-GO" in line for line in done.lines):
        raise CampaignBroken("make demo did not print the verdict NO-GO")
    return done.seconds


def _newcomers() -> dict[str, str]:
    """No package kept from an earlier installation, and no virtual environment entered."""
    entered = os.environ.get("VIRTUAL_ENV", "")
    folders = os.environ.get("PATH", "").split(os.pathsep)
    path = os.pathsep.join(each for each in folders if not entered or entered not in each)
    return {"PIP_NO_CACHE_DIR": "1", "PATH": path, "VIRTUAL_ENV": "", "PYTHONPATH": ""}


def _assess(run: Run, clone: Path, *more: str) -> Finding:
    began = time.monotonic()
    command = [str(clone / ".venv" / "bin" / "safeconduct"), *ASSESS, *more]
    done = subprocess.run(
        command, cwd=clone, env=surroundings(), capture_output=True, text=True, check=False
    )
    run.say(f"safeconduct {' '.join((*ASSESS, *more))}: exit {done.returncode}")
    run.say(f"  in {time.monotonic() - began:.2f} s")
    if done.returncode != NO_GO:
        said = (done.stderr or done.stdout).strip()[-400:]
        raise CampaignBroken(f"assess exited {done.returncode}, not {NO_GO}: {said}")
    body: Finding = json.loads(done.stdout)
    return body
