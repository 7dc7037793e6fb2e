"""The page of the command line, from the program that it describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from drawn.markdown import table
from safeconduct.cli.assessing import EXIT_CODES
from safeconduct.cli.main import app
from safeconduct.cli.recording import FILE

_HEAD = """\
# The command line

Drawn from `safeconduct/cli` by `make docs`; do not edit this page.

`safeconduct VERB --help` says the same. Where a verb takes a `CASE`, that is the path of a case
folder, or the beginning of a bundled case's name. Times are written `2016-11-04T07:30:00Z`, or with
an offset, or with an IANA zone: `2016-11-04 09:30 Asia/Damascus`. A bare `10:00` is refused.

"""

_EXITS = """\
## Exit codes

| code | after | means |
| --- | --- | --- |
{verdicts}\
| 0 | every other verb | done |
| 1 | `case check` | an expected moment does not hold |
| 4 | `register verify` | not all of it is proven; the last lines say why |
| 4 | `register export`, `register backup` | it was written, without a file of evidence that is \
damaged; it is named |
| 1 | every verb | an error of the program itself |
| 2 | every verb | bad input: nothing was written; the message says where and what to do |

An exit code is no permission. The decision to go is a named person's.

With `--json` an error goes to standard error as one body, `code`, `message`, `facts`; the codes are
on the page [errors](errors.md).
"""


def page() -> str:
    """Every verb with its arguments and options, and the exit codes."""
    verbs = "".join(_verb(path, verb) for path, verb in _verbs(typer.main.get_command(app), ""))
    rows = "".join(
        f"| {code} | `assess` | {verdict.value.upper()} |\n" for verdict, code in EXIT_CODES.items()
    )
    return f"{_HEAD}{verbs}{_EXITS.format(verdicts=rows)}"


def _verbs(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The commands that do something, each with the words that call it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, one in inner.items():
        # `record` takes a file under its own name, and has other verbs beside that.
        yield from _verbs(one, path if name == FILE else f"{path} {name}".strip())


def _verb(path: str, verb: Any) -> str:
    arguments = [p for p in verb.params if p.param_type_name == "argument"]
    usage = " ".join([path, *(_argument(one) for one in arguments), "[OPTIONS]"])
    text = f"## {path}\n\n{verb.help}\n\n    safeconduct {usage}\n"
    if verb.params:
        text += "\n" + table(["option", "means"], ([_names(p), _means(p)] for p in verb.params))
    return text + "\n"


def _argument(parameter: Any) -> str:
    name = parameter.name.upper()
    return name if parameter.required else f"[{name}]"


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_argument(parameter)}`"
    return ", ".join(f"`{name}`" for name in parameter.opts)


def _means(parameter: Any) -> str:
    needed = " Needed." if parameter.required and parameter.param_type_name == "option" else ""
    return f"{parameter.help or ''}{needed}"
