"""records: a publisher's file becomes a release in the ledger, which is read as it was known on a day."""

from sharedborder.records.ledger import append, history, read, releases

__all__ = ["append", "history", "read", "releases"]
