"""What a chapter read, one JSON line a reading, so that only pages whose rows changed run again."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

LOG_VARIABLE = "SHAREDBORDER_READ_LOG"


def record(call: str, table: str, asked: Mapping[str, Any], answer: Any) -> None:
    """Append a reading to the file that $SHAREDBORDER_READ_LOG names; without it, nothing happens.

    `call` is the function's name, `asked` its arguments as JSON (as_of, where, columns), `answer` its result.
    """
    path = os.environ.get(LOG_VARIABLE)
    if not path:
        return
    entry = {"call": call, "table": table, **asked, "digest": digest(answer)}
    line = json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"
    # one write of one line in append mode: forked kernels may share the file
    with Path(path).open("ab", buffering=0) as log:
        log.write(line.encode())


def digest(answer: Any) -> str:
    """A SHA-256 of a frame's columns, dtypes, values and `attrs`, or of anything that JSON holds."""
    made = hashlib.sha256()
    if not isinstance(answer, pd.DataFrame):
        made.update(json.dumps(answer, sort_keys=True, default=str).encode())
        return made.hexdigest()
    made.update(json.dumps(answer.attrs, sort_keys=True, default=str).encode())
    for name in answer.columns:
        made.update(f"{name}:{answer[name].dtype}:{len(answer)};".encode())
        for part in _bytes(answer[name]):
            made.update(part)
    return made.hexdigest()


def _bytes(column: "pd.Series[Any]") -> list[bytes]:
    """The values of a column as bytes: equal for equal columns, quick for long ones."""
    if column.dtype == object:
        return [json.dumps(column.tolist(), sort_keys=True, default=str, ensure_ascii=False).encode()]
    if column.dtype == "str":
        codes, values = pd.factorize(column)
        return [np.ascontiguousarray(codes).tobytes(), json.dumps(list(values)).encode()]
    missing = column.isna().to_numpy()
    filled = column.to_numpy() if not missing.any() else column.fillna(_zero(column)).to_numpy()
    return [missing.tobytes(), np.ascontiguousarray(filled).tobytes()]


def _zero(column: "pd.Series[Any]") -> Any:
    return pd.Timestamp(0) if pd.api.types.is_datetime64_any_dtype(column) else column.dtype.type(0)
