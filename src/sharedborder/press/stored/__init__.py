"""Results of executed notebooks, kept by content."""
