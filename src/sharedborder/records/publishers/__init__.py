"""The publishers whose files we read: one module each, with a function `parse(files, published)`.

`parse` turns a publisher's own files into our tables, name -> frame, or raises ParseError.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import pandas as pd

from sharedborder.records.errors import LedgerError

Parser = Callable[[Sequence[Path], datetime.date], dict[str, pd.DataFrame]]

NAMES: Final = (
    "announced", "cbp", "cbp_crossings", "mexico", "ohss", "panama", "unhcr", "usbp", "worldbank"
)  # fmt: skip


class _Parsers(Mapping[str, Parser]):
    """Name -> parse function. A module is imported when it is asked for: one publisher costs one import."""

    def __getitem__(self, name: str) -> Parser:
        if name not in NAMES:
            raise LedgerError(f"there is no publisher {name!r}; there are {', '.join(NAMES)}")
        parse: Parser = import_module(f"{__name__}.{name}").parse
        return parse

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


PARSERS: Final[Mapping[str, Parser]] = _Parsers()
