"""The data page: every table with its columns, releases and source, from the contract and sources.yml."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from docutils import nodes  # type: ignore[import-untyped]

from sharedborder.press import yamltext
from sharedborder.press.book.catalogue_words import WORDS
from sharedborder.press.book.edition import LOCALES, day_text
from sharedborder.press.folders import site_path
from sharedborder.press.plan import LATEST

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Contract:
    """The ledger's own description: schemas by table, resources of datapackage.json, sources by id."""

    schemas: Mapping[str, Entry]
    resources: Sequence[Entry]
    sources: Mapping[str, Entry]


def read_contract(data: Path, spanish: Mapping[str, str] | None = None) -> Contract:
    """Return what a data folder says about itself; `spanish` has the Spanish of its columns' descriptions."""
    schemas = {
        path.stem: _in_both(json.loads(path.read_text("utf-8")), spanish or {})
        for path in sorted((data / "schemas").glob("*.json"))
    }
    package = data / "datapackage.json"
    resources = json.loads(package.read_text("utf-8"))["resources"] if package.exists() else []
    sources = data / "sources.yml"
    told = yamltext.read(sources.read_text("utf-8")) if sources.exists() else {}
    return Contract(schemas, resources, told)


def _in_both(schema: dict[str, Any], spanish: Mapping[str, str]) -> Entry:
    for field in schema["fields"]:
        if english := field.get("description"):
            field["description"] = {"en": english, "es": spanish.get(english, english)}
    return schema


def descriptions(contract: Contract) -> dict[str, list[str]]:
    """Return table -> what its columns hold, in English: sentences that readers of the data page meet."""
    return {
        table: [_text(field["description"], "en") for field in schema["fields"] if "description" in field]
        for table, schema in contract.schemas.items()
    }


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
    """Return what an edition may say of each table: title, newest release, last period, publisher, terms.

    Tables without a release by then are left out.
    """
    found = {}
    for table in contract.schemas:
        if releases := held(contract, table, edition):
            last = max(
                (str(item["last_period"]) for item in releases if item.get("last_period")), default=None
            )
            title = table_title(contract, table, language)
            about = {"title": title, "published": releases[0]["published"], "last_period": last}
            found[table] = about | _credit(contract, table, language)
    return found


def _credit(contract: Contract, table: str, language: str) -> dict[str, str]:
    """Return who publishes a table, what it counts, and under which licence."""
    for source in _sources(contract, table):
        return {
            "publisher": _text(source["publisher"], language),
            "description": _text(source["unit"], language),
            "license": source["licence"].get("address") or _text(source["licence"]["name"], language),
        }
    return {}


def catalogue(contract: Contract, edition: str, language: str) -> str:
    """Return the data page of an edition as MyST Markdown: nothing on it is later than the edition's day.

    First every table with its newest release, then each source once, with its tables below it.
    """
    say = WORDS[language]
    root = _root(edition, language)
    names = ("datapackage.json", "sources.yml", "events.yml", "claims.yml")
    files = [f"{root}data/{name}" for name in names]
    links = ", ".join(f'<a href="{file}">{Path(file).name}</a>' for file in files)
    parts = [f"# {say['title']}", say["opening"], _raw(_overview(contract, edition, language))]
    parts += [_raw(f"<p>{say['machine']} {links}.</p>")]
    for source in contract.sources.values():
        parts += _source(contract, source, edition, language)
    return "\n\n".join(parts) + "\n"


def _root(edition: str, language: str) -> str:
    """Return the way from an edition's pages to the root of the site."""
    return "../" * site_path(edition, language).count("/")


def _overview(contract: Contract, edition: str, language: str) -> str:
    say = WORDS[language]
    ordered = sorted(contract.schemas, key=lambda table: table_title(contract, table, language))
    rows = "".join(f"<tr>{_line(contract, table, edition, language)}</tr>" for table in ordered)
    return _table_region(say["overview"], say["overview_columns"], rows, "overview")


def _line(contract: Contract, table: str, edition: str, language: str) -> str:
    """Return a table's cells in the overview: its title, how far it reaches, its newest release."""
    title = escape(table_title(contract, table, language))
    cells = f'<th scope="row"><a href="#{nodes.make_id(table)}">{title}</a></th>'
    releases = held(contract, table, edition)
    if not releases:
        return f'{cells}<td colspan="2">{WORDS[language]["none"]}</td>'
    reach = [_period(item["last_period"], language) for item in releases[:1] if item.get("last_period")]
    day = str(releases[0]["published"])
    released = f'<time datetime="{day}">{day_text(date.fromisoformat(day), language)}</time>'
    address = f"{_root(edition, language)}data/{releases[0]['path']}"
    return f'{cells}<td>{"".join(reach)}</td><td>{released} · <a href="{address}">CSV</a></td>'


def _source(contract: Contract, source: Entry, edition: str, language: str) -> list[str]:
    """Return a source's part of the page: what it is, told once, and each of its tables."""
    parts = [f"## {_text(source['title'], language)}", _raw(_terms(source, edition, language))]
    for table in source["tables"]:
        title = table_title(contract, table, language)
        parts += [f"({table})=\n### {title}", _raw(_table(contract, source, table, edition, language))]
    return parts


