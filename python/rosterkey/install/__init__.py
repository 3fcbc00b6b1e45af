"""What `rosterkey setup` places where, on each system, and how it looks for known troubles."""
