"""The process that takes hostile files apart, under limits of time and memory of its own.

It reads questions from its standard input and answers on its standard output: a line of JSON that
ends in how many bytes follow, and those bytes. It ends when its input does. Started by `child.py`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, BinaryIO

from safeconduct.adapters.reports.kinds import Kind
from safeconduct.adapters.reports.limits import CPU_SECONDS, MEMORY_BYTES
from safeconduct.errors import MissingExtra, SafeconductError

_EXTRA = {
    Kind.PAGE: "trafilatura",
    Kind.MAIL: "lxml",
    Kind.DOCUMENT: "lxml",
    Kind.PDF: "pypdf",
    Kind.WORKBOOK: "python-calamine",
}


def main() -> None:
    """Answers until nobody asks any more."""
    questions, answers = sys.stdin.buffer, _only_for_answers()
    _limit_memory()
    while line := questions.readline():
        asked = json.loads(line)
        content = questions.read(asked["bytes"])
        last = False
        try:
            _limit_time()
            answer = {"ok": _answer(Kind(asked["kind"]), content, asked["sheet"])}
        except SafeconductError as error:
            answer = {"error": {"code": error.code, "found": error.found, "remedy": error.remedy,
                                "facts": error.facts}}  # fmt: skip
        except MemoryError:
            answer, last = {"stopped": f"needs more than {MEMORY_BYTES >> 20} MiB of memory"}, True
        except RecursionError:
            answer, last = {"stopped": "is nested more deeply than is read"}, True
        except Exception as error:
            # A hostile file makes libraries fail in ways that none of them lists.
            why = " ".join(str(error).split())[:200]
            answer = {"stopped": f"made a library fail ({type(error).__name__}: {why})"}
        _say(answers, answer)
        if last:
            return


def _only_for_answers() -> BinaryIO:
    """The way back, kept for answers alone: what a library prints must not get between them."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _say(answers: BinaryIO, answer: dict[str, Any]) -> None:
    told = json.dumps(answer).encode("ascii")
    answers.write(b"%d\n" % len(told))
    answers.write(told)
    answers.flush()


def _answer(kind: Kind, content: bytes, sheet: str) -> Any:
    try:
        if kind is Kind.WORKBOOK:
            from safeconduct.adapters.reports.workbook import rows  # needs an extra

            return rows(content, sheet)
        if kind is Kind.PAGE:
            from safeconduct.adapters.reports.page import page as take  # needs an extra
        elif kind is Kind.MAIL:
            from safeconduct.adapters.reports.mail import mail as take  # for mails only
        elif kind is Kind.DOCUMENT:
            from safeconduct.adapters.reports.document import document as take  # needs an extra
        else:
            from safeconduct.adapters.reports.pdf import pdf as take  # needs an extra
        return take(content).as_json()
    except ImportError as missing:
        raise MissingExtra(
            f"Reading a report as .{kind.value} needs the library {_EXTRA[kind]}, which is not "
            f"installed ({missing}).",
            "Install it with: pip install 'safeconduct[text]'",
            extra="text",
        ) from None


def _limit_memory() -> None:
    """No more memory, no file written, no picture of this process when it is ended."""
    try:
        import resource  # not on every system
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system that has the limit and does not let it be set
            continue


def _limit_time() -> None:
    """The processor's time for one answer; at its end the system ends this process."""
    try:
        import resource  # not on every system
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    main()
