"""Sheets that are made ready for an import: IDs from another list, a new school year."""
