"""Portfolios that hold if figures turn out worse: chance constraints, tails, protection, decisions in two stages."""
