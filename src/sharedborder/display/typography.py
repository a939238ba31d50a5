"""How wide a text will be, without a renderer: so that labels neither collide nor are cut off.

A chart is laid out in a process that must not draw. The widths are Helvetica's (Adobe's published font
metrics), which Arial shares and Source Sans 3 stays under: an estimate on the safe side.
"""

import unicodedata
from typing import Final

SIZE: Final = 14
"""Size of a chart's text in px; a phone's 320 px still show it at 12."""

_NARROW: Final = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
    "556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 "
    "722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 "
    "500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
WIDTHS: Final = {chr(32 + place): int(width) / 1000 for place, width in enumerate(_NARROW.split())}
BOLD: Final = 1.1


def width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Estimate the width of one line of text in px."""
    letters = (unicodedata.normalize("NFD", letter)[0] for letter in text)
    return sum(WIDTHS.get(letter, 0.6) for letter in letters) * size * (BOLD if bold else 1)


def widest(texts: list[str], size: float = SIZE, bold: bool = False) -> float:
    """Estimate the width in px of the widest line among texts that may have several."""
    return max((width(line, size, bold) for text in texts for line in text.split("\n")), default=0.0)


def wrap(text: str, room: float, size: float = SIZE, bold: bool = False) -> str:
    """Break a text into lines of at most `room` px where words allow it, joined by line feeds."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
