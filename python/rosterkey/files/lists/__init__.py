"""Lists for people: old and new usernames by class, and sign-in cards, as workbook and PDF."""
