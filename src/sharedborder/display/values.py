"""Values as JSON: what a notebook hands to the pages is data, and nothing else."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .numerals import is_missing


def plain(value: Any, keep: type | tuple[type, ...] = ()) -> Any:
    """Turn a value into a number, a bool, a text, an ISO day or a list of these; a missing one into None.

    Values of the types `keep` stay as they are. What none of these can say raises TypeError.
    """
    if (keep and isinstance(value, keep)) or isinstance(value, (bool, str)):
        return value
    if is_missing(value):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if hasattr(value, "item") and not getattr(value, "ndim", 0):
        return value.item()
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, Iterable) and not isinstance(value, (Mapping, bytes)):
        return [plain(one, keep) for one in value]
    raise TypeError(f"{value!r} is no number, day, text or list of these")
