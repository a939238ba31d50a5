"""The theme by itself: its policy, its words, its weight and its contrast, without building a book."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

THEME = Path(__file__).parents[2] / "book" / "theme"
TEMPLATES = sorted(THEME.glob("*.html"))
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
TEXT_ON = [
    ("ink", "paper"), ("ink-2", "paper"), ("ink-3", "paper"), ("accent", "paper"), ("ink-2", "paper-2"),
    ("ink-3", "paper-2"), ("ink", "accent-soft"), ("ink-2", "accent-soft"), ("accent-ink", "accent-soft"),
    ("accent", "paper-2"), ("paper", "ink"), ("paper", "accent"),
]  # fmt: skip


def texts() -> dict[str, dict[str, str]]:
    """The theme's words by language."""
    loader = Environment(loader=FileSystemLoader(THEME), autoescape=True)
    return loader.get_template("texts.html").module.both  # type: ignore[attr-defined, no-any-return]


def colours(mode: str) -> dict[str, str]:
    """The page's colours: those of dark mode laid over those of light."""
    light, _, rest = (
        (THEME / "static/css/page.css").read_text("utf-8").partition("(prefers-color-scheme: dark)")
    )
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    dark = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rest.partition("}")[0]))
    return found | (dark if mode == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_has_a_contrast_of_four_and_a_half(mode: str, text: str, ground: str) -> None:
    found = colours(mode)
    darker, lighter = sorted((luminance(found[text]), luminance(found[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_every_page_carries_the_policy() -> None:
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in (
        THEME / "layout.html"
    ).read_text("utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_style_or_script_and_no_host(template: Path) -> None:
    text = template.read_text("utf-8")
    scripts = r'<script(?! src=| type="application/ld\+json">)'
    assert not re.search(rf"\sstyle=|<style|{scripts}|\son\w+=|https?:", text)


def test_both_languages_have_all_words_that_templates_use() -> None:
    both = texts()
    used = {name for path in TEMPLATES for name in re.findall(r"\bt\.(\w+)", path.read_text("utf-8"))}
    assert set(both["en"]) == set(both["es"])
    assert used <= set(both["en"])


def test_the_fonts_of_a_page_stay_under_60_kb() -> None:
    fonts = THEME / "static" / "fonts"
    assert sum((fonts / f"shared-border-{name}.woff2").stat().st_size for name in ("serif", "sans")) < 60_000


def test_static_files_ask_no_other_host() -> None:
    for path in [*THEME.rglob("*.css"), *THEME.rglob("*.js"), *THEME.rglob("*.svg")]:
        text = path.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "//" not in re.sub(r"^\s*//.*$", "", text, flags=re.M), path.name
