"""Where a number comes from, in a few lines at the foot of a page: who released it, when, and which rows."""

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Any, Final

from . import names
from .credits import Describe, credit_lines, link, release_days
from .days import as_day, contracted
from .language import write
from .messages import Language, mark, translate, translate_plural
from .roles import TEMPORAL, cell, kind_of_column

Json = Mapping[str, Any]

LISTED: Final = 6
"""So many values of a key column are named; of more, the first and the last day, or how many."""

ANNOUNCED: Final = "announced_figures"
"""The table whose rows have publishers of their own, named in a key column."""

UNSAID: Final = frozenset({"publisher", "vintage"})
"""Key columns of announced figures that the credit says already, or that tell a reader nothing."""

BY_THEMSELVES: Final = frozenset({"year", "fiscal year", "month", "day", "days", "share"})
"""Units that the text of a fact says itself: "August 2023", "60%"."""

ABSENT: Final = {
    "not published yet": mark("Not published yet when this edition was made."),
    "not held": mark("Perhaps published, but this edition holds no release that gives it."),
}


def evidence_html(fact: Json, language: Language, describe: Describe) -> str:
    """Give one entry of "Where the numbers come from": the fact and its rows, or why it is absent."""
    if fact["kind"] == "absent":
        return f"<p>{escape(translate(ABSENT[fact['reason']], language))}</p>"
    said = f"<strong>{escape(str(fact['text'][language]))}</strong>{_in_full(fact, language)}"
    by_table = groupby(fact["evidence"], key=lambda entry: entry["table"])
    entries = "".join(f"<li>{_table(list(found), language, describe)}</li>" for _, found in by_table)
    return f"<p>{said}{_unit(fact, language)}</p>\n<ul>{entries}</ul>"


def _in_full(fact: Json, language: Language) -> str:
    """Add the number in full where the text rounds it."""
    value = fact["value"]
    if fact["kind"] != "value" or fact["unit"] in BY_THEMSELVES or isinstance(value, str) or abs(value) < 1:
        return ""
    full = write(value, "exact", language)
    return "" if full == fact["text"][language] else f" ({escape(full)})"


def _unit(fact: Json, language: Language) -> str:
    unit = fact.get("unit")
    return f" {escape(names.name(unit, language))}" if unit and unit not in BY_THEMSELVES else ""


def _table(entries: list[Json], language: Language, describe: Describe) -> str:
    """Say who released these rows of one table and when, how many there are, and which."""
    table = entries[0]["table"]
    columns = _columns(entries)
    if table == ANNOUNCED:
        credit = _announcer(columns.get("publisher", []), entries, language)
        columns = {name: values for name, values in columns.items() if name not in UNSAID}
    else:
        credit = "; ".join(credit_lines(entries, language, describe))
    count = sum(entry["rows"] for entry in entries)
    rows = translate_plural("{count} row of {table}", "{count} rows of {table}", count, language)
    of_table = rows.format(count=write(count, "exact", language), table=f"<code>{escape(table)}</code>")
    chosen = [_selection(columns, language), *_addresses(entries)]
    which = ": ".join([of_table, *filter(None, ["; ".join(filter(None, chosen))])])
    return f'{credit}: <span class="which">{which}</span>'


def _announcer(publishers: list[str], entries: list[Json], language: Language) -> str:
    who = names.enumerate_words([names.proper(publisher, language) for publisher in publishers], language)
    days = release_days([(entry["published"], "exact") for entry in entries], language)
    return ", ".join(escape(part) for part in (who, days) if part)


def _addresses(entries: Iterable[Json]) -> list[str]:
    found = dict.fromkeys(address for entry in entries for address in entry.get("addresses", []))
    return [link(address) for address in found]


def _columns(entries: Iterable[Json]) -> dict[str, list[Any]]:
    """Give each key column's values, in order, without the empty ones; equal ends of a period are one."""
    columns: dict[str, list[Any]] = {}
    for entry in entries:
        keys = entry["keys"]
        for row in [keys] if isinstance(keys, Mapping) else map(_one_period, keys):
            for column, value in row.items():
                known = columns.setdefault(column, [])
                known += [one for one in _many(value) if one not in (None, "", *known)]
    return {column: values for column, values in columns.items() if values}


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one_period(row: Json) -> Json:
    """Name the day or the month that a period's two ends mean; other periods keep them."""
    start, end = row.get("period_start"), row.get("period_end")
    if not start or not end:
        return row
    rest = {column: value for column, value in row.items() if column not in ("period_start", "period_end")}
    if start == end:
        return {**rest, "date": start}
    whole = as_day(start).day == 1 and (as_day(end) - as_day(start)).days in range(27, 31)
    return {**rest, "month": start} if whole and start[:7] == end[:7] else row


def _selection(columns: Mapping[str, list[Any]], language: Language) -> str:
    """Say which rows: for each key column its values, or where they begin and end."""
    return "; ".join(
        f"{escape(names.label(column, language).lower())}: {escape(_values(column, values, language))}"
        for column, values in columns.items()
    )


def chosen(key: Json, language: Language) -> str:
    """Name one row by the values of its key: "between ports, November 2023"."""
    columns = _columns([{"keys": [key]}])
    texts = [_values(column, values, language) for column, values in columns.items() if column not in UNSAID]
    return ", ".join(texts)


def _values(column: str, values: list[Any], language: Language) -> str:
    kind = kind_of_column(column)
    if len(values) <= LISTED:
        return ", ".join(cell(value, kind, language) for value in values)
    if kind in TEMPORAL:
        text = translate("{first} to {last} ({count})", language)
        first, last = (cell(value, kind, language) for value in (min(values), max(values)))
        span = text.format(first=first, last=last, count=write(len(values), "exact", language))
        return contracted(span, language)
    return translate("{count} values", language).format(count=write(len(values), "exact", language))
