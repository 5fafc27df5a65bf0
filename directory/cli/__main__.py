"""`python -m directory.cli`: how the server starts its relay, whatever the PATH."""

from directory.cli import main

main()
