"""Tests of the room `watch`, from what section 9 of docs/reference/semantics.md promises."""
