"""Student IDs and new usernames at once: two imports, planned one after the other, made one.

A sheet with the columns Username and New Username says who is meant by Username (or Student ID), as
it is now, and what the username is to become. The literal way is two imports: the first stores the
IDs, the second renames by them. Both are planned here in full, the second on the accounts as the
first would leave them, each with its own findings and guards. What comes out is one plan: one
digest, one transaction, one import to undo.
"""
