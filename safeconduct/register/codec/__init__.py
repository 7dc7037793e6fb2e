"""The codec: how a frozen value becomes JSON, and JSON a frozen value, with nothing guessed.

Entry bodies and case files go through the same three functions:

- `encode(value)` gives the JSON of a value;
- `decode(type, data)` gives the value of JSON, or says what is wrong with it and where;
- `schema(type)` gives the JSON Schema (draft 2020-12) of what `decode` accepts.

The forms
---------
==========================  ==================================================================
dataclass                   a mapping, fields by name; a field equal to its default is left out
`str` `int` `bool` `None`   themselves; `true` is no number, and there are no floats
`X | None`                  X or null
`tuple[X, ...]`             a list
`tuple[X, Y]`               a list of exactly two
`frozenset[X]`              a list, sorted; no value twice
`Mapping[str, X]`           a mapping
`Enum`                      the member's value
union of dataclasses        a mapping whose key `is` holds the tag of its class
==========================  ==================================================================

A class has a tag when it declares one as `tag: ClassVar[str]`, or `verb`, or `kind` (the first of
the three that it has). Its mapping always carries `is`; where only that class is possible a reader
may leave it out. A union may also mix classes with a text, a number or a list, as long as the
shape of the JSON alone tells which is meant.

A class with an own form defines `__to_json__(self)` and the class method
`__from_json__(cls, data)`, and may define the class method `__json_schema__(cls)`. The own form
stands for the whole value, `is` included.

Defaults are part of the format: since a value equal to the default is not written, changing a
default would change what old entries say. Add a field instead.
"""

from __future__ import annotations

from safeconduct.register.codec.reading import decode
from safeconduct.register.codec.schemas import schema
from safeconduct.register.codec.shapes import TAG
from safeconduct.register.codec.writing import encode

__all__ = ["TAG", "decode", "encode", "schema"]
