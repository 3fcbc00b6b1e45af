"""Which account a row means, and who holds which ID and username in the end."""
