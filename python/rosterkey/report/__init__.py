"""What a person reads: text and tables for the terminal, JSON for scripts."""
