"""How sure are we of scores and ranks: weights known in part, stochastic acceptability, stability, rank reversal."""
