"""The Excel workbook and the add-in, made from text."""
