"""How far the best portfolio depends on weights and figures that are not known exactly."""
