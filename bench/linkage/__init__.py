"""Probable duplicates on published lists with known truth, beside other ways to find them."""
