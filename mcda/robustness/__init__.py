"""How sure are we of scores and ranks? Partly known weights, stochastic acceptability, stability, rank reversal."""
