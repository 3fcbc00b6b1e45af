"""Accounts of the database that are probably one student's: found, reviewed, merged."""
