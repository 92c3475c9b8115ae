"""What each group and person would fund, what divides them, and the price of consensus."""
