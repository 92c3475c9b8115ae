"""How fast, against whom: workloads, drivers and what they wrote into docs/performance."""
