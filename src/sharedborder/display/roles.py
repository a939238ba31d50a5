"""What a column holds, told by its name and type: months, years, countries, categories, numbers."""

from typing import TYPE_CHECKING, Any, Final

from . import language, names
from .messages import Language
from .numerals import is_missing

if TYPE_CHECKING:
    import pandas as pd

KINDS: Final = {
    "month": "month",
    "date": "stock",
    "year": "year",
    "calendar_year": "year",
    "fiscal_year": "fiscal_year",
    "published": "day",
    "period_start": "day",
    "period_end": "day",
    "day": "day",
    "through": "day",
    **dict.fromkeys(names.PLACES, "place"),
    **dict.fromkeys(names.PROPER, "proper"),
}
"""Columns whose name says what they hold; other dates are days, other texts categories, the rest numbers."""

TEMPORAL: Final = frozenset({"month", "stock", "year", "fiscal_year", "day"})
FORMS: Final = {"year": "year", "fiscal_year": "fiscal_year", "place": "name", "number": "exact"}


def kind_of(column: str, values: "pd.Series[Any]") -> str:
    """Give the kind of a column: one of TEMPORAL, `place`, `name`, `proper`, `flag` or `number`."""
    from pandas.api import types

    if column in KINDS:
        return KINDS[column]
    if types.is_bool_dtype(values):
        return "flag"
    if types.is_datetime64_any_dtype(values):
        return "month" if (values.dt.day == 1).all() else "day"
    return "number" if types.is_numeric_dtype(values) else "name"


def kind_of_column(column: str) -> str:
    """Give the kind of a column of categories by its name alone."""
    return KINDS.get(column, "name")


def cell(value: Any, kind: str, to: Language) -> str:
    """Write a cell of a table or a label of a chart; a missing one is an en dash."""
    if is_missing(value):
        return "–"
    if kind == "flag":
        return names.name("provisional", to) if value else ""
    return language.write(value, FORMS.get(kind, kind), to)


def cell_text(value: Any, kind: str) -> language.Text:
    """As `cell`, in both languages."""
    if is_missing(value):
        return language.Text("–", "–")
    if kind == "flag":
        return language.written("provisional", "name") if value else language.Text("", "")
    return language.written(value, FORMS.get(kind, kind))
