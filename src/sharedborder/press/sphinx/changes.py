"""Which pages a build after the first reads and writes anew, so that its bytes are those of a first build."""

import hashlib
import json
import pickle
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sharedborder.press.folders import SHOWN
from sharedborder.press.sphinx.facts import answer, asked_in, edition_of, with_facts
from sharedborder.press.sphinx.terms import marked_terms

CHANGED = "changed.json"  # beside the pages: the staged files that differ from the build before
INDEX = "search.pickle"  # beside the pages: what searchindex.js is made of
INDEX_BY_PAGE = ("_titles", "_filenames", "_all_titles", "_index_entries")
INDEX_BY_WORD = ("_mapping", "_title_mapping")


class PagesBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder, with a search index that forgets nothing between builds.

    Sphinx reads its index back from searchindex.js, which does not hold all of it (a glossary's entries), and
    leaves words without a page in it.
    """

    reads = False  # whether Sphinx reads a page anew in this build
    everything = False  # whether what pages may show of each other changed

    def init_templates(self) -> None:
        """Keep the compiled templates too."""
        super().init_templates()
        kept = Path(self.outdir).parent / "templates"
        kept.mkdir(parents=True, exist_ok=True)
        templates: Any = self.templates
        templates.environment.bytecode_cache = FileSystemBytecodeCache(str(kept))

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        """Replace a page rather than write into its file, which the standing site may share."""
        Path(outfilename or self.get_outfilename(pagename)).unlink(missing_ok=True)
        super().handle_page(pagename, addctx, templatename, outfilename=outfilename, event_arg=event_arg)

    def load_indexer(self, docnames: Iterable[str]) -> None:
        """Take back what is known of the pages that are not written now."""
        file = Path(self.outdir).parent / INDEX
        known = pickle.loads(file.read_bytes()) if file.exists() else {}
        kept = set(self.env.all_docs) - set(docnames)
        for name in INDEX_BY_PAGE:
            setattr(self.indexer, name, {k: v for k, v in known.get(name, {}).items() if k in kept})
        for name in INDEX_BY_WORD:
            narrowed = {word: pages & kept for word, pages in known.get(name, {}).items()}
            setattr(self.indexer, name, {word: pages for word, pages in narrowed.items() if pages})

    def dump_search_index(self) -> None:
        """Write searchindex.js, and what the next build needs of it."""
        for name in INDEX_BY_PAGE:  # in the order of a first build
            setattr(self.indexer, name, dict(sorted(getattr(self.indexer, name).items())))
        known = {name: getattr(self.indexer, name) for name in (*INDEX_BY_PAGE, *INDEX_BY_WORD)}
        (Path(self.outdir).parent / INDEX).write_bytes(pickle.dumps(known))
        super().dump_search_index()


def changed_files(app: Sphinx) -> set[str]:
    """Return the staged files that the press found changed; none where Jupyter Book is run by hand."""
    file = Path(app.outdir).parent / CHANGED
    return set(json.loads(file.read_text("utf-8"))) if file.exists() else set()


def is_stale(app: Sphinx, staged: str, made: str) -> bool:
    """Whether a page of our own must be made of its staged file; always where the press does not say."""
    known = (Path(app.outdir).parent / CHANGED).exists() and not getattr(app.builder, "everything", True)
    return not (known and (Path(app.outdir) / made).exists()) or staged in changed_files(app)


def pages_to_read(app: Sphinx, env: BuildEnvironment, *_: Set[str]) -> list[str]:
    """Return the pages of which the source, or what they asked of other files, is no longer the same."""
    edition, changed = edition_of(app), changed_files(app)
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
    """Tell the builder whether a page is read: if so, Sphinx finishes by itself."""
    if isinstance(app.builder, PagesBuilder):
        app.builder.reads = bool(pages)


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages if what they may show of each other changed; else one, so that Sphinx finishes."""
    shared = hashlib.sha256(json.dumps(_shared(app, env), sort_keys=True).encode()).hexdigest()
    before = env.__dict__.get("sharedborder_shared")
    env.__dict__["sharedborder_shared"] = shared
    builder = app.builder if isinstance(app.builder, PagesBuilder) else None
    if before != shared:
        if builder:
            builder.everything = True
        return sorted(env.found_docs)
    reads = bool(builder and builder.reads)
    changed = changed_files(app)
    return [env.config.root_doc] if (changed and not reads) or _sketched(changed) else []


def _sketched(changed: set[str]) -> bool:
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
