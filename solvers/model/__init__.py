"""A portfolio problem as data: options, limits and rules. Nothing here solves anything."""
