"""What may be stored, who is who, what the sheet is as a sum, whether it may go ahead."""
