"""The side of the buttons that lives inside LibreOffice: it serves what the project's Python asks.

Standard library and UNO only, for the Pythons that LibreOffice 7 and later bring (3.8 and later).
"""
