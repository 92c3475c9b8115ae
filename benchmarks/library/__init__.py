"""How fast batches, reading and reports are: ``make bench-library`` writes ``docs/performance/library.md``."""
