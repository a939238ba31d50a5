"""Stand-ins for the rooms that the press does not know, and a small project to build."""

import json
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from sharedborder.press.files import write_whole
from sharedborder.press.folders import Folders
from sharedborder.press.handed import Handed
from sharedborder.press.kernels.execution import Executed
from sharedborder.press.plan import read_plan
from sharedborder.press.recipes.jobs import Job, jobs_for
from sharedborder.press.recipes.memo import Memo
from sharedborder.records import grounds, replay

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
RELEASES = {"encounters": [date(2023, 11, 14), date(2024, 1, 26)], "late": [date(2024, 2, 13)]}

FACTS = """\
from IPython.display import display
def both(text): return {"en": text, "es": text}
EVIDENCE = [{"table": "encounters", "published": "2023-11-14", "keys": [{"month": "2023-10-01"}], "rows": 1}]
def fact(key, text, value=None, kind="value", **more):
    bundle = {"key": key, "kind": kind, "value": value, "unit": "encounters", "text": both(text)}
    bundle |= {"evidence": EVIDENCE} | more
    display({"application/vnd.sharedborder.facts+json": [bundle], "text/plain": text}, raw=True)
"""
FIGURE = """\
spec = {"mark": "bar", "title": "A & B"}
specs = {lang: {w: spec | {"width": w} for w in ("phone", "column")} for lang in ("en", "es")}
table = {"columns": [{"name": "month", "label": both("Month"), "kind": "month"}], "rows": [["2023-10-01"]]}
figure = {"id": "monthly", "headline": both("It rose"), "subtitle": both("By month"), "alt": both("Bars"),
          "notes": [], "sources": [{"table": "encounters", "published": "2023-11-14"}], "table": table,
          "drawing": specs}
display({"application/vnd.sharedborder.figure+json": figure, "text/plain": "figure"}, raw=True)
"""
CLAIM = """\
from IPython.display import display
claim = {"id": "s000-rose", "verdict": "contradicted"}
display({"application/vnd.sharedborder.claim+json": claim, "text/plain": "claim"}, raw=True)
"""


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until it is true, for a minute at most."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.02)


def written(file: Path) -> bool:
    """Tell whether another process has written to a file: it may be there and still be empty."""
    return file.exists() and bool(file.read_bytes())


def resolve(bundle: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    return bundle


def paint(figure: Mapping[str, Any], language: str) -> dict[str, Any]:
    specs = figure["drawing"][language]
    svgs = {
        width: f'<svg xmlns="http://www.w3.org/2000/svg"><title>{width} {language}</title></svg>'
        for width in specs
    }
    return {
        "spec": json.dumps(specs["column"]),
        "svgs": svgs,
        "asked": {"A & B": translations(language).get("A & B")},
    }


def listening() -> AbstractContextManager[Mapping[str, Any]]:
    return nullcontext({})


def translations(language: str) -> dict[str, Any]:
    return {"A & B": "A y B"} if language == "es" else {}


def figure_html(
    figure: Mapping[str, Any], language: str, pictures: Mapping[str, str]
) -> Callable[[Mapping[str, str]], str]:
    def written(files: Mapping[str, str]) -> str:
        link = f'<a href="{files["csv"]}">CSV</a>' if files else ""
        return f'<figure id="{figure["id"]}">{pictures["column"]}{link}</figure>'

    return written


def card(language: str, headline: str, picture: str, edition: str) -> str:
    return f"<svg>{language} {headline} {edition} {picture}</svg>"


def card_png(svg: str) -> bytes:
    return f"drawn: {svg}".encode()


def evidence_html(fact: Mapping[str, Any], language: str) -> str:
    return str(fact["evidence"][0]["table"] if fact["evidence"] else fact["reason"])


def releases(table: str) -> Sequence[date]:
    return RELEASES[table]


def tables(edition: str, language: str) -> dict[str, dict[str, str]]:
    return {"late": {"title": "Late figures", "last_period": "2024-01-31", "published": "2024-02-13"}}


def catalogue(edition: str, language: str) -> str:
    return "# Data\n\nAll tables.\n"


def stylesheet() -> str:
    return ":root { --blue: #00f }\n"


def claim_html(claim: Mapping[str, Any], language: str) -> str:
    return f'<article id="claim-{claim["id"]}">{claim["verdict"]}</article>'


def claim_entry(claim: Mapping[str, Any], page: str, language: str) -> dict[str, Any]:
    return {"verdict": claim["verdict"], "page": page}


def changes(comparisons: Sequence[Mapping[str, Any]], language: str) -> str:
    return f"# Changes\n\n{len(comparisons)} compared.\n"


def corrections(shown: Sequence[Mapping[str, Any]], edition: str, language: str) -> str:
    return f"# Corrections\n\n{len(shown)} shown before {edition}.\n"


HANDED = Handed(
    releases,
    tables,
    catalogue,
    resolve,
    paint,
    listening,
    translations,
    figure_html,
    card,
    card_png,
    evidence_html,
    stylesheet,
    grounds.digest,
    replay.digest,
    claim_html,
    claim_entry,
    changes,
    corrections,
    (),
)


def notebook(
    path: Path, cells: Sequence[str], parameters: str = 'edition: str = "latest"  # the day'
) -> Path:
    """Write a stripped notebook: the `parameters` cell, then cells; those that start with "%" are code."""
    made = [new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="parameters")]
    for number, text in enumerate(cells):
        cell = new_code_cell(text[1:].strip()) if text.startswith("%") else new_markdown_cell(text)
        cell["id"] = f"c{number}"
        made.append(cell)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=made, metadata={"kernelspec": kernel}), path)
    return path


