"""Our own solution methods that need no solver for linear models: exact enumeration and heuristics."""
