"""What to draw: plans, sources of uncertainty, and a plan compiled for one decision."""
