"""The contract: `datapackage.json` and the schemas, held by Frictionless, and files as listed, held by us."""

import io
import json
import subprocess
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
from frictionless import FrictionlessException, Package, Report, Resource
from frictionless import Schema as FrictionlessSchema

from sharedborder.records import entries, files, shelf, sources
from sharedborder.records.errors import LedgerError
from sharedborder.records.schemas import Schema, schema, tables

SHOWN = 5
RELEASE_FILES = "[!.]*/*.csv*"


def problems(every: bool = False, since: str = "HEAD") -> list[str]:
    """What breaks the contract, one sentence each; empty if nothing does.

    Every file is compared with its entry (hash, bytes) and every release with `sources.yml`. Rows are
    validated by Frictionless for the releases that changed since a commit, or for `every` one.
    """
    found = _descriptor_problems()
    if found:
        return found
    found = _shelf_problems()
    found.extend(f"data/{sources.FILE} does not describe {place}" for place in sources.undescribed())
    chosen = list(shelf.package().values()) if every else changed(since)
    todo = [release for release in chosen if (shelf.folder() / release.path).is_file()]
    for release, errors in zip(todo, _validated(todo), strict=True):
        found.extend(f"data/{release.path}: {error}" for error in errors)
    return found


def changed(since: str = "HEAD") -> list[shelf.Release]:
    """The releases whose file, or whose table's schema, differs from a commit; all where git cannot tell."""
    names = _changed_names(since)
    held = shelf.package().values()
    return [r for r in held if names is None or r.path in names or f"schemas/{r.table}.json" in names]


def _changed_names(since: str) -> set[str] | None:
    """Paths relative to the data folder, changed or new."""
    differing = _git("diff", "--name-only", "--relative", since, "--", ".")
    new = _git("ls-files", "--others", "--exclude-standard", "--", ".")
    return None if differing is None or new is None else differing | new


def _git(*arguments: str) -> set[str] | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=shelf.folder(), capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return set(done.stdout.splitlines())


def _shelf_problems() -> list[str]:
    """Files and entries that do not match each other. Quick: it reads bytes and parses nothing."""
    found: list[str] = []
    for release in shelf.package().values():
        try:
            files.content_of(shelf.folder() / release.path, release.digest)
        except LedgerError as error:
            found.append(str(error))
    listed = {release.path for release in shelf.package().values()}
    lying = {str(path.relative_to(shelf.folder())) for path in shelf.folder().glob(RELEASE_FILES)}
    found.extend(
        f"data/{path} is not listed in datapackage.json: ingest it, or remove it"
        for path in sorted(lying - listed)
    )
    return found


def _descriptor_problems() -> list[str]:
    """What is wrong with `datapackage.json` and the schemas themselves."""
    found: list[str] = []
    try:
        Package.from_descriptor(str(shelf.folder() / shelf.PACKAGE))
    except FrictionlessException as error:
        found.extend(f"data/{shelf.PACKAGE}: {reason}" for reason in _reasons(error))
    for table in tables():
        try:
            _cell_rules(schema(table))
        except LedgerError as error:
            found.append(f"data/{error}")
    return found


def _validated(releases: list[shelf.Release]) -> list[list[str]]:
    """The broken rules of each release, the longest first so that two processes end together."""
    if sum(release.rows for release in releases) < 50_000:
        return [_release_problems(release) for release in releases]
    order = sorted(releases, key=lambda release: -release.rows)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = dict(zip(order, pool.map(_release_problems, order), strict=True))
    return [found[release] for release in releases]


def _release_problems(release: shelf.Release) -> list[str]:
    """What is wrong with one listed release: rows against the schema, and its entry against its rows."""
    made = schema(release.table)
    path = shelf.folder() / release.path
    try:
        content = files.content_of(path, release.digest)
    except LedgerError as error:
        return [str(error)]
    found = broken_rules(content, made)
    if found:
        return found
    frame = files.typed(files.parse(content, made), made)
    if files.dump(frame, made) != content:
        found.append("not as `append` writes it (order of rows, form of values)")
    if entries.entry(frame, made, release.published, release.path, path.read_bytes()) != release:
        found.append("its entry in datapackage.json does not match its rows")
    return found


def broken_rules(content: bytes, made: Schema) -> list[str]:
    """The rules of a table's schema that the CSV in `content` breaks, in Frictionless's words, at most a few.

    Whether a cell keeps its column's type and constraints depends on its text alone, so Frictionless is given
    the rows in which some column's text occurs for the first time: a tenth of a long table, the same verdict.
    If it objects, all rows are validated, so that the message names the right one. That keys are unique is
    asked of pandas. `frictionless validate data/datapackage.json` does it all by itself, and slowly.
    """
    found = _messages(_resource(_telling_rows(content), made).validate(limit_errors=SHOWN))
    if found:
        return _messages(_resource(content, made).validate(limit_errors=SHOWN)) or found
    return _repeated_keys(files.parse(content, made), made)


def _telling_rows(content: bytes) -> bytes:
    try:
        rows = pd.read_csv(io.BytesIO(content), dtype="str", na_filter=False)
    except ValueError:
        return content
    told = np.logical_and.reduce([rows[name].duplicated() for name in rows.columns])
    text: str = rows[~told].to_csv(index=False, lineterminator="\n")
    return text.encode()


def _resource(content: bytes, made: Schema) -> Resource:
    return Resource(content, format="csv", encoding="utf-8", schema=_cell_rules(made))


def _cell_rules(made: Schema) -> FrictionlessSchema:
    """Frictionless's reading of a table's schema, without the key. LedgerError if it is not a schema."""
    descriptor = json.loads(made.path.read_text("utf-8"))
    descriptor.pop("primaryKey")
    if any("unique" in field.get("constraints", {}) for field in descriptor["fields"]):
        raise LedgerError(f"schemas/{made.path.name}: say what is unique in primaryKey, not in a constraint")
    try:
        return FrictionlessSchema.from_descriptor(descriptor)
    except FrictionlessException as error:
        raise LedgerError(f"schemas/{made.path.name}: {'; '.join(_reasons(error))}") from error


def _reasons(error: FrictionlessException) -> list[str]:
    return [str(reason.message) for reason in error.to_errors()]


def _messages(report: Report) -> list[str]:
    return [str(message) for [message] in report.flatten(["message"])]


def _repeated_keys(frame: pd.DataFrame, made: Schema) -> list[str]:
    repeated = frame.duplicated(list(made.key))
    if not repeated.any():
        return []
    keys = frame.loc[repeated, list(made.key)].drop_duplicates().head(SHOWN).astype("str").to_dict("records")
    return [f"more than one row has the key {', '.join(f'{k}={v}' for k, v in key.items())}" for key in keys]
