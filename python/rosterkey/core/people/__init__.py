"""Who is who: names that mean one person, doubled accounts, columns that slipped."""
