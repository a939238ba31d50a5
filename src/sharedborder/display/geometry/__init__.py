"""Outlines and points of places, reduced from public atlases; README.md beside this file says how."""
