"""From cells to rows: what a sheet says once Excel and keyboards are allowed for."""
