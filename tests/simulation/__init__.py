"""Offices that are often offline, simulated: what they say, hand over, lose, forge and restore.

`world.py` has the offices and what can happen to them; `model.py` the plain record of who said what
and which deliveries arrived, which knows nothing of merging; `schedule.py` draws one history from a
seed, and names every way in which the stores disagree with the model; `campaign.py` runs many.
`handing_over.py` moves registers, and restores backups on other machines. `withheld.py` asks about
one convoy while a withdrawal is not passed on.
"""
