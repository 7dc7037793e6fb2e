"""Tests of the room `situation`, from what docs/reference/semantics.md promises."""
