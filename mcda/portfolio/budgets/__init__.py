"""Value against money and capacity: frontiers, curves, and what more would buy."""
