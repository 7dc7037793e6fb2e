"""What a type looks like to the codec: its fields, its tag, the JSON shapes it may take."""

from __future__ import annotations

import dataclasses
import difflib
import enum
import functools
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from safeconduct.errors import WrongField

TAG = "is"
"""The key that holds a class's tag. No field can be called so: it is a word of the language."""

_TAG_NAMES = ("tag", "verb", "kind")

Nothing = type(None)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a dataclass, its type resolved.

    `default` is `dataclasses.MISSING` for a required field.
    """

    name: str
    hint: Any
    default: object
    doc: str

    @property
    def is_required(self) -> bool:
        """Whether a mapping without this field is refused."""
        return self.default is dataclasses.MISSING


@dataclass(frozen=True, slots=True)
class ClassShape:
    """A dataclass as the codec sees it: its tag, if it has one, and its fields in order."""

    cls: type[Any]
    tag: str | None
    fields: tuple[FieldShape, ...]


@functools.cache
def shape_of(cls: type[Any]) -> ClassShape:
    """The shape of a dataclass; worked out once per class.

    Fields with `init=False` are derived from the others, so they are neither written nor read.
    """
    hints = typing.get_type_hints(cls)
    fields = (
        FieldShape(field.name, hints[field.name], _default(field), field.metadata.get("doc", ""))
        for field in dataclasses.fields(cls)
        if field.init
    )
    return ClassShape(cls, _tag(cls, hints), tuple(fields))


def tag_of(hint: Any) -> str | None:
    """The tag of a dataclass; None for anything else and for a class that declares none."""
    return shape_of(hint).tag if is_record(hint) else None


def is_record(hint: Any) -> bool:
    """Whether the type is a dataclass."""
    return isinstance(hint, type) and dataclasses.is_dataclass(hint)


def has_own_form(hint: Any) -> bool:
    """Whether the type brings its own JSON form."""
    return isinstance(hint, type) and hasattr(hint, "__from_json__")


def is_enum(hint: Any) -> bool:
    """Whether the type is an enumeration."""
    return isinstance(hint, type) and issubclass(hint, enum.Enum)


def plain(hint: Any) -> Any:
    """The type behind a `NewType`; None's type for None; any other type unchanged."""
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    return Nothing if hint is None else hint


def alternatives(hint: Any) -> tuple[Any, ...]:
    """The members of a union; the type itself when it is none."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return tuple(plain(member) for member in typing.get_args(hint))
    return (plain(hint),)


def items_of(hint: Any) -> Any | None:
    """X for `tuple[X, ...]` and `frozenset[X]`; None for every other type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is frozenset or (origin is tuple and arguments[1:] == (Ellipsis,)):
        return arguments[0]
    return None


def values_of(hint: Any) -> Any | None:
    """X for `Mapping[str, X]`; None for every other type."""
    if typing.get_origin(hint) not in (Mapping, dict):
        return None
    key, value = typing.get_args(hint)
    return value if plain(key) is str else None


def json_types(hint: Any) -> frozenset[type]:
    """The Python types that JSON of this type may arrive as, before its content is looked at.

    Raises
    ------
    WrongField : the codec knows no form for the type.
    """
    if hint in (str, int, bool, Nothing):
        return frozenset([hint])
    if has_own_form(hint):
        return frozenset([str, int, bool, list, dict])
    if is_enum(hint):
        return frozenset(type(member.value) for member in hint)
    if is_record(hint) or values_of(hint) is not None:
        return frozenset([dict])
    if typing.get_origin(hint) in (tuple, frozenset):
        return frozenset([list])
    raise WrongField(
        f"The codec knows no JSON form for the type {name_of(hint)}.",
        "Use a form that the codec's documentation lists, or give the class an own form.",
    )


def name_of(hint: Any) -> str:
    """The type as a message names it to a person.

    >>> name_of(str | None)
    'a text or nothing'
    """
    members = alternatives(hint)
    if len(members) > 1:
        return " or ".join(name_of(member) for member in members)
    only = members[0]
    if is_enum(only):
        return "one of " + ", ".join(str(member.value) for member in only)
    if typing.get_origin(only) in (tuple, frozenset):
        return "a list"
    if values_of(only) is not None:
        return "a mapping"
    return _NAMES.get(only) or str(getattr(only, "__name__", only))


def closest(word: object, legal: Iterable[str]) -> str:
    """A remedy that names the legal words, the likeliest first asked about.

    >>> closest("gaurantee", ["consent", "guarantee"])
    'Did you mean "guarantee"? Legal here: consent, guarantee.'
    """
    words = sorted(legal)
    folded = {known.casefold(): known for known in words}
    near = difflib.get_close_matches(str(word).casefold(), folded, n=1)
    asked = f'Did you mean "{folded[near[0]]}"? ' if near else ""
    return f"{asked}Legal here: {', '.join(words) or 'nothing'}."


def joined(parent: str, child: str | None) -> str:
    """The path of a child inside its parent.

    >>> joined("acts[0]", joined("areas", "[1]"))
    'acts[0].areas[1]'
    """
    if not parent or not child:
        return parent or child or ""
    return parent + child if child.startswith("[") else f"{parent}.{child}"


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _tag(cls: type[Any], hints: Mapping[str, Any]) -> str | None:
    for name in _TAG_NAMES:
        if typing.get_origin(hints.get(name)) is ClassVar:
            tag = getattr(cls, name, None)
            if isinstance(tag, str):
                return tag
    return None


_NAMES: Mapping[Any, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    Nothing: "nothing",
}
