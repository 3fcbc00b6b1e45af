"""Files in and out: workbooks, CSV, dumps."""
