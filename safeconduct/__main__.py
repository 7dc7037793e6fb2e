"""`python -m safeconduct` is the command line."""

from safeconduct.cli import main

main()
