"""Rosters with known faults, run through the planner: what is caught, and what is alarmed."""
