"""Tests of the room `roads`, one module per module of the room."""
