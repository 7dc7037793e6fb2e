"""Registers are filled by the program's own verbs, stopped or killed, and every byte is looked at.

Names and coordinates are planted in a locked register: as authors of entries, as ways to reach
contacts, as outlines of areas. Then the machine is taken: after a clean stop, after a kill in the
middle of appending, and after a kill in the middle of merging a bundle. The same search finds every
place in a clear register, so it is a search that can find; names lie sealed in that one, too, and
the search finds them in what the register itself gives out.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from safeconduct.adapters.sqlite import SqliteStore
from tests.seized.planted import Item, found_in, items, names

REPOSITORY = Path(__file__).parents[2]
PHRASE = "nine words that nobody at a checkpoint guesses"
_CHILD_S = 120
_APPENDED = 3
"""So many contacts are there before a kill in the middle of appending."""
_WRITTEN = (40_000, 150_000)
"""So many bytes of a merge are in the log when it is killed: more than the 32 KiB that the file
beside it has from the beginning, and less than the whole."""
_BEFORE_MERGING = 3
"""The root, the device and the trust in the other office."""


def seized(seed: int) -> tuple[int, list[str]]:
    """How many items were looked for in all ways to stop, and each that was found.

    An item that the search does not find in a clear register is told as well: then finding none in
    a locked one means nothing.
    """
    wanted = items(seed)
    told: list[str] = []
    looked = 0
    for way in (_stopped, _killed_appending, _killed_merging):
        with folder() as place:
            way(place, seed, PHRASE)
            told += [f"{way.__name__}: {one}" for one in found_in(place / "data", wanted)]
            looked += len(wanted)
    open_, unseen = in_clear(seed)
    return looked, [
        *told,
        *(f"a clear register tells {one}" for one in open_ & set(names(seed))),
        *(f"the search missed {one} in a clear register" for one in unseen),
    ]


def in_clear(seed: int) -> tuple[set[str], set[str]]:
    """The items that lie open in a clear register, and those that the search never finds.

    Of the latter there are none, when it works: names are sealed in the file, and are looked for in
    the texts that the register gives out.
    """
    wanted = items(seed)
    with folder() as place:
        _stopped(place, seed, None)
        told = shown_in(place / "data", wanted)
        with closing(SqliteStore.open(place / "data" / "office.reg")) as store:
            texts = "\n".join(one.value for one in store.contents())
        (place / "plain").mkdir()
        (place / "plain" / "texts").write_text(texts)
        given = shown_in(place / "plain", wanted)
    return told, {item.shown for item in wanted} - told - given


def shown_in(folder: Path, wanted: tuple[Item, ...]) -> set[str]:
    """The items that some file below the folder holds."""
    return {one.rpartition(" in ")[0] for one in found_in(folder, wanted)}


def _stopped(folder: Path, seed: int, phrase: str | None) -> None:
    """Everything is recorded, handed out and backed up, and the program ends."""
    filled(folder, seed, phrase)
    if phrase is not None:  # names go into encrypted bundles only
        reader = asked(folder, phrase, "register", "reader").split()[-1]
        asked(folder, phrase, "register", "export", "data/office.reg", "data/out.bundle",
               "--handling", "confidential", "--names", "--reader", reader)  # fmt: skip
        asked(folder, phrase, "register", "backup", "data/office.reg", "data/office.backup")
        asked(folder, phrase, "register", "backup", "data/office.reg", "data/readers.backup",
               "--reader", reader)  # fmt: skip


def _killed_appending(folder: Path, seed: int, phrase: str) -> None:
    """A kill while contacts are being recorded one after the other."""
    child = _started(folder, phrase, "fill-on", str(seed))
    said, log = child.stdout, folder / "data" / "office.reg-wal"
    assert said is not None
    for _ in range(_APPENDED):
        assert said.readline(), "the child ended before it had recorded anything"
    time.sleep(random.Random(f"append {seed}").uniform(0.0, 0.15))
    child.send_signal(signal.SIGSTOP)
    while not log.exists():  # it was just between two contacts
        assert child.poll() is None, "the child ended by itself"
        child.send_signal(signal.SIGCONT)
        time.sleep(0.003)
        child.send_signal(signal.SIGSTOP)
    _kill(child)
    assert log.exists(), "the kill came after the end"


def _killed_merging(folder: Path, seed: int, phrase: str) -> None:
    """A kill while the merge of a bundle from another office is being written, and not yet kept.

    What the other office has lies outside of what is taken.
    """
    there, data = folder / "there", folder / "data"
    (there / "data").mkdir(parents=True)
    asked(folder, phrase, "init", "data/office.reg")
    reader = asked(folder, phrase, "register", "reader").split()[-1]
    filled(there, seed, phrase)
    asked(there, phrase, "register", "export", "data/office.reg", str(data / "in.bundle"),
           "--handling", "confidential", "--names", "--reader", reader)  # fmt: skip
    (key,) = (there / "data" / "home" / "keys").glob("root-*.json")
    public = json.loads(key.read_text())["public"]
    written = random.Random(f"merge {seed}").randrange(*_WRITTEN)
    child = _started(folder, phrase, "merge", public, str(written))
    child.communicate(timeout=_CHILD_S)
    assert child.returncode == -signal.SIGXFSZ, f"the merge ended with {child.returncode}"
    assert _is_half(folder, phrase), "the kill came before or after the merge was written"


def _is_half(folder: Path, phrase: str) -> bool:
    """Whether bytes of the merge were written, and a copy of the folder holds nothing of it."""
    if (folder / "data" / "office.reg-wal").stat().st_size < _WRITTEN[0]:
        return False
    with TemporaryDirectory(prefix="seized-copy-") as copy:
        shutil.copytree(folder / "data", Path(copy) / "data")
        told = asked(Path(copy), phrase, "register", "log", "data/office.reg", "--json")
    return len(json.loads(told)["entries"]) == _BEFORE_MERGING


def filled(folder: Path, seed: int, phrase: str | None) -> None:
    """Everything is recorded by a program that ends of itself."""
    child = _started(folder, phrase, "fill", str(seed))
    told, _ = child.communicate(timeout=_CHILD_S)
    assert child.returncode == 0, told


@contextmanager
def folder() -> Iterator[Path]:
    """`data` in it is what is taken; what people give to the program lies beside it."""
    made = Path(tempfile.mkdtemp(prefix="seized-"))
    (made / "data").mkdir()
    try:
        yield made
    finally:
        shutil.rmtree(made)


def asked(folder: Path, phrase: str | None, *words: str) -> str:
    """What a verb of the program prints that is run in the folder."""
    ran = subprocess.run(
        [sys.executable, "-m", "safeconduct", *words],
        cwd=folder, env=_around(folder, phrase), timeout=_CHILD_S, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _started(folder: Path, phrase: str | None, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.seized.child", *words],
        cwd=folder, env=_around(folder, phrase), text=True, stdout=subprocess.PIPE,
    )  # fmt: skip


def _around(folder: Path, phrase: str | None) -> dict[str, str]:
    """What the program is told by its surroundings; temporary files go where they are looked at."""
    here = {key: value for key, value in os.environ.items() if key != "SAFECONDUCT_PASSPHRASE"}
    here |= {
        "SAFECONDUCT_HOME": str(folder / "data" / "home"),
        "PYTHONPATH": str(REPOSITORY),
        "TMPDIR": str(folder / "data"),
        "SQLITE_TMPDIR": str(folder / "data"),
    }
    return here | ({"SAFECONDUCT_PASSPHRASE": phrase} if phrase else {})


def _kill(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()
