"""One module per command of `mcda`: its options, what it does, what it prints."""
