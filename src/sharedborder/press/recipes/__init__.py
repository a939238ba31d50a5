"""What a page is made from, and how to tell that it changed."""
