"""One file per solver; what each can do is declared as data."""
