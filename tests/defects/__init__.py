"""Planted defects: one wrong word in the source at a time, and the tests that must notice it.

`catalogue.toml` is the list: what is wrong, where, and which tests are named to catch it.
`campaign.py` plants each in a copy of the tree and runs its tests there; `test_catalogue.py`
checks, in a second, that every entry still fits the source and the tests of today.
"""
