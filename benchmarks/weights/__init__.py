"""How fast weights come from many judgement matrices: ``make bench-weights`` writes ``docs/performance/weights.md``."""
