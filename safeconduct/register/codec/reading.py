"""From JSON to a value.

A decoder is built once per type and then only called. Decoders do not carry the path along: an
error collects it on its way out, so that what is right costs nothing for what might be wrong.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Hashable
from typing import Any, NoReturn, TypeVar, overload

from safeconduct.errors import SafeconductError, WrongField
from safeconduct.register.codec.shapes import (
    TAG,
    ClassShape,
    alternatives,
    closest,
    has_own_form,
    is_enum,
    is_record,
    items_of,
    joined,
    json_types,
    name_of,
    plain,
    shape_of,
    tag_of,
    values_of,
)

T = TypeVar("T")
Decoder = Callable[[Any], Any]


@overload
def decode(wanted: type[T], data: object, path: str = "") -> T: ...
@overload
def decode(wanted: object, data: object, path: str = "") -> Any: ...
def decode(wanted: object, data: object, path: str = "") -> Any:
    """The value of type `wanted` that JSON says, exactly.

    Parameters
    ----------
    wanted : a type, or a union of types, in one of the forms that the codec lists.
    data : JSON as the standard library holds it; it is not changed.
    path : where `data` stands in a larger document, for messages.

    Raises
    ------
    WrongField : a field is missing, unknown, twice in a set or of the wrong type, or the data nest
        too deep; `field` is the path, such as `statements[3].acts[0].undertaking.areas[1]`.
    SafeconductError : whatever the value's own checks raise, with the path added.

    >>> decode(tuple[int, ...], [3, 4])
    (3, 4)
    """
    try:
        return _decoder(wanted)(data)
    except SafeconductError as error:
        error.field = joined(path, error.field) or None
        raise
    except RecursionError as error:
        raise WrongField(
            "Lists and mappings nest deeper here than can be read.",
            "No record nests that deep; look at where the file comes from.",
        ).located(field=path or None) from error


@functools.cache
def _decoder(hint: Any) -> Decoder:
    hint = plain(hint)
    if len(alternatives(hint)) > 1:
        return _union(alternatives(hint))
    if has_own_form(hint):
        return typing.cast("Decoder", hint.__from_json__)
    if is_enum(hint):
        return _enum(hint)
    if is_record(hint):
        return _record(hint)
    if items_of(hint) is not None:
        return _items(hint)
    if values_of(hint) is not None:
        return _mapping(hint)
    if typing.get_origin(hint) is tuple:
        return _fixed(hint)
    json_types(hint)  # refuses a type that the codec has no form for
    return _scalar(hint)


def _scalar(hint: type[Any]) -> Decoder:
    def read(data: object) -> object:
        if type(data) is not hint:  # exactly: a bool is an int to the language, not to us
            _mistyped(data, hint)
        return data

    return read


def _enum(cls: Any) -> Decoder:
    members = {member.value: member for member in cls}
    shapes = json_types(cls)

    def read(data: object) -> object:
        if type(data) not in shapes:
            _mistyped(data, cls)
        if data not in members:
            raise WrongField(
                f"{_opening(data)} is no {cls.__name__}.",
                closest(data, (str(value) for value in members)),
            )
        return members[data]

    return read


def _record(cls: Any) -> Decoder:
    # The plan waits for the first call, so that a class may hold values of its own type.
    @functools.cache
    def plan() -> tuple[dict[str, Decoder], frozenset[str], str | None]:
        shape = shape_of(cls)
        fields = {field.name: _decoder(field.hint) for field in shape.fields}
        required = frozenset(field.name for field in shape.fields if field.is_required)
        return fields, required, shape.tag

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            _mistyped(data, cls)
        fields, required, tag = plan()
        values = {}
        for name, member in data.items():
            decoder = fields.get(name)
            if decoder is not None:
                values[name] = _inside(decoder, name, member)
            elif name != TAG or member != tag:
                _unknown_field(name, member, shape_of(cls))
        if not required <= values.keys():
            _missing_fields(required - values.keys(), shape_of(cls))
        return cls(**values)

    return read


def _items(hint: Any) -> Decoder:
    item, is_set = _decoder(items_of(hint)), typing.get_origin(hint) is frozenset

    def read(data: Any) -> Any:
        if not isinstance(data, list | tuple):
            _mistyped(data, hint)
        values = []
        for index, member in enumerate(data):
            try:
                values.append(item(member))
            except SafeconductError as error:
                error.field = joined(f"[{index}]", error.field)
                raise
        return _set(values, data) if is_set else tuple(values)

    return read


def _fixed(hint: Any) -> Decoder:
    decoders = tuple(_decoder(member) for member in typing.get_args(hint))

    def read(data: Any) -> Any:
        if not isinstance(data, list | tuple):
            _mistyped(data, hint)
        if len(data) != len(decoders):
            raise WrongField(
                f"Found a list of {len(data)} where exactly {len(decoders)} are expected.",
                "Write " + ", then ".join(name_of(part) for part in typing.get_args(hint)) + ".",
            )
        pairs = enumerate(zip(decoders, data, strict=True))
        return tuple(_inside(decoder, f"[{at}]", member) for at, (decoder, member) in pairs)

    return read


def _mapping(hint: Any) -> Decoder:
    value = _decoder(values_of(hint))

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            _mistyped(data, hint)
        for key in data:
            if type(key) is not str:
                raise WrongField(
                    f"{_opening(key)} is used as a key, where only a text can be.",
                    "Put the key in quotation marks.",
                )
        return {key: _inside(value, key, member) for key, member in data.items()}

    return read


def _union(members: tuple[Any, ...]) -> Decoder:
    tagged = {tag: member for member in members if (tag := tag_of(member)) is not None}
    claims: dict[type, Decoder] = {dict: _tagged(tagged)} if tagged else {}
    named = [member for member in members if tag_of(member) is not None]
    rest = [member for member in members if tag_of(member) is None]
    # Classes with an own form come last: they take the shapes that nothing else claims.
    for member in sorted(rest, key=has_own_form):
        free = json_types(member) - claims.keys()
        if not free or (free != json_types(member) and not has_own_form(member)):
            _undecidable(members)
        claims |= dict.fromkeys(free, _decoder(member))
    if len(named) != len(tagged):
        _undecidable(members)

    def read(data: Any) -> Any:
        decoder = claims.get(list if type(data) is tuple else type(data))
        if decoder is None:
            _mistyped(data, typing.Union[members])  # noqa: UP007  # built from a tuple
        return decoder(data)

    return read


def _tagged(classes: dict[str, Any]) -> Decoder:
    decoders = {tag: _decoder(cls) for tag, cls in classes.items()}

    def read(data: Any) -> Any:
        if TAG not in data:
            raise WrongField(
                f'The key "{TAG}", which says what this mapping is, is missing.',
                f"Add it: {closest('', decoders)}",
            )
        tag = data[TAG]
        if not isinstance(tag, Hashable) or tag not in decoders:
            raise WrongField(
                f"{_opening(tag)} is none of the kinds that can stand here.",
                closest(tag, decoders),
            ).located(field=TAG)
        return decoders[tag](data)

    return read


def _inside(decoder: Decoder, step: str, data: object) -> Any:
    try:
        return decoder(data)
    except SafeconductError as error:
        error.field = joined(step, error.field)
        raise


def _set(values: list[Any], data: Any) -> frozenset[Any]:
    unique = frozenset(values)
    if len(unique) < len(values):
        index = next(at for at, value in enumerate(values) if value in values[:at])
        raise WrongField(
            f"{_opening(data[index])} stands here twice.", "Leave one of them out."
        ).located(field=f"[{index}]")
    return unique


def _mistyped(data: object, hint: Any) -> NoReturn:
    wanted = name_of(hint)
    raise WrongField(
        f"Found {_described(data)} where {wanted} is expected.", f"Write {wanted} here."
    )


def _unknown_field(name: object, member: object, shape: ClassShape) -> NoReturn:
    if name == TAG and shape.tag is not None:
        raise WrongField(
            f"{_opening(member)} stands where only {shape.tag} can.",
            f'Write "{TAG}": "{shape.tag}", or leave the key out.',
        ).located(field=TAG)
    raise WrongField(
        f'{shape.cls.__name__} has no field "{name}".',
        closest(name, (field.name for field in shape.fields)),
    ).located(field=str(name))


def _missing_fields(names: frozenset[str], shape: ClassShape) -> NoReturn:
    missing = [field for field in shape.fields if field.name in names]
    listed = ", ".join(f'"{field.name}"' for field in missing)
    raise WrongField(
        f"{shape.cls.__name__} lacks {listed}.",
        "Add " + "; ".join(f"{field.name}: {field.doc or name_of(field.hint)}" for field in missing)
        + ".",
        missing=[field.name for field in missing],
    )  # fmt: skip


def _undecidable(members: tuple[Any, ...]) -> NoReturn:
    raise WrongField(
        f"The shape of the JSON cannot tell {', '.join(name_of(member) for member in members)} "
        "from one another.",
        "Give each class of the union its own tag.",
    )


def _described(data: object) -> str:
    if data is None:
        return "nothing (null)"
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, int | float):
        return f"the number {data}"
    if isinstance(data, str):
        return f'the text "{data[:39] + "…" if len(data) > 40 else data}"'
    if isinstance(data, list | tuple):
        return f"a list of {len(data)}"
    return "a mapping" if isinstance(data, dict) else f"a value of type {type(data).__name__}"


def _opening(data: object) -> str:
    """`_described`, to begin a sentence with."""
    said = _described(data)
    return said[0].upper() + said[1:]
