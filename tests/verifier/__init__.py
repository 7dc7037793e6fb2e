"""A second opinion on GO that shares no code with the engine, and its campaign.

`column.py` says where the column is and when, `words.py` what the parties' words are worth at one
instant, `verifier.py` objects. All three are written from docs/reference/semantics.md and the
vocabulary alone; where the page leaves a choice, they take the restrictive reading.
"""
