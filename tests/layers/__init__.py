"""How the order of the rooms is checked, for tests/test_layers.py.

`source.py` reads the imports and names of a file without running it; `rules.py` says what is
wrong with them. The table of rows is in the test itself.
"""
