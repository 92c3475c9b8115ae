"""Our own solution methods that need no linear model solved: exact enumeration and heuristics."""
