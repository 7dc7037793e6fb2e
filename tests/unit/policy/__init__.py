"""Tests of the room `policy`, from what docs/reference/semantics.md promises."""
