"""Problems from and to what other programs read: data frames, MPS and LP files."""
