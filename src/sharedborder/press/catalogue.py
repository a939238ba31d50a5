"""The data page: every table with its columns, releases and source, from the contract and sources.yml."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from babel.numbers import format_decimal

from sharedborder.press.catalogue_words import WORDS
from sharedborder.press.edition import LOCALES, day_text
from sharedborder.press.folders import site_path
from sharedborder.press.plan import LATEST

Entry = Mapping[str, Any]
FEW_RELEASES = 6


@dataclass(frozen=True)
class Contract:
    """The ledger's own description: schemas by table, resources of datapackage.json, sources by id."""

    schemas: Mapping[str, Entry]
    resources: Sequence[Entry]
    sources: Mapping[str, Entry]


def read_contract(data: Path) -> Contract:
    """Return what a data folder says about itself."""
    schemas = {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted((data / "schemas").glob("*.json"))
    }
    package = data / "datapackage.json"
    resources = json.loads(package.read_text("utf-8"))["resources"] if package.exists() else []
    sources = data / "sources.yml"
    return Contract(
        schemas, resources, yaml.safe_load(sources.read_text("utf-8")) if sources.exists() else {}
    )


def table_title(contract: Contract, table: str, language: str) -> str:
    """Return a table's title in a language."""
    schema = contract.schemas.get(table, {})
    return _text(schema.get("titles") or schema.get("title"), language) or table.replace("_", " ")


def held(contract: Contract, table: str, edition: str) -> list[Entry]:
    """Return the releases of a table that an edition may know, newest first."""
    known = [
        item for item in contract.resources if item["table"] == table and _known(item["published"], edition)
    ]
    return sorted(known, key=lambda item: str(item["published"]), reverse=True)


def tables(contract: Contract, edition: str, language: str) -> dict[str, dict[str, Any]]:
    """Return table -> title, newest release and last period as of an edition; tables without one are out."""
    found = {}
    for table in contract.schemas:
        if releases := held(contract, table, edition):
            last = max(
                (str(item["last_period"]) for item in releases if item.get("last_period")), default=None
            )
            title = table_title(contract, table, language)
            found[table] = {"title": title, "published": releases[0]["published"], "last_period": last}
    return found


def catalogue(contract: Contract, edition: str, language: str) -> str:
    """Return the data page of an edition as MyST Markdown: nothing on it is later than the edition's day."""
    say = WORDS[language]
    root = "../" * site_path(edition, language).count("/")
    files = [f"{root}data/{name}" for name in ("datapackage.json", "sources.yml", "events.yml", "claims.yml")]
    links = ", ".join(f'<a href="{file}">{Path(file).name}</a>' for file in files)
    parts = [f"# {say['title']}", say["opening"], _raw(f"<p>{say['machine']} {links}.</p>")]
    ordered = sorted(contract.schemas, key=lambda table: table_title(contract, table, language))
    for table in ordered:
        parts += [
            f"({table})=\n## {table_title(contract, table, language)}",
            _raw(_table(contract, table, edition, language)),
        ]
    return "\n\n".join(parts) + "\n"


def _table(contract: Contract, table: str, edition: str, language: str) -> str:
    say, schema = WORDS[language], contract.schemas[table]
    unit = _text(schema.get("unit"), language)
    kind = say["kinds"].get(schema["kind"], schema["kind"])
    head = f'<p class="what"><code>{table}</code> · {escape(kind)} · {say["unit"]}: {escape(unit)}</p>'
    sources = [_source(source, table, edition, language) for source in _sources(contract, table)]
    return "\n".join(
        [head, *sources, _columns(schema, language), _releases(contract, table, edition, language)]
    )


def _sources(contract: Contract, table: str) -> list[Entry]:
    return [source for source in contract.sources.values() if table in source["tables"]]


def _source(source: Entry, table: str, edition: str, language: str) -> str:
    say, licence = WORDS[language], source["licence"]
    bodies = [body for body in source.get("through") or [] if body.get("table") == table]
    through: Entry = bodies[0] if bodies else {}
    terms = [
        (say["counted_by"], _link(through.get("publisher"), through.get("address"), language)),
        (say["publisher"], _link(source["publisher"], source["address"], language)),
        (say["published_as"], escape(_text(source["title"], language))),
        (say["counts"], escape(_text(through.get("unit") or source["unit"], language))),
        (say["licence"], _link(licence["name"], licence.get("address"), language)),
        (say["cadence"], escape(_text(source.get("cadence"), language))),
        (say["citation"], escape(_text(source.get("citation"), language))),
    ]
    known = [item for item in source.get("breaks") or [] if _known(_day_of_break(item), edition)]
    breaks = "".join(f"<li>{escape(_text(item, language))}</li>" for item in known)
    terms += [(say["breaks"], f"<ul>{breaks}</ul>")] if breaks else []
    return "<dl>" + "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in terms if text) + "</dl>"


