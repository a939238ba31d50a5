"""The renderer, vl-convert, as all pictures and cards are drawn by it."""

import functools
from pathlib import Path
from typing import Any, Final

FONTS: Final = Path(__file__).with_name("fonts")


@functools.cache
def renderer() -> Any:
    """Return the renderer: it opens no file and asks no host, and knows the publication's own fonts.

    It starts threads: never in a notebook, nor in a process that forks afterwards, which would hang.
    """
    import vl_convert

    vl_convert.configure(base_url=False, allowed_base_urls=[])
    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
