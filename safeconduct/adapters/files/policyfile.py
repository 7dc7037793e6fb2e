"""Reading a policy file: the same strictness as a case file, then checked as a whole.

A file is one of two: every rule and profile written out, or `extends: core` with only what an
organisation changes. There a profile may begin with another one (`like: un`).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.paths import inside
from safeconduct.adapters.files.times import Clock
from safeconduct.adapters.files.yamllines import mapping_of, read_yaml
from safeconduct.errors import UnknownReference
from safeconduct.policy import Extension, Policy, extended, no_looser
from safeconduct.register import encode
from safeconduct.register.codec import decode

EXTENDS, LIKE = "extends", "like"
# What a profile does not take over from the one that it is like: they are said of that one.
_OF_ITSELF = frozenset({"id", "title", "basis", "origin", "sources"})


def core_policy() -> Policy:
    """The policy that comes with the package."""
    marked = read_yaml(Path(str(files("safeconduct") / "policy" / "core.yaml")))
    with marked.locating():
        return decode(Policy, marked.data)


def read_policy(path: Path, core: Policy) -> Policy:
    """The policy in an organisation's file, which is no looser than the core.

    Raises
    ------
    MissingFile, UnreadableFile, DuplicateKey, WrongField, UnknownReference, PolicyRefused : with
        file, and with line and field where they can be named.
    """
    marked = read_yaml(path)
    written = mapping_of(marked)
    with marked.locating():
        data = Clock("UTC").read(written)
        if EXTENDS in data:
            return extended(core, decode(Extension, _filled(data, core)))
        return no_looser(decode(Policy, data), core)


def _filled(data: dict[str, Any], core: Policy) -> dict[str, Any]:
    """The file's data with each profile that is like another filled up from that one."""
    profiles = data.get("profiles")
    if not isinstance(profiles, list):
        return data  # the codec says what is wrong with it, or that there are none
    filled: list[Any] = []
    for index, written in enumerate(profiles):
        with inside(f"profiles[{index}]"):
            filled.append(_like_another(written, filled, core))
    return data | {"profiles": filled}


def _like_another(written: Any, before: list[Any], core: Policy) -> Any:
    if not isinstance(written, dict) or LIKE not in written:
        return written
    known: dict[str, Any] = {profile.id: encode(profile) for profile in core.profiles}
    known |= {str(one.get("id")): one for one in before if isinstance(one, dict)}
    like = written[LIKE]
    if like not in known:
        raise UnknownReference(
            f"No profile {like!r} stands before this one, nor in the core.",
            f"Begin with one of {', '.join(known)}.",
        ).located(field=LIKE)
    taken = {key: value for key, value in known[like].items() if key not in _OF_ITSELF}
    own = {key: value for key, value in written.items() if key != LIKE}
    if isinstance(own.get("levels"), dict):
        own["levels"] = taken.get("levels", {}) | own["levels"]  # what is stricter stays so
    return taken | own
