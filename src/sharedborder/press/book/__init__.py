"""Each edition in each language: laid out, bound by Jupyter Book, gathered into the site."""
