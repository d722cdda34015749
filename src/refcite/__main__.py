"""`python -m refcite` is the command line."""

from refcite.cli import main

main()
