"""The account database: accounts, username claims, imports and their history."""
