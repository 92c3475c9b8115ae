"""How far people agree: between judgements, between groups, and where the divide lies."""
