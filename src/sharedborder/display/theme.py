"""The look that all charts share, and the style sheet that lets them follow light and dark."""

from typing import Any, Final

from .palette import PALETTE
from .typography import SIZE

FONT: Final = "'Source Sans 3', Arial, sans-serif"
MOST_CHOICES: Final = 30
"""Of so many lines a reader can choose one."""
PAGE_OWN: Final = {"paper": "--paper", "ink": "--ink"}
"""Names that the page itself defines: where it does, charts use its value."""


def configuration() -> dict[str, Any]:
    """Give the configuration as plain JSON."""
    ink, quiet, grid = (PALETTE[name].light for name in ("ink", "quiet", "grid"))
    return {
        "aria": True,  # a mark says to which series it belongs: `picture` keeps that, and nothing else of it
        "background": None,
        "font": FONT,
        "view": {"stroke": None, "fill": None},
        "axis": {
            "domain": False,
            "ticks": False,
            "grid": False,
            "title": None,
            "labelColor": quiet,
            "labelFontSize": SIZE,
            "labelLimit": 0,
            "labelOverlap": False,
            "labelFlush": False,
            "labelBound": False,
            "gridColor": grid,
            "tickColor": grid,
            "domainColor": ink,
        },
        "text": {"color": ink, "fontSize": SIZE, "lineHeight": 17},
        "line": {"strokeWidth": 2.25, "strokeJoin": "round", "strokeCap": "round"},
        "point": {"filled": True},
        "rule": {"color": grid},
        "legend": {"disable": True},
    }


def stylesheet() -> str:
    """Give the charts' CSS: a variable a colour, light and dark, and rules that put it in its hex's place."""
    return "\n".join(
        [
            "/* Colours of the charts: their SVG carries the light hex, these rules put a variable there. */",
            ":root {\n" + _variables("light") + "\n}",
            '@media (prefers-color-scheme: dark) {\n:root:not([data-theme="light"]) {\n'
            + _variables("dark")
            + "\n}\n}",
            ':root[data-theme="dark"] {\n' + _variables("dark") + "\n}",
            "@media print {\n:root, :root[data-theme] {\n" + _variables("light") + "\n}\n}",
            *_rules(),
            *_choice(),
            "",
        ]
    )


def hex_names() -> dict[str, str]:
    """Give for each hex that an SVG may carry the name of its variable; no two names share a hex."""
    found = {colour.light: name for name, colour in PALETTE.items()}
    return found | {colour.text: f"{name}-text" for name, colour in PALETTE.items() if colour.text}


def _variables(mode: str) -> str:
    lines = []
    for name, colour in PALETTE.items():
        value = colour.light if mode == "light" else colour.dark
        lines.append(f"  --chart-{name}: {_own(name, value)};")
        if colour.text:
            lines.append(f"  --chart-{name}-text: {colour.text if mode == 'light' else colour.dark};")
    return "\n".join(lines)


def _own(name: str, value: str) -> str:
    return f"var({PAGE_OWN[name]}, {value})" if name in PAGE_OWN else value


def _choice() -> list[str]:
    """Give the rules by which the line that a reader chooses is told apart, without a script."""
    lines = [
        "figure:has(.choice) path[class] { stroke: var(--chart-context); stroke-width: 1; }",
        "figure:has(.choice) text[class] { fill-opacity: 0; paint-order: stroke; stroke: var(--chart-paper); "
        "stroke-width: 4px; stroke-opacity: 0; stroke-linejoin: round; }",
    ]
    for place in range(MOST_CHOICES):
        chosen = f'figure:has(.choice option[value="{place}"]:checked)'
        lines += [
            f"{chosen} path.part-{place} {{ stroke: var(--chart-main); stroke-width: 2.25; }}",
            f"{chosen} text.part-{place} {{ fill-opacity: 1; stroke-opacity: 1; }}",
        ]
    return lines


def _rules() -> list[str]:
    return [
        f'figure svg [{attribute}="{value}"] {{ {attribute}: var(--chart-{name}); }}'
        for value, name in hex_names().items()
        for attribute in ("fill", "stroke")
    ]
