"""rosterkey: a roster sheet becomes a safe import into an account database."""

__version__ = "0.2.0"
