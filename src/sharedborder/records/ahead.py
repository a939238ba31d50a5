"""Reads the data folder before it is asked for, so that processes forked from this one find it parsed."""

from sharedborder.records import chronology, filters, schemas, selection, yamlfiles


def load(as_of: filters.AsOf) -> None:
    """Parse the chronology, and every table as known on a day (None or "latest": all).

    Errors as `ledger.read`.
    """
    yamlfiles.load(chronology.FILE)
    until = filters.day_of(as_of)
    for table in schemas.tables():
        selection.known(schemas.schema(table), until, {})
