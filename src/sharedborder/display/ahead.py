"""Reads the names of the world before they are asked for, for processes forked from this one."""

from typing import get_args

from .messages import Language
from .places import place


def load() -> None:
    """Have Babel read the names of countries in each language."""
    for language in get_args(Language):
        place("USA", language)
