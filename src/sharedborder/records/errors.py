"""How figures are refused. Either error stops a command with exit code 2: a person must decide."""


class ParseError(ValueError):
    """A publisher's file holds what its parser does not know. It names file, place, column and value."""


class LedgerError(ValueError):
    """The ledger cannot do what was asked. It names the table, file or day, and what to do."""
