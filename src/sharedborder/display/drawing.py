"""A chart as data: its name, its frame and its options, for painters that no kernel loads."""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Final, ParamSpec, cast

import pandas as pd

from .form import ACCOUNT
from .language import FORMS, Text
from .packing import pack, pack_frame
from .palette import PALETTE
from .values import plain

COLUMN_OPTIONS: Final = ("x", "y", "panel", "colour", "provisional", "total")
BESIDE: Final = ("provisional", "total")
"""Options whose columns say something about a row, but do not tell one drawn number from another."""

Options = ParamSpec("Options")


@dataclass(frozen=True)
class Account:
    """What is told of an event besides its name: who acted, where, what came of it, and who reported it.

    `sources` are {"publisher", "address", "published": ISO day or None}.
    """

    who: Text
    where: Text
    what: Text
    sources: tuple[Mapping[str, Any], ...]

    def json(self) -> dict[str, Any]:
        """Give the account as it is listed under a chart."""
        return {name: getattr(self, name).json() for name in ACCOUNT} | {"sources": list(self.sources)}


@dataclass(frozen=True)
class Event:
    """Something that happened on a day (ISO text), marked in a chart; with its account if it is told."""

    day: str
    text: Text
    account: Account | None = None

    def json(self) -> dict[str, Any]:
        """Give the event as it is listed under a chart."""
        told = self.account.json() if self.account else {}
        return {"day": self.day, "text": self.text.json(), **told}


@dataclass(frozen=True)
class Drawing:
    """A chart that can be painted in any language and width, with the data that it shows.

    `chart` is the name of its painter, `options` all that it takes besides the frame. `keys` tell one drawn
    number from another, `measure` is the column that holds the numbers, written in `form`. In a `stacked`
    chart a reader also sees the sums by its first key. Under the chart, the values of the key `spread` head
    the table's columns, and the columns `beside` are added. `listed` are events whose texts stand under the
    chart. Of a chart whose reader chooses one of the columns, `chosen` is the one chosen at first.
    """

    chart: str
    frame: pd.DataFrame
    options: Mapping[str, Any]
    keys: tuple[str, ...]
    measure: str
    form: str
    stacked: bool = False
    spread: str | None = None
    beside: tuple[str, ...] = ()
    listed: tuple[Event, ...] = ()
    chosen: str | None = None

    def json(self) -> dict[str, Any]:
        """Give {"chart", "frame", "options"} for `painting.unpack_options` and `values.unpack_frame`."""
        return {
            "chart": self.chart,
            "frame": pack_frame(self.frame),
            "options": {name: _pack_option(value) for name, value in self.options.items()},
        }


@dataclass(frozen=True)
class Kind:
    """Which options name the drawn number, the table's heads, the events under it, the first choice."""

    measure: str
    spread: str
    stacked: bool
    listed: str
    chosen: str

    def columns(self, given: Mapping[str, Any]) -> tuple[str, list[str], list[str]]:
        """Give the columns with the number, with what tells one from another, and those beside."""
        number = str(given[self.measure])
        beside = [given[option] for option in BESIDE if given.get(option)]
        keys = [given[option] for option in COLUMN_OPTIONS if given.get(option)]
        return number, [column for column in keys if column not in (number, *beside)], beside

    def drawing(self, name: str, frame: pd.DataFrame, given: Mapping[str, Any]) -> Drawing:
        """Make the Drawing of a checked frame."""
        number, keys, beside = self.columns(given)
        return Drawing(
            chart=name,
            frame=frame,
            options=given,
            keys=tuple(keys),
            measure=number,
            form=str(given.get("form", "exact")),
            stacked=self.stacked,
            spread=given.get(self.spread),
            beside=tuple(beside),
            listed=tuple(given.get(self.listed, ())),
            chosen=given.get(self.chosen),
        )


