"""Notebooks executed by Papermill in kernels forked from a warm parent, here or on a cluster."""
