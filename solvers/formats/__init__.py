"""Problems read and written as other programs expect them: data frames, MPS and LP files."""
