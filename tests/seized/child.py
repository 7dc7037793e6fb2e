"""The program that is killed: it fills a register through the verbs' own functions, or merges."""

from __future__ import annotations

import resource
import signal
import sys
from itertools import count
from pathlib import Path

from safeconduct.app.contacts import add_contact
from safeconduct.app.exchanging import merge_bundle
from safeconduct.app.founding import init
from safeconduct.app.keying import trust
from safeconduct.app.registers import record
from tests.seized.planted import area_file, names
from tests.unit.app.folders import ground_and_records, two_towns

REGISTER = "data/office.reg"


def fill(seed: int) -> None:
    """A register with all that is planted; a line is printed for each contact on disk."""
    given = Path("given")
    given.mkdir()
    ground = two_towns(given)
    (ground / "areas.geojson").write_text(area_file(seed))
    init(REGISTER)
    record(REGISTER, str(ground))
    record(REGISTER, str(ground_and_records(given)))
    planted = names(seed)
    half = len(planted) // 2
    for number, (author, reach) in enumerate(zip(planted[:half], planted[half:], strict=True)):
        add_contact(
            REGISTER, f"contact-{number}", party="north", role="liaison", reach=reach, author=author
        )
        print(number, flush=True)


def fill_on(seed: int) -> None:
    """The same, and then the contacts again and again, until somebody ends it."""
    fill(seed)
    planted = names(seed)
    for number in count():
        reach = planted[number % len(planted)]
        add_contact(REGISTER, f"again-{number}", party="north", role="liaison", reach=reach)


def merge(public: str, written: int) -> None:
    """Trusts the office with this root, and takes in its bundle, until so many bytes are written.

    At the next byte of the same file the kernel kills this process, in the middle of its write.
    """
    trust(REGISTER, "another", "root", public)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python would turn it into an error
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    merge_bundle(REGISTER, "data/in.bundle")


if __name__ == "__main__":
    verb, *given_words = sys.argv[1:]
    if verb == "merge":
        merge(given_words[0], int(given_words[1]))
    else:
        (fill_on if verb == "fill-on" else fill)(int(given_words[0]))
