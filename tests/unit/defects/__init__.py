"""Small tests of single promises, each strong enough to notice one wrong word in the source.

The planted defects of `tests/defects` name the tests that must catch them; here are those that no
room's own tests held already.
"""
