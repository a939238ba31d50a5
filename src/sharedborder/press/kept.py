"""Values kept in files between builds: what comes back is what was written, or nothing."""

import hashlib
import json
from pathlib import Path
from typing import Any

from sharedborder.press.files import write_whole


def keep(path: Path, value: Any) -> None:
    """Write a JSON-like value, below a line with its digest."""
    text = json.dumps(value, ensure_ascii=False)
    write_whole(path, f"{_seal(text)}\n{text}")


def kept(path: Path) -> Any:
    """Return the value in a file; None if there is none, or it is damaged."""
    try:
        seal, _, text = path.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return json.loads(text) if seal == _seal(text) else None


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
