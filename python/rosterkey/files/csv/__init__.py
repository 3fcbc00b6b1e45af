"""Reading text files: encoding, delimiter, rows; and text that must not run as a formula."""
