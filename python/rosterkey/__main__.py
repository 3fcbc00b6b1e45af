"""`python -m rosterkey` is the command `rosterkey`."""

from rosterkey.cli.app import main

if __name__ == "__main__":
    main()
