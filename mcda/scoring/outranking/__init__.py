"""What outranking methods share: preference functions, credibility, and the orders that follow."""
