"""The buttons of the ribbon: what the commands do, in the workbook that is open in Excel.

Only this package imports xlwings.
"""
