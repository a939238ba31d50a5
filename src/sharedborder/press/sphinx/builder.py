"""Sphinx's HTML builder, for books made in two halves, of which most stays as it is from build to build."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from sharedborder.press.files import names_in, replace
from sharedborder.press.sphinx.figures import embedded_pages

INDEX = "search.pickle"  # beside the pages: what searchindex.js is made of
INDEX_BY_PAGE = ("_titles", "_filenames", "_all_titles", "_index_entries")
INDEX_BY_WORD = ("_mapping", "_title_mapping")
MANY = 8
"""So many pages are worth a process of its own for half of them."""

Index = dict[str, dict[str, Any]]
"""What the search index knows: for each of its parts, entries by page, or pages by word."""


class PagesBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder: a process of its own reads, and writes, half of many pages.

    Sphinx's own parallel builds need every extension to allow them, and leave one process alone with
    resolving and indexing. The search index forgets nothing between builds: Sphinx's is read back from
    searchindex.js, which does not hold all of it (a glossary's entries), and words without a page stay in it.
    """

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

    def copy_assets(self) -> None:
        """Copy them, while a process of its own begins with the frames, of which a book has hundreds."""
        self._frames = ParallelTasks(1) if parallel_available else SerialTasks()
        self._frames.add_task(self._write_frames)
        super().copy_assets()

    def _write_frames(self) -> None:
        for name, context, template in embedded_pages(self.app):
            self.handle_page(name, context, template)

    def finish(self) -> None:
        """Finish when the frames are there too; raises SphinxParallelError with what went wrong in one."""
        self._frames.join()
        super().finish()

    def copy_extra_files(self) -> None:
        """Link what Sphinx would copy: hundreds of files for download, which are only ever replaced whole."""
        for folder in self.config.html_extra_path:
            place = Path(self.app.srcdir) / folder
            for name in names_in(place):
                replace(f"{place}/{name}", f"{self.outdir}/{name}")

    def _read_serial(self, docnames: list[str]) -> None:
        here, elsewhere = halves(docnames)
        for page in elsewhere:
            self.events.emit("env-purge-doc", self.env, page)
            self.env.clear_doc(page)
        with beside(self._read_elsewhere, elsewhere, self._merge):
            super()._read_serial(here)

    def _read_elsewhere(self, docnames: Sequence[str]) -> bytes:
        for page in docnames:
            self.read_doc(page, _cache=False)
        return pickle.dumps(self.env)

    def _merge(self, docnames: list[str], read: bytes) -> None:
        self.env.merge_info_from(docnames, pickle.loads(read), self.app)

    def _write_serial(self, docnames: Sequence[str]) -> None:
        here, elsewhere = halves(docnames)
        with beside(self._write_elsewhere, elsewhere, self._take_over):
            super()._write_serial(here)

    def _write_elsewhere(self, docnames: Sequence[str]) -> tuple[Index, dict[str, str]]:
        """Resolve, index and write pages; return what the process that began this has to know of them."""
        super()._write_serial(docnames)
        return narrowed(self._index(), set(docnames)), self.images

    def _take_over(self, _docnames: Sequence[str], told: tuple[Index, dict[str, str]]) -> None:
        index, images = told
        self.images.update(images)
        for name in INDEX_BY_PAGE:
            getattr(self.indexer, name).update(index[name])
        for name in INDEX_BY_WORD:
            known = getattr(self.indexer, name)
            for word, pages in index[name].items():
                known[word] = pages | known.get(word, set())

    def load_indexer(self, docnames: Iterable[str]) -> None:
        """Take back what is known of the pages that are not written now."""
        file = Path(self.outdir).parent / INDEX
        known = pickle.loads(file.read_bytes()) if file.exists() else {}
        for name, kept in narrowed(known, set(self.env.all_docs) - set(docnames)).items():
            setattr(self.indexer, name, kept)

    def dump_search_index(self) -> None:
        """Write searchindex.js, and what the next build needs of it."""
        for name in INDEX_BY_PAGE:  # in the order of a first build
            setattr(self.indexer, name, dict(sorted(getattr(self.indexer, name).items())))
        (Path(self.outdir).parent / INDEX).write_bytes(pickle.dumps(self._index()))
        super().dump_search_index()

    def _index(self) -> Index:
        return {name: getattr(self.indexer, name) for name in (*INDEX_BY_PAGE, *INDEX_BY_WORD)}


def halves(pages: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which pages this process makes, and which one of its own: none, unless there are many."""
    if len(pages) < MANY or not parallel_available:
        return list(pages), []
    return list(pages[::2]), list(pages[1::2])


@contextmanager
def beside(
    work: Callable[[list[str]], Any], pages: list[str], take_over: Callable[[list[str], Any], None]
) -> Iterator[None]:
    """Do work on pages, if there are any, in a process of its own meanwhile; then take over what it returned.

    Raises SphinxParallelError with what went wrong there.
    """
    tasks = ParallelTasks(1)
    if pages:
        tasks.add_task(work, pages, take_over)
    yield
    tasks.join()


def narrowed(index: Index, pages: Set[str]) -> Index:
    """Return what an index knows of some pages."""
    entries = {name: index.get(name, {}).items() for name in INDEX_BY_PAGE}
    words = {name: index.get(name, {}).items() for name in INDEX_BY_WORD}
    return {
        **{name: {page: told for page, told in every if page in pages} for name, every in entries.items()},
        **{
            name: {word: found & pages for word, found in every if found & pages}
            for name, every in words.items()
        },
    }
