"""How sure are we of scores and ranks: partly known weights, stochastic acceptability, stability, rank reversal."""
