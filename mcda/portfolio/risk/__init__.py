"""Portfolios that hold when figures turn out worse: chance constraints, tails, protection, deciding in two stages."""
