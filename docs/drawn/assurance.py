"""The page of assurance: the laws and where each is tested, and the last figures of the shows."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from drawn.markdown import table

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "reference" / "assurance.json"
SHOWN = ROOT / "build" / "show"
TITLES = ROOT / "tests" / "show" / "expected.txt"

# Each law in a sentence; the numbers are used by `@pytest.mark.law(...)` in the tests.
LAWS = {
    1: "Dropping a grant never turns NO-GO into GO.",
    2: "Adding a limit, a suspension, a hazard or an incident never turns NO-GO into GO.",
    3: "What is unknown, unsigned, inferred or unreadable covers nothing.",
    4: "Nothing is covered outside the stated window, in the party's own zone, whatever its clocks "
    "do.",
    5: "An ambiguous local time takes the narrower reading; one that does not exist is refused.",
    6: "One second or one metre without cover is NO-GO.",
    7: "No party's word stands in for another's, save through an evidenced, unexpired relation; "
    "restraint, passage and consent never stand in for one another.",
    8: "A condition that nobody answered counts as unmet.",
    9: "What is recorded or received later never changes an answer known at an earlier moment.",
    10: "The same question gives the same answer, byte for byte.",
    11: "The order of entries, and receiving one twice, does not matter.",
    12: "A tie is read to the restrictive side.",
    13: "Where a required writer is stale, gapped or forked, everything it covers is unknown.",
    14: "Doubt about the clock is NO-GO.",
    15: "A GO is bound to the hash of one movement version, and expires.",
    16: "Geometry errs towards less cover.",
    17: "An error is a doubt, never a GO.",
    18: "The reasons of a verdict are enough to check it again, by an independent verifier.",
    19: "Removing a presence or an assessment, or letting one lapse, never turns NO-GO into GO.",
    20: "An engine that always says NO-GO fails.",
}

# What is to be said of a law beside its tests: its limits, what holds it instead, when it comes.
BESIDE = {
    18: "`tests/verifier`, over random worlds; see below.",
    19: "Its limits: [decision 0002](../decisions/0002-threats-come-from-presences-and-assessments-"
    "close-the-world.md).",
    20: "`tests/golden`: some moments of the bundled cases expect GO or CONDITIONAL.",
}

# Those that no property of this stage states.
NO_PROPERTY = frozenset({13, 14, 18, 20})

_HEAD = """\
# Assurance

Drawn from the tests by `make docs`; do not edit this page.

What speaks for the program, and what does not. Nothing here makes a road passable: the program
judges records, and records can be wrong, late or broken by those who gave them.

## The laws

A law holds for every situation, not for an example. Most are stated as properties that are tried
on thousands of made-up situations. A test says which laws it states by `@pytest.mark.law(...)`;
this table is read from there.

"""

_VERIFIER = """
## The independent verifier

`tests/verifier` is a second, small judge. It was written from [semantics](semantics.md) and from
the vocabulary alone. It shares no code with `situation`, `cover` and `clearance`, and it works
otherwise: it takes single moments (every minute of the trip, every boundary, one second either
side) and asks of each whether all is covered.

- **What it is:** a check that nothing passes which the written rules forbid. In random worlds it is
  asked beside the engine; a world in which it objects while the engine holds nothing against going
  is a failure. It knows the rules A1 to A5, A7, A8, T1, G1 and G2, and the HARD rules about papers,
  people and vehicles: T2, T3, G4, N4, N5, C1, E1 to E5, E8, E9, M1, V1, V3, U1, U2, X3 and X5, and
  R1 on whose word has come whole. To an objection by one of these *not yet due* is no answer.
- **What it is not:** it does not look at the other rules, nor at the levels that a profile makes
  stricter. A NO-GO that it does not share is counted and shown, and fails nothing. It reads
  the same pinned network, so an error in the geometry would deceive both, and the same profiles.
  Both were written from one page: if the page is wrong, both are.

## The signed register

- **Stores (D1).** One suite asks every kind of store the same. The bundled cases are recorded into
  each, and the judgements and heads are compared byte for byte. All of it runs on one machine and
  one version of each database.
