"""What each file of a decision says: one module per kind of file, read and checked by cell."""
