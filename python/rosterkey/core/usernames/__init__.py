"""New usernames by a pattern: read, spelled, refused, chosen."""
