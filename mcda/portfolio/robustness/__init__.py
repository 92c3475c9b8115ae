"""How far the best portfolio depends on weights and figures that nobody knows exactly."""
