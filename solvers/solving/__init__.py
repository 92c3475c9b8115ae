"""From a problem to a certified solution: choosing a solver, asking it, checking what it says."""
