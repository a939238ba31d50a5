"""Help for authors: a new chapter, and checks of what is written."""
