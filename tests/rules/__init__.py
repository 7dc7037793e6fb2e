"""Every rule in every status it can have: tables that a coordinator can read, and that are tried.

`rows.py` says what a row is. Each family of rules has a module with its `ROWS`; `test_rows.py`
tries every row of every family.
"""
