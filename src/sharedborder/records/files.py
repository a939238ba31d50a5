"""A table's files: typed frame to the bytes that are stored, and back.

Stored bytes are canonical (columns in the schema's order, rows sorted by key, UTF-8, LF), so the same
figures give the same file.
"""

import gzip
import hashlib
import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sharedborder.records import shelf
from sharedborder.records.errors import LedgerError
from sharedborder.records.schemas import Schema, schema

LARGEST_PLAIN_FILE = 1_000_000
MOST_HELD = 64  # parsed frames in memory: all tables as known on a few days
DAY = "datetime64[us]"
TRUTHS: dict[Any, bool | None] = {"true": True, "false": False, "": None}
WHOLE = ("integer", "year")


def load(releases: Sequence[shelf.Release]) -> pd.DataFrame:
    """The rows of releases of one table, one after the other, typed, with `published` (datetime64) last.

    At least one release. The frame is a cheap copy of a cached one (pandas copies on write), so a caller
    may change it. Raises LedgerError if a file is not the one that `datapackage.json` describes.
    """
    return _load(tuple(releases), *_described(releases[0].table)).copy(deep=False)


def _described(table: str) -> tuple[Path, tuple[Any, ...]]:
    """The data folder, and what changes when the table's schema there does: parts of each cache's key."""
    folder = shelf.folder()
    return folder, shelf.stamp(folder / "schemas" / f"{table}.json")


@lru_cache(maxsize=MOST_HELD)
def _load(releases: tuple[shelf.Release, ...], folder: Path, _schema: tuple[Any, ...]) -> pd.DataFrame:
    made = schema(releases[0].table)
    header = ",".join(made.names).encode() + b"\n"
    bodies = [_body(folder / release.path, release.digest, header) for release in releases]
    frame = parse(header + b"".join(bodies), made)
    if len(frame) != sum(release.rows for release in releases):
        raise LedgerError(
            f"{releases[0].table}: the files hold {len(frame)} rows, {shelf.PACKAGE} says otherwise"
        )
    days = np.array([release.published for release in releases], dtype=DAY)
    frame["published"] = np.repeat(days, [release.rows for release in releases])
    return frame


def newest_of_each_key(releases: Sequence[shelf.Release]) -> pd.DataFrame:
    """The rows of which no later release has one with the same key, sorted by key; otherwise as `load`."""
    return _newest_of_each_key(tuple(releases), *_described(releases[0].table)).copy(deep=False)


@lru_cache(maxsize=MOST_HELD)
def _newest_of_each_key(
    releases: tuple[shelf.Release, ...], folder: Path, stamped: tuple[Any, ...]
) -> pd.DataFrame:
    key = list(schema(releases[0].table).key)
    newest = _load(releases, folder, stamped).drop_duplicates(key, keep="last")
    return newest.sort_values(key, kind="stable", ignore_index=True)


def part(release: shelf.Release, periods: frozenset[shelf.Period]) -> pd.DataFrame:
    """The rows of some of a release's periods, otherwise as `load`."""
    if periods == release.covers:
        return load([release])
    return _part(release, periods, *_described(release.table)).copy(deep=False)


@lru_cache(maxsize=MOST_HELD)
def _part(
    release: shelf.Release, periods: frozenset[shelf.Period], folder: Path, _schema: tuple[Any, ...]
) -> pd.DataFrame:
    made = schema(release.table)
    header = ",".join(made.names).encode() + b"\n"
    body = _body(folder / release.path, release.digest, header)
    # where the period leads the key, its rows are one block; in a file without quotes, a line is a row
    if made.covers == made.key[:1] and b'"' not in body:
        body = _blocks(body, release, periods)
    frame = parse(header + body, made)
    frame["published"] = np.array([release.published], dtype=DAY).repeat(len(frame))
    held: pd.DataFrame = frame[in_periods(frame, made, periods)]
    return held


def _blocks(body: bytes, release: shelf.Release, periods: frozenset[shelf.Period]) -> bytes:
    """The lines of some periods, cut out before anything is parsed."""
    lines, covered, starts = b"\n" + body, sorted(release.covers or ()), [0]
    try:
        for period in covered:
            starts.append(lines.index(f"\n{period[0]},".encode(), starts[-1]))
    except ValueError:
        raise LedgerError(f"{release.path}: {period[0]} is not where {shelf.PACKAGE} has it") from None
    ends = [*starts[2:], len(lines)]
    blocks = zip(covered, starts[1:], ends, strict=True)
    return b"".join(lines[start:end] for period, start, end in blocks if period in periods)[1:]


