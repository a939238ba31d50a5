"""What can be wrong with a question put to figures."""


class AnalysisError(ValueError):
    """The frame lacks what the question needs, or the question has no single answer."""


class KindError(AnalysisError):
    """The sum asked for has no meaning: stocks, flows and events never add up to one number."""
