"""The form of what a notebook leaves: what those who write it and those who read it both know."""

from typing import Final

VERSION: Final = 1
"""Of the form in which facts and figures leave a notebook; another one is not read."""
LONGEST_ALT: Final = 250
"""Characters of a figure's alternative text."""
ACCOUNT: Final = ("who", "where", "what")
"""The texts of an event's account."""