def _day_of_break(item: Any) -> str:
    """Return the day from which a break is known; a plain text is known always."""
    return str(item.get("known_from", "")) if isinstance(item, Mapping) else ""


def _columns(schema: Entry, language: str) -> str:
    say = WORDS[language]
    rows = "".join(f"<tr>{_column(field, language)}</tr>" for field in schema["fields"])
    head = "".join(f'<th scope="col">{name}</th>' for name in say["columns"])
    table = f'<table class="columns"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    label = say["columns_label"]
    region = f'<div class="table-region" role="region" tabindex="0" aria-label="{label}">{table}</div>'
    return f"<details><summary>{label} ({len(schema['fields'])})</summary>{region}</details>"


def _column(field: Entry, language: str) -> str:
    name = f'<th scope="row"><code>{field["name"]}</code></th>'
    written = WORDS[language]["types"].get(field["type"], field["type"])
    return f"{name}<td>{written}</td><td>{escape(_text(field.get('description'), language))}</td>"


def _releases(contract: Contract, table: str, edition: str, language: str) -> str:
    say = WORDS[language]
    releases = held(contract, table, edition)
    if not releases:
        return f"<p>{say['none']}</p>"
    root = "../" * site_path(edition, language).count("/")
    entries = "\n".join(f"<li>{_release(contract, item, root, language)}</li>" for item in releases)
    listed = f'<ul class="releases">{entries}</ul>'
    if len(releases) > FEW_RELEASES:
        return f"<details><summary>{say['releases']} ({len(releases)})</summary>{listed}</details>"
    return f"<p>{say['releases']}</p>{listed}"


def _release(contract: Contract, item: Entry, root: str, language: str) -> str:
    say, day = WORDS[language], str(item["published"])
    known = _description(contract, item["table"], day)
    about = f" ({say['about']})" if known.get("precision") == "about" else ""
    parts = [f'<time datetime="{day}">{day_text(date.fromisoformat(day), language)}</time>{about}']
    parts += [escape(_text(known.get("title"), language))]
    parts += [f"{_count(item['rows'], language)} {say['rows']}{_span(item, language)}"]
    parts += [f"{say['via']} {escape(str(known['obtained_via']))}" if known.get("obtained_via") else ""]
    checked = known.get("checked_against_publisher")
    parts += [say["checked"] if checked else say["unchecked"] if checked is not None else ""]
    parts += [escape(_text(known.get("note"), language))]
    files = [
        f"{escape(file['name'])} <code>sha256:{file['sha256'][:16]}…</code>"
        for file in known.get("files") or []
    ]
    parts += [f"{say['files']}: {', '.join(files)}" if files else ""]
    sentences = " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
    return f'{sentences} <a href="{root}data/{item["path"]}">CSV</a>'


def _description(contract: Contract, table: str, day: str) -> Entry:
    """Return what sources.yml says of a table's release of a day."""
    for source in _sources(contract, table):
        for release in source.get("releases") or []:
            if str(release["day"]) == day and table in release.get("tables", source["tables"]):
                found: Entry = release
                return found
    return {}


def _span(item: Entry, language: str) -> str:
    first, last = item.get("first_period"), item.get("last_period")
    if not (first and last):
        return ""
    return f", {WORDS[language]['from_to'].format(_period(first, language), _period(last, language))}"


def _period(value: Any, language: str) -> str:
    if not isinstance(value, str):
        return str(value)
    day = date.fromisoformat(value)
    pattern = {"en": "MMMM y", "es": "MMMM 'de' y"}[language]
    return format_date(day, pattern, locale=LOCALES[language]) if day.day == 1 else day_text(day, language)


def _count(value: int, language: str) -> str:
    return format_decimal(value, locale=LOCALES[language])


def _known(day: Any, edition: str) -> bool:
    return edition == LATEST or str(day) <= edition


def _link(name: Any, address: str | None, language: str) -> str:
    text = escape(_text(name, language))
    return f'<a href="{escape(address)}">{text}</a>' if address else text


def _text(value: Any, language: str) -> str:
    """Return a text given for all languages (a string) or by language."""
    return (
        str(value.get(language) or value.get("en") or "") if isinstance(value, Mapping) else str(value or "")
    )


def _raw(html: str) -> str:
    return f"```{{raw}} html\n{html}\n```"