def chart(
    measure: str = "y", spread: str = "colour", stacked: bool = False, listed: str = "", chosen: str = ""
) -> Callable[
    [Callable[Concatenate[pd.DataFrame, Options], None]],
    Callable[Concatenate[pd.DataFrame, Options], Drawing],
]:
    """Turn a function that checks what a chart is given into one that gives the Drawing of its name.

    The options in COLUMN_OPTIONS name columns; `measure` is the one of them that names the drawn number,
    `spread` the one whose values head the table's columns, `listed` the option that holds events to be
    listed under the chart, `chosen` the one that names the column chosen at first.
    """
    kind = Kind(measure, spread, stacked, listed, chosen)

    def wrap(
        check: Callable[Concatenate[pd.DataFrame, Options], None],
    ) -> Callable[Concatenate[pd.DataFrame, Options], Drawing]:
        @functools.wraps(check)
        def make(frame: pd.DataFrame, *args: Options.args, **options: Options.kwargs) -> Drawing:
            given = _given(check, frame, args, options)
            kept = _kept(check.__name__, frame, *kind.columns(given))
            _check_options(check.__name__, kept, given)
            check(kept, *args, **options)
            return kind.drawing(check.__name__, kept, given)

        return cast(Callable[Concatenate[pd.DataFrame, Options], Drawing], make)

    return wrap


def categories(frame: pd.DataFrame, colour: str | None, order: Sequence[str]) -> list[str]:
    """List the categories of a colour column: in `order` (which must name all), else as they come."""
    if colour is None:
        return []
    found = [str(value) for value in frame[colour].unique()]
    unknown = sorted(set(found) - set(order)) if order else []
    if unknown:
        raise ValueError(f"order lacks the categories {unknown} of column {colour!r}")
    return [category for category in order if category in found] if order else found


def _given(declared: Callable[..., Any], frame: pd.DataFrame, args: Any, options: Any) -> dict[str, Any]:
    bound = inspect.signature(declared).bind(frame, *args, **options)
    bound.apply_defaults()
    return dict(list(bound.arguments.items())[1:])


def _pack_option(value: Any) -> Any:
    """Give an option as JSON: as `values.pack`, an event as {"event": ISO day, "text"}."""
    if isinstance(value, Event):
        return {"event": value.day, "text": value.text.json()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_pack_option(one) for one in value]
    return pack(value)


def _kept(
    chart: str, frame: pd.DataFrame, number: str, keys: Sequence[str], beside: Sequence[str]
) -> pd.DataFrame:
    """Take the columns that are drawn, without what the ledger said about them."""
    rows = pd.DataFrame(frame)  # without its `attrs`
    _check(chart, rows, keys, [number, *beside])
    return rows[[*keys, number, *beside]].reset_index(drop=True)


def _check(chart: str, frame: pd.DataFrame, keys: Sequence[str], others: Sequence[str]) -> None:
    """Refuse a frame that lacks a column or has no rows, or two of whose rows share a place in the chart."""
    lost = [column for column in [*keys, *others] if column not in frame]
    if lost:
        raise ValueError(f"{chart}: the frame has no column {lost}; it has {list(map(str, frame.columns))}")
    if frame.empty:
        raise ValueError(f"{chart}: the frame has no rows, there is nothing to draw")
    doubled = frame[frame.duplicated(list(keys), keep=False)]
    if len(doubled):
        example = doubled.iloc[0][list(keys)].to_dict()
        raise ValueError(
            f"{chart}: {len(doubled)} rows share a place in the chart, such as {example}: sum them first"
        )


def _check_options(chart: str, frame: pd.DataFrame, given: Mapping[str, Any]) -> None:
    """Refuse what the painter could not draw, at the author's cell."""
    for option, known in (("tone", PALETTE), ("form", FORMS)):
        if given.get(option, next(iter(known))) not in known:
            raise ValueError(
                f"{chart}: unknown {option} {given[option]!r}; known: {', '.join(sorted(known))}"
            )
    categories(frame, given.get("colour"), [str(plain(part)) for part in given.get("order", ())])
