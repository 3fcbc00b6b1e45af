"""The checks: pure functions from rows and accounts to findings."""
