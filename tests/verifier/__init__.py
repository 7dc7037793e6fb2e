"""A second opinion on GO that shares no code with the engine, and its campaign.

`column.py` says where the column is and when, `words.py` what the parties' words are worth at one
instant, `verifier.py` objects. `way.py` gathers the keys that are asked on the way; `papers.py`,
`people.py` and `reliance.py` object by the further rules, `hearing.py` where a word may not have
come whole, and `further.py` asks them all. They are written from docs/reference/semantics.md and
the vocabulary alone; where the page leaves a choice, they take the restrictive reading.
"""
