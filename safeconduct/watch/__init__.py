"""What changes, what is due, and how parties kept their word: looking on while time goes by.

Answers: which answers can one new entry change? Takes a situation and benches of judgements; gives
frozen values. It never changes a verdict and never writes. Start reading at `desk.py`, then
`reach.py`.
"""

from safeconduct.watch.desk import Changed, Desk

__all__ = ["Changed", "Desk"]