def _table(contract: Contract, source: Entry, table: str, edition: str, language: str) -> str:
    say, schema = WORDS[language], contract.schemas[table]
    unit = _text(schema.get("unit"), language)
    kind = say["kinds"].get(schema["kind"], schema["kind"])
    head = f'<p class="what"><code>{table}</code> · {escape(kind)} · {say["unit"]}: {escape(unit)}</p>'
    through = [body for body in source.get("through") or [] if body.get("table") == table]
    bodies = [_list(_counted_by(body, language)) for body in through]
    return "\n".join(
        [head, *bodies, _columns(contract, table, language), _releases(contract, table, edition, language)]
    )


def _counted_by(body: Entry, language: str) -> list[tuple[str, str]]:
    say = WORDS[language]
    return [
        (say["counted_by"], _link(body.get("publisher"), body.get("address"), language)),
        (say["counts"], escape(_text(body.get("unit"), language))),
    ]


def _sources(contract: Contract, table: str) -> list[Entry]:
    return [source for source in contract.sources.values() if table in source["tables"]]


def _terms(source: Entry, edition: str, language: str) -> str:
    say, licence = WORDS[language], source["licence"]
    terms = [
        (say["publisher"], _link(source["publisher"], source["address"], language)),
        (say["counts"], escape(_text(source["unit"], language))),
        (say["licence"], _link(licence["name"], licence.get("address"), language)),
        (say["cadence"], escape(_text(source.get("cadence"), language))),
        (say["citation"], _name(source.get("citation"), language)),
    ]
    known = [item for item in source.get("breaks") or [] if _known(_day_of_break(item), edition)]
    breaks = "".join(f"<li>{escape(_text(item, language))}</li>" for item in known)
    return _list([*terms, *([(say["breaks"], f"<ul>{breaks}</ul>")] if breaks else [])])


def _list(terms: Sequence[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in terms if text) + "</dl>"


def _table_region(label: str, heads: Sequence[str], rows: str, kind: str) -> str:
    """Return a table in a region of its own, which a phone can scroll."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    table = f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<section class="table-region" tabindex="0" aria-label="{label}">{table}</section>'


def _day_of_break(item: Any) -> str:
    """Return the day from which a break is known; a plain text is known always."""
    return str(item.get("known_from", "")) if isinstance(item, Mapping) else ""


def _columns(contract: Contract, table: str, language: str) -> str:
    say, fields = WORDS[language], contract.schemas[table]["fields"]
    rows = "".join(f"<tr>{_column(field, language)}</tr>" for field in fields)
    label = f"{say['columns_label']}: {escape(table_title(contract, table, language))}"
    region = _table_region(label, say["columns"], rows, "columns")
    return f"<details><summary>{say['columns_label']} ({len(fields)})</summary>{region}</details>"


def _column(field: Entry, language: str) -> str:
    name = f'<th scope="row"><code>{field["name"]}</code></th>'
    written = WORDS[language]["types"].get(field["type"], field["type"])
    return f"{name}<td>{written}</td><td>{escape(_text(field.get('description'), language))}</td>"


def _releases(contract: Contract, table: str, edition: str, language: str) -> str:
    say = WORDS[language]
    releases = held(contract, table, edition)
    if not releases:
        return f"<p>{say['none']}</p>"
    root = _root(edition, language)
    entries = "\n".join(f"<li>{_release(contract, item, root, language)}</li>" for item in releases)
    listed = f'<ul class="releases">{entries}</ul>'
    return f"<details><summary>{say['releases']} ({len(releases)})</summary>{listed}</details>"


def _release(contract: Contract, item: Entry, root: str, language: str) -> str:
    say, day = WORDS[language], str(item["published"])
    known = _description(contract, item["table"], day)
    about = f" ({say['about']})" if known.get("precision") == "about" else ""
    parts = [f'<time datetime="{day}">{day_text(date.fromisoformat(day), language)}</time>{about}']
    parts += [_name(known.get("title"), language)]
    rows = say["row" if item["rows"] == 1 else "rows"]
    parts += [f"{_count(item['rows'], language)} {rows}{_span(item, language)}"]
    parts += [f"{say['via']} {_name(known['obtained_via'], language)}" if known.get("obtained_via") else ""]
    checked = known.get("checked_against_publisher")
    parts += [say["checked"] if checked else say["unchecked"] if checked is not None else ""]
    parts += [escape(_text(known.get("note"), language))]
    files = [
        f"<code>{escape(file['name'])}</code> <code>sha256:{file['sha256'][:16]}…</code>"
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
    begins, ends = _period(first, language), _period(last, language)
    return f", {begins if begins == ends else WORDS[language]['from_to'].format(begins, ends)}"


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


def _name(value: Any, language: str) -> str:
    """Return a title as HTML; one that is not given by language is a publisher's own and stays in its own."""
    text = escape(_text(value, language))
    foreign = language != "en" and isinstance(value, str) and text
    return f'<span lang="en">{text}</span>' if foreign else text


def _raw(html: str) -> str:
    return f"```{{raw}} html\n{html}\n```"
