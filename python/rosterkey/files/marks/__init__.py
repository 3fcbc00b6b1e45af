"""Writing findings into the own workbook of a user, part by part."""
