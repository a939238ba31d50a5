"""records: a publisher's file becomes a release in the ledger, which is read as it was known on a day."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sharedborder.records.ledger import append, history, read, releases

__all__ = ["append", "history", "read", "releases"]


def __getattr__(name: str) -> Any:
    """Give the ledger's functions when they are first asked for: what opens no table needs no pandas."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sharedborder.records import ledger

    return getattr(ledger, name)
