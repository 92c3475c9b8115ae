"""One module per scoring method: prepare, combine, source, checked example."""
