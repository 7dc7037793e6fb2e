"""What is to be done next: whom to call, what was asked and not answered, what is due?

Takes a situation and the judgements of its movements; gives frozen values for people who work
through a day. It never changes a verdict, reads no clock and no store: the moment is the
situation's own. Start reading at `due.py`; `asking.py` says how each ask stands, `calling.py` whom
to call for a party.
"""
