"""Measures the press beside the stock way, on the same notebooks; `make bench` runs it, tests never do."""
