"""How fast the scoring methods are: against a bare kernel, against other libraries, and as the problem grows.

``make bench-scoring`` measures and writes ``docs/performance/scoring.md``.
"""