def in_periods(frame: pd.DataFrame, made: Schema, periods: frozenset[shelf.Period]) -> Any:
    """Which rows belong to some periods (as they stand in `datapackage.json`), as a mask."""
    kinds = [made.field(name).type for name in made.covers]
    held = [tuple(map(period_value, period, kinds)) for period in periods]
    if len(made.covers) == 1:
        return frame[made.covers[0]].isin([period[0] for period in held])
    return pd.MultiIndex.from_frame(frame[list(made.covers)]).isin(held)


def period_value(value: Any, kind: str) -> Any:
    """A period's value as a frame holds it."""
    return pd.Timestamp(value) if kind == "date" else value


def _body(path: Path, digest: str, header: bytes) -> bytes:
    """The rows of a file without its header. Many small releases are then parsed as one, in one call."""
    content = content_of(path, digest)
    if not content.startswith(header):
        raise LedgerError(
            f"{path.name}: the header is not {header.decode().strip()}; has the schema changed?"
        )
    return content[len(header) :]


def content_of(path: Path, digest: str) -> bytes:
    """The CSV in a stored file, decompressed. LedgerError if its SHA-256 is not `digest`."""
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        raise LedgerError(
            f"{path.parent.name}/{path.name} is listed in {shelf.PACKAGE} but missing"
        ) from None
    if hashlib.sha256(stored).hexdigest() != digest:
        place = f"{path.parent.name}/{path.name}"
        raise LedgerError(
            f"{place} is not the file that {shelf.PACKAGE} lists: it was edited; restore it from git"
        )
    return gzip.decompress(stored) if path.suffix == ".gz" else stored


def parse(content: bytes, made: Schema) -> pd.DataFrame:
    """A typed frame of a table's CSV. Raises LedgerError where a value is not of its column's type."""
    nullable = {
        f.name: [""] for f in made.fields if not f.required and f.type not in ("string", "date", "boolean")
    }
    # days are few and repeat, so each is parsed once, as a category
    dtypes: Any = {f.name: {"date": "category", "boolean": "str"}.get(f.type, f.dtype) for f in made.fields}
    try:
        frame = pd.read_csv(
            io.BytesIO(content),
            dtype=dtypes,
            keep_default_na=False,
            na_values=nullable,
            na_filter=bool(nullable),
        )
        return pd.DataFrame({f.name: _typed(frame[f.name], f.type, f.dtype) for f in made.fields})
    except (ValueError, KeyError) as error:
        raise LedgerError(f"{made.table}: {error}") from error


def typed(frame: pd.DataFrame, made: Schema) -> pd.DataFrame:
    """A parser's frame with the dtypes of the schema, sorted by key.

    Days may be datetime64 or ISO text, whole numbers any dtype without fractions, empty strings empty or
    missing. Raises LedgerError for other columns than the schema's, or a value that is not of its column's
    type.
    """
    if tuple(frame.columns) != made.names:
        given, asked = ", ".join(map(str, frame.columns)), ", ".join(made.names)
        raise LedgerError(f"{made.table}: the columns are {given}; the schema asks for {asked}")
    columns = {}
    for field in made.fields:
        try:
            columns[field.name] = _typed(frame[field.name], field.type, field.dtype)
        except (ValueError, TypeError) as error:
            raise LedgerError(
                f"{made.table}: column {field.name} is not of type {field.type}: {error}"
            ) from error
    return pd.DataFrame(columns).sort_values(list(made.key), ignore_index=True)


def _typed(column: "pd.Series[Any]", kind: str, dtype: str) -> "pd.Series[Any]":
    column = column.reset_index(drop=True)
    if kind == "date":
        return _days(column)
    if kind == "string":
        return column.astype("str").fillna("")
    if kind == "boolean":
        column = column.map(lambda value: TRUTHS.get(value, value)).astype("boolean")
    elif not pd.api.types.is_numeric_dtype(column):
        column = pd.to_numeric(column.replace("", None))
    whole = column.astype("Int64") if kind in WHOLE else column
    return whole.astype(pd.api.types.pandas_dtype(dtype))


def _days(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.astype(np.dtype(DAY))
    coded = column.astype("category").cat
    days = pd.to_datetime(coded.categories.astype("str"), format="%Y-%m-%d").astype(DAY)
    return pd.Series(days.take(coded.codes.to_numpy()), index=column.index)


def dump(frame: pd.DataFrame, made: Schema) -> bytes:
    """The CSV of a frame from `typed`."""
    columns = {field.name: _text(frame[field.name], field.type) for field in made.fields}
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\n").encode()


def _text(column: "pd.Series[Any]", kind: str) -> "pd.Series[Any]":
    if kind == "date":
        return pd.Series(column.dt.strftime("%Y-%m-%d"))
    if kind == "boolean":
        return column.map({True: "true", False: "false"})
    if kind == "number":
        return column.map(lambda value: "" if pd.isna(value) else repr(float(value)).removesuffix(".0"))
    return column


def compress(content: bytes) -> bytes:
    """Gzip without name or time, so that the same content gives the same file."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()
