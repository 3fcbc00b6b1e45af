"""The meaning of an import, in pure values: no Excel, no file, no database, no clock."""