def project(root: Path, chapters: str, toc: str, pages: Mapping[str, str]) -> Folders:
    """Make a project's folders: the real book's settings, a theme of a few lines, the given pages."""
    files = {
        "_config.yml": (ROOT / "_config.yml").read_text("utf-8"),
        "notebooks/chapters.yml": chapters,
        "book/_toc.yml": toc,
        "book/theme/theme.conf": "[theme]\ninherit = basic\nstylesheet = paper.css\n[options]\n",
        "book/theme/layout.html": LAYOUT,
        "book/theme/embed.html": "<title>{{ title }}</title>{{ figure }}",
        "book/theme/lost.html": "<p>{{ site_path }}</p>",
        "book/theme/static/paper.css": "body { background: url(ink.png) }\n",
        "book/theme/static/ink.png": "not really",
        "book/theme/static/unused.webp": "not really",
        "data/datapackage.json": json.dumps({"resources": []}),
        "data/encounters/2023-11-14.csv": "month,encounters\n2023-10-01,240988\n",
        **{f"book/{name}": text for name, text in pages.items()},
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Folders.of(root)


def jobs(folders: Folders) -> list[Job]:
    """Return every execution that a project asks for."""
    plan = read_plan(folders.chapters, releases)
    return jobs_for(plan.pages, folders, Memo(folders.store / "memo.json", ""))


def put(job: Job, executed: Executed) -> None:
    """Leave a result at its place, as it came."""
    write_whole(job.target, executed.notebook)


def copy_of(folders: Folders, root: Path) -> Folders:
    """Copy a project to another folder, without what was built."""
    shutil.copytree(folders.root, root, ignore=shutil.ignore_patterns("_build"))
    return Folders.of(root)


LAYOUT = """\
<!DOCTYPE html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>{{ title|striptags|e }}</title>
{% for css in css_files %}{{ css_tag(css) }}{% endfor %}
{% for js in script_files %}{{ js_tag(js) }}{% endfor %}</head>
<body><nav>{% for part in navigation %}<b>{{ part.caption or "" }}</b>
{% for page in part.pages %}
<a href="{{ page.url }}">{{ page.title }}</a>{% endfor %}{% endfor %}</nav>
{% for other in page_editions %}<i>{{ other.label }}: {{ other.url or other.reason }}</i>{% endfor %}
<p id="root">{{ site_root }}|{{ edition_root }}|{{ previous_page.url }}|{{ next_page.url }}</p>
<aside>{{ standfirst_text or "" }}|{{ headline_text or "" }}|{{ sections|map(attribute="id")|join }}</aside>
<main>{% block body %}{% endblock %}</main></body></html>
"""
