"""The digest of what a reading gave, equal for equal answers."""

import hashlib
import json
from contextlib import suppress
from typing import Any, Final

import numpy as np
import pandas as pd

BETWEEN: Final = "\0"


def digest(answer: Any) -> str:
    """A SHA-256 of a frame's columns, dtypes, values and `attrs`, or of anything that JSON holds."""
    made = hashlib.sha256()
    if not isinstance(answer, pd.DataFrame):
        made.update(json.dumps(answer, sort_keys=True, default=str).encode())
        return made.hexdigest()
    made.update(json.dumps(answer.attrs, sort_keys=True, default=str).encode())
    bare = pd.DataFrame(answer)  # without `attrs`, which pandas copies at every step
    for name in bare.columns:
        made.update(f"{name}:{bare[name].dtype}:{len(bare)};".encode())
        for part in _bytes(bare[name]):
            made.update(part)
    return made.hexdigest()


def _bytes(column: "pd.Series[Any]") -> list[bytes]:
    """The values of a column as bytes: equal for equal columns, quick for long ones."""
    if column.dtype == object:
        return [json.dumps(column.tolist(), sort_keys=True, default=str, ensure_ascii=False).encode()]
    if column.dtype == "str":
        return _texts(column.tolist())
    missing = column.isna().to_numpy()
    filled = column.to_numpy() if not missing.any() else column.fillna(_zero(column)).to_numpy()
    return [missing.tobytes(), np.ascontiguousarray(filled).tobytes()]


def _texts(values: list[Any]) -> list[bytes]:
    """Texts as bytes: joined, which is quick, where none is missing or holds what joins them."""
    with suppress(TypeError):  # a missing one is no text
        joined = BETWEEN.join(values)
        if joined.count(BETWEEN) == len(values) - 1:
            return [b"joined:", joined.encode()]
    return [b"listed:", json.dumps(values).encode()]


def _zero(column: "pd.Series[Any]") -> Any:
    return pd.Timestamp(0) if pd.api.types.is_datetime64_any_dtype(column) else column.dtype.type(0)
