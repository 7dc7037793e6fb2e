"""Tests of the room `cover`, from what docs/reference/semantics.md promises."""
