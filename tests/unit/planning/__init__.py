"""Tests of the room `planning`, from what docs/reference/semantics.md promises."""
