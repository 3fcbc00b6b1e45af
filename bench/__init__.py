"""Proofs that are measured: no part of the package, and no test has to wait for them."""
