"""What a chapter read, one JSON line a reading, so that only pages whose rows changed run again."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOG_VARIABLE = "SHAREDBORDER_READ_LOG"


def record(call: str, table: str, asked: Mapping[str, Any], answer: Any) -> None:
    """Append a reading to the file that $SHAREDBORDER_READ_LOG names; without it, nothing happens.

    `call` is the function's name, `asked` its arguments as JSON (as_of, where, columns), `answer` its result.
    """
    path = os.environ.get(LOG_VARIABLE)
    if not path:
        return
    from sharedborder.records.contents import digest  # pandas, which the press's own readings do not need

    entry = {"call": call, "table": table, **asked, "digest": digest(answer)}
    line = json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"
    # one write of one line in append mode: forked kernels may share the file
    with Path(path).open("ab", buffering=0) as log:
        log.write(line.encode())
