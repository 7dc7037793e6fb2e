"""What must be shown, each line of it by one command.

An issue lists what it must show under ids such as A3. `make show ID=A3` runs `a3.py` here and
ends in one line, such as `A3 pass: 41 laws, 2000 examples each, seed 1, 38 s`; the same, with
its figures, is written to `build/show/A3.json`.

- `expected.txt` names every id with its title; an id without a module is a failing test.
- A module has `show(run) -> Shown`, the number `COUNT` it uses unless told otherwise, and may
  declare `TIMED = True` (it measures time, so a busy machine may miss) or `SOAK = True` (more
  seeds and a larger count tell more).
- A show is made of tests or campaigns that live elsewhere: it runs them, counts and measures.
  Nothing is judged here that could be judged there.

Start reading in `run.py`, then `a4.py`, then `outcome.py`.
"""
