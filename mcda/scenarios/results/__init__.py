"""What a scenario run found."""
