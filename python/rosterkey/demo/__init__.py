"""The demo: a district's whole story on shipped sample students, with the real parts."""
