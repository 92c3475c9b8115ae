"""Projects and their start years chosen together."""
