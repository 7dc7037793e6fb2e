"""One module per verb a coordinator has, and the only place where rooms are wired together.

Answers: what does each verb of the command line (and of every later door) do? Takes plain
arguments, gives frozen answers that know their JSON. It prints nothing. Start reading at
`assess.py`, then `opening.py`.
"""
