"""Questions about a problem that take more than one solve: alternatives, frontiers, conflicts, remedies."""
