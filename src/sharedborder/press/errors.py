"""What stops the press: something a person must decide."""


class PressError(Exception):
    """The book cannot be built as it stands; the message is for the author: where, what, and what to do."""


class ChaptersError(PressError):
    """One or more chapters raised while they were executed; the message is one screen about them."""


class BookError(PressError):
    """Jupyter Book refused a staged folder; the message holds its warnings."""
