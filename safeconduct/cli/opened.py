"""What a verb works on, where a person names a case or a register."""

from __future__ import annotations

from safeconduct.app.opening import Opened, open_case, open_register
from safeconduct.errors import WrongField


def opened_from(
    verb: str, case: str | None, register: str | None, policy: str | None = None
) -> Opened:
    """The case or the register that was named.

    Raises
    ------
    WrongField : neither was named, or both.
    """
    if case is not None and register is None:
        return open_case(case, policy)
    if register is not None and case is None:
        return open_register(register, policy)
    raise WrongField(
        f"{'Neither a case nor' if case is None else 'Both a case and'} a register was named.",
        f"Name one: `safeconduct {verb} CASE` or `safeconduct {verb} --register R`.",
    )
