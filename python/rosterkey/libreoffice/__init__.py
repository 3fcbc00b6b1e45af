"""The buttons in LibreOffice: the same functions as in Excel, over a way of our own.

The extension in `addin/libreoffice/` starts this package and answers what it asks.
"""
