"""Tests of the room `spacetime`, one module per module of the room."""
