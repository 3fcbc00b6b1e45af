"""The versions of what is measured beside, one a line."""

from importlib.metadata import version

for name in ("django-import-export", "django", "pandas", "petl", "sqlite-utils", "openpyxl",
             "python-calamine", "splink"):  # fmt: skip
    print(name, version(name))
