"""Where a register lies on a server: the address as a person types it, and without its password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.errors import WrongField

DEFAULT_REGISTER = "safeconduct"

_SCHEMES = ("postgresql", "postgres")
_SCHEME = "postgresql://"
# Small letters only, so that the name is the same in psql and in QGIS with and without quotes.
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_TAKEN = ("public", "information_schema")
_EXAMPLE = "postgresql://user@host:5432/database#register"

# What is set unless the address says otherwise. A dead server is given up on: connecting after
# 10 s, a silent line after a minute (30 s + 3 x 10 s), one that acknowledges nothing after another.
_LINE = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
    "application_name": "safeconduct",
    "client_encoding": "UTF8",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One register on one server.

    Parameters
    ----------
    shown : the address without a password, for messages.
    register : the name of the register's schema.
    settings : what the client library connects with; it may hold a password, so it is never shown.
    """

    shown: str
    register: str
    settings: dict[str, str] = field(repr=False, compare=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """The address that a text names.

        The name of the register stands after `#` or in `?register=`; without one it is
        `safeconduct`. What the address leaves out (host, user, password, database) the client
        library takes from its usual places: `PGHOST`, `PGSERVICE`, `~/.pgpass` and so on.

        Raises
        ------
        WrongField : no such address; the message never holds a password.

        >>> Address.read("postgresql://amina:secret@db.example/office#north").shown
        'postgresql://amina@db.example/office#north'
        """
        parts = urlsplit(text)
        if parts.scheme not in _SCHEMES:
            raise _refused("The address of a register on a server begins with postgresql://.")
        _check_authority(parts.netloc)
        told = parse_qsl(parts.query, keep_blank_values=True)
        register = _register(parts.fragment, [value for key, value in told if key == "register"])
        rest = urlencode([(key, value) for key, value in told if key != "register"])
        user, at, where = parts.netloc.rpartition("@")
        shown = f"{user.partition(':')[0]}{at}{where}{parts.path}#{register}"
        bare = f"{parts.netloc}{parts.path}{'?' * bool(rest)}{rest}"
        return cls(f"{_SCHEME}{shown}", register, _LINE | _settings(f"{_SCHEME}{bare}"))

    def without_secrets(self, message: str) -> str:
        """The message with every password of this address blacked out."""
        for name in ("password", "sslpassword"):
            if secret := self.settings.get(name):
                message = message.replace(secret, "***")
        return message


def _check_authority(netloc: str) -> None:
    if netloc.count("@") > 1:
        raise _refused(
            "The address has more than one @ before the database, so it can be read in two ways.",
            "Write an @ in a user name or password as %40.",
        )
    hosts = netloc.rpartition("@")[2]
    for host in hosts.split(","):
        port = re.sub(r"^\[[^\]]*\]", "", host).partition(":")[2]
        if port and not port.isdecimal():
            raise _refused("The port in the address is not a number.")


def _register(fragment: str, named: list[str]) -> str:
    names = {*named, unquote(fragment)} - {""}
    if len(names) > 1:
        raise _refused("The address names two registers.", "Name one, after # or in ?register=.")
    name = names.pop() if names else DEFAULT_REGISTER
    if not _NAME.fullmatch(name) or name.startswith("pg_") or name in _TAKEN:
        raise WrongField(
            f"{name!r} cannot be the name of a register on a server.",
            "Take small letters, digits and _, not a digit first, not pg_ first, at most 63.",
        ).located(field="register")
    return name


def _settings(url: str) -> dict[str, str]:
    try:
        found = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        # The library's message quotes parts of the address, and a password may be among them.
        raise _refused("The client library cannot read the address of the server.") from None
    return {key: str(value) for key, value in found.items() if value is not None}


def _refused(found: str, remedy: str = "") -> WrongField:
    return WrongField(found, f"{remedy} Write it as {_EXAMPLE}.".strip()).located(field="register")
