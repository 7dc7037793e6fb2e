"""Tests of the room `clearance`, from what docs/reference/semantics.md promises."""
