"""Running the scenarios of a plan: chunks, workers, the store, and when to stop."""
