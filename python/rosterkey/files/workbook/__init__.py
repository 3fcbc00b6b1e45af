"""Reading an Excel workbook: the package, its parts, and the cells of one sheet."""
