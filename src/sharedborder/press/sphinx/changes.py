"""Which pages a build after the first reads and writes anew, so that its bytes are those of a first build."""

import hashlib
import json
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sharedborder.press.folders import SHOWN
from sharedborder.press.sphinx.facts import answer, asked_in, edition_of, with_facts
from sharedborder.press.sphinx.terms import marked_terms

CHANGED = "changed.json"  # beside the pages: the staged files that differ from the build before


@dataclass
class Build:
    """What a build knows of itself: the staged files that the press found changed (None: Jupyter Book is run
    by hand), whether it reads a page anew, and whether what pages may show of each other changed.
    """

    changed: frozenset[str] | None
    reads: bool = False
    everything: bool = False


_builds: "WeakKeyDictionary[Sphinx, Build]" = WeakKeyDictionary()


def build_of(app: Sphinx) -> Build:
    """Return what is known of the build of an application."""
    if app not in _builds:
        file = Path(app.outdir).parent / CHANGED
        _builds[app] = Build(frozenset(json.loads(file.read_text("utf-8"))) if file.exists() else None)
    return _builds[app]


def is_stale(app: Sphinx, staged: str, made: str) -> bool:
    """Whether a page of our own must be made of its staged file; always where the press does not say."""
    build = build_of(app)
    if build.changed is None or build.everything:
        return True
    return staged in build.changed or not (Path(app.outdir) / made).exists()


def pages_to_read(app: Sphinx, env: BuildEnvironment, *_: Set[str]) -> list[str]:
    """Return the pages of which the source, or what they asked of other files, is no longer the same."""
    edition, changed = edition_of(app), build_of(app).changed or frozenset()
    asked = asked_in(env)
    if any(name.startswith("_locales/") for name in changed):
        return sorted(env.found_docs)
    return [
        page
        for page in sorted(env.found_docs)
        if changed & ({Path(env.doc2path(page, base=False)).as_posix()} | _dependencies(env, page))
        or any(answer(edition, question) != was for question, was in asked.get(page, {}).items())
    ]


def _dependencies(env: BuildEnvironment, page: str) -> set[str]:
    root = Path(env.srcdir)
    files = [root / name for name in env.dependencies.get(page, ())]
    return {file.relative_to(root).as_posix() for file in files if file.is_relative_to(root)}


def remember_reading(app: Sphinx, _env: BuildEnvironment, pages: list[str]) -> None:
    """Remember whether a page is read: if so, Sphinx finishes by itself. Its tree gets a file of its own."""
    build_of(app).reads = bool(pages)
    for page in pages:
        (Path(app.doctreedir) / f"{page}.doctree").unlink(missing_ok=True)


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if what they may show of each other changed; else one, so that Sphinx finishes."""
    shared = hashlib.sha256(json.dumps(_shared(app, env), sort_keys=True).encode()).hexdigest()
    before = env.__dict__.get("sharedborder_shared")
    env.__dict__["sharedborder_shared"] = shared
    if before != shared:
        build_of(app).everything = True
        return sorted(env.found_docs)
    changed, reads = build_of(app).changed or frozenset(), build_of(app).reads
    return [env.config.root_doc] if (changed and not reads) or _sketched(changed) else []


def _sketched(changed: Set[str]) -> bool:
    """Say whether a figure changed: the front page's cards may show a sketch of it."""
    return any(name.startswith(f"{SHOWN}/") for name in changed)


def _shared(app: Sphinx, env: BuildEnvironment) -> list[Any]:
    """Return what a page may show of the edition and of other pages: names, headings, anchors, order."""
    edition = edition_of(app)
    standard = env.domains["std"].data
    return [
        {key: value for key, value in edition.items() if key != "facts"},
        [with_facts(app, part["caption"]) for part in edition["navigation"] if part["caption"]],
        {page: title.pformat() for page, title in (*env.titles.items(), *env.longtitles.items())},
        {page: contents.pformat() for page, contents in env.tocs.items()},
        {page: repr(data.get("myst_slugs")) for page, data in env.metadata.items()},
        [[word, term.page, term.anchor] for word, term in marked_terms(env)],
        sorted(map(repr, standard["labels"].items())) + sorted(map(repr, standard["anonlabels"].items())),
        [[name, sorted(map(repr, domain.get_objects()))] for name, domain in sorted(env.domains.items())],
        dict(sorted(env.toctree_includes.items())),
    ]
