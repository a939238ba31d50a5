"""Reads tables before they are asked for, so that processes forked from this one find them parsed."""

from sharedborder.records import filters, schemas, selection


def load(as_of: filters.AsOf) -> None:
    """Parse every table as known on a day (None or "latest": all). Errors as `ledger.read`."""
    until = filters.day_of(as_of)
    for table in schemas.tables():
        selection.known(schemas.schema(table), until, {})
