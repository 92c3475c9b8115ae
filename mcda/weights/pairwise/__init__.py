"""From pairwise comparisons to priorities: judgements, consistency, repair and uncertainty."""
