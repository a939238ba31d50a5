"""What our pages ask of Sphinx: facts, figures, cards, and writing only what changed."""
