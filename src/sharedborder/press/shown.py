"""Which figure a written page shows: the extension asks it as well, so it loads no library."""

import re
from pathlib import Path
from typing import Final

SHOWS: Final = re.compile(r"\{chart\} ([\w/-]+):")


def shown_by(page: Path) -> str:
    """Return the page whose figure a written page shows first, or nothing."""
    shown = SHOWS.search(page.read_text("utf-8")) if page.exists() else None
    return shown[1] if shown else ""
