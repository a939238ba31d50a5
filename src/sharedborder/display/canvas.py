"""The sheet a chart is drawn on: a language, a width, and how things are called on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd

from . import names, roles
from .evidence import plain
from .language import Text, write
from .messages import Language

Width = Literal["phone", "column"]
PIXELS: Final[dict[Width, int]] = {"phone": 340, "column": 680}

Labels = Mapping[str, Text]
Record = dict[str, Any]


@dataclass(frozen=True)
class Canvas:
    """One rendering of a chart: its language, its width, and the names that the figure gives."""

    language: Language
    width: Width
    labels: Labels = field(default_factory=dict)

    @property
    def pixels(self) -> int:
        """The whole width in px, labels included."""
        return PIXELS[self.width]

    @property
    def phone(self) -> bool:
        """Whether this is the narrow rendering."""
        return self.width == "phone"

    def choose(self, phone: int, column: int) -> int:
        """Take one of two sizes by the width."""
        return phone if self.phone else column

    def text(self, text: Text) -> str:
        """Give a text in the canvas's language."""
        return text.in_language(self.language)

    def name(self, column: str, value: Any) -> str:
        """Name a value of a column for a label (without a column: name a column), the first letter raised."""
        if str(value) in self.labels:
            return names.capitalise(self.text(self.labels[str(value)]))
        kind = roles.kind_of_column(column)
        if not column:
            return names.label(str(value), self.language)
        return names.capitalise(roles.cell(value, "month_short" if kind == "month" else kind, self.language))

    def write(self, value: Any, form: str) -> str:
        """Write a value in the canvas's language."""
        return write(value, form, self.language)


def records(frame: pd.DataFrame, columns: Sequence[str]) -> list[Record]:
    """Give the rows of a frame as plain values for a chart's specification."""
    values = [[plain(value) for value in frame[column].tolist()] for column in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
