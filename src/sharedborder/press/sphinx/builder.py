"""Sphinx's HTML builder, for books of which most stays as it is from build to build."""

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from sharedborder.press.files import names_in, replace_by_link
from sharedborder.press.sphinx.figures import embedded_pages

INDEX = "search.pickle"  # beside the pages: what searchindex.js is made of
INDEX_BY_PAGE = ("_titles", "_filenames", "_all_titles", "_index_entries")
INDEX_BY_WORD = ("_mapping", "_title_mapping")


class PagesBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder, with a search index that forgets nothing between builds.

    Sphinx reads its index back from searchindex.js, which does not hold all of it (a glossary's entries), and
    leaves words without a page in it.
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
                replace_by_link(place / name, Path(self.outdir) / name)

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
