"""A Sphinx extension for the stock way: the book's roles and directives resolve, its theme is left out."""

from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx

from sharedborder.press.sphinx import extension as sphinx_extension

NOT_STOCK = (
    *("html-page-context", "html-collect-pages", "builder-inited", "build-finished"),  # what our theme shows
    *("env-get-outdated", "env-before-read-docs", "env-updated"),  # what our builds after the first leave out
)


class _Roles:
    """Stands between the press's extension and Sphinx: what serves our theme or builds is not registered."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, name)

    def add_config_value(self, *_: Any) -> None:
        """Leave settings to the extensions that Jupyter Book adds here."""

    def add_builder(self, *_: Any, **__: Any) -> None:
        """Leave building to Sphinx."""

    def connect(self, event: str, callback: Callable[..., Any], **settings: Any) -> None:
        """Listen to what concerns a page's text."""
        if event not in NOT_STOCK:
            self._app.connect(event, callback, **settings)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    return sphinx_extension.setup(_Roles(app))  # type: ignore[arg-type]
