"""What each file of a decision contains: one module per kind of file, read and checked cell by cell."""