- **Published values (D2).** `tests/vectors` has values of the RFCs 8785, 6962, 9162 and 8032 and
  of the signed-note format, each with its source; our code must give them, and refuse them once
  they are changed. Our canonical form is narrower than RFC 8785: a published value with a
  fraction, a number from 2^53 on or text that is not NFC must be refused, so that how such numbers
  are written is not tried. The arithmetic of Ed25519 is that of the `cryptography` library.
- **Kills, power, disks (D3).** [What is promised, how it is tried, and what is not](crash.md).
- **Offices that are often offline (D4).** `tests/simulation` draws histories of several offices
  and compares their stores with a plain record of who said what and what arrived. The record is
  kept from what is drawn, follows no hashes and knows nothing of merging. Registers are also moved
  to other stores, and backups restored on other machines with new keys. What is never drawn is
  never tried.
- **Hostile files and seized folders (D6).** Damaged bundles are refused within bounds of time and
  memory. Planted names and coordinates are looked for in every byte of a locked register's folder,
  after a clean stop, a kill and half an import; the search finds each in a register that is not
  locked. It does not look into memory, swap or what a machine shows while it runs, and guesses no
  passphrase.

## The shows

A show is one claim that anybody can have shown again: `make shows ISSUE=A` for all of them,
`make show ID=A3` for one. Each leaves its figures in `build/show`; `docs/generate.py assurance`
takes them over into this page.

"""


def page() -> str:
    """The laws, the verifier, and the figures that were kept last."""
    return _HEAD + _laws(stated_laws(ROOT / "tests")) + _VERIFIER + _shows(_kept())


def keep_figures() -> None:
    """Takes over what the shows left in `build/show`; what they did not show stays as it was."""
    kept = _kept()
    for file in sorted(SHOWN.glob("*.json")):
        shown = json.loads(file.read_text(encoding="utf-8"))
        kept[shown["id"]] = {
            name: shown[name] for name in ("status", "summary", "command", "python", "cores")
        }
    text = json.dumps(dict(sorted(kept.items())), indent=1, ensure_ascii=False)
    KEPT.write_text(f"{text}\n", encoding="utf-8")


def stated_laws(folder: Path) -> Mapping[int, list[str]]:
    """The tests that state each law, as `file: test`, read without running them."""
    found: dict[int, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        whole = [law for line in tree.body if _is_module_mark(line) for law in _laws_in(line)]
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = [law for one in node.decorator_list for law in _laws_in(one)]
                for law in dict.fromkeys([*whole, *marks]):
                    found[law].append(f"{file.relative_to(folder.parent)}: {node.name}")
    return found


def _is_module_mark(line: ast.stmt) -> bool:
    return isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "pytestmark"


def _laws_in(node: ast.AST) -> Iterator[int]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.law":
            yield from (ast.literal_eval(argument) for argument in call.args)


def _laws(stated: Mapping[int, list[str]]) -> str:
    # Files and counts, not every test: the names are a word search away.
    rows = ([str(law), text, _where(law, stated.get(law, []))] for law, text in LAWS.items())
    return table(["law", "text", "stated by"], rows)


def _where(law: int, tests: list[str]) -> str:
    files: dict[str, int] = defaultdict(int)
    for test in tests:
        files[test.partition(":")[0]] += 1
    counted = [f"`{file}` ({count})" for file, count in sorted(files.items())]
    if not counted and law not in NO_PROPERTY:
        counted = ["**no test**"]
    return "; ".join([*counted, *([BESIDE[law]] if law in BESIDE else [])])


def _kept() -> dict[str, dict[str, Any]]:
    if not KEPT.exists():
        return {}
    kept: dict[str, dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def _shows(kept: Mapping[str, Mapping[str, Any]]) -> str:
    rows = []
    for line in TITLES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            id, _, title = line.partition(" ")
            rows.append([id, title, _figures(kept.get(id))])
    return table(["show", "claim", "last figures"], rows)


def _figures(shown: Mapping[str, Any] | None) -> str:
    if shown is None:
        return "not kept yet"
    where = f"Python {shown['python']}, {shown['cores']} cores, `{shown['command']}`"
    return f"{shown['summary']} ({where})"
