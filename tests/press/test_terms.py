"""Terms in prose: found in singular and plural, whole, the longest first."""

import pytest

from sharedborder.press.sphinx.terms import expression, folded, longest_first

TERMS = ("sector", "refugee", "returned refugees", "expulsión", "oficina de campo", "Title 4", "Title 42")


def first(text: str) -> tuple[str, str] | None:
    """The term that a text first holds, and as it is written there."""
    found = expression(TERMS).search(folded(text))
    return found and (longest_first(TERMS)[(found.lastindex or 0) - 1], text[found.start() : found.end()])


@pytest.mark.parametrize(
    ("text", "term", "written"),
    [
        ("Two sectors.", "sector", "sectors"),
        ("Dos sectores y más", "sector", "sectores"),
        ("Las Expulsiones al amparo", "expulsión", "Expulsiones"),
        ("una expulsión", "expulsión", "expulsión"),
        ("las oficinas\nde campo", "oficina de campo", "oficinas\nde campo"),
        ("under Title 42 and", "Title 42", "Title 42"),
        ("A returned refugee", "returned refugees", "returned refugee"),
        ("İ, and refugees", "refugee", "refugees"),
    ],
)
def test_a_term_is_found_as_it_is_written(text: str, term: str, written: str) -> None:
    assert first(text) == (term, written)


@pytest.mark.parametrize("text", ["sectoral", "bisector", "Title 420", "sub-sector", "a refuge"])
def test_part_of_another_word_is_no_term(text: str) -> None:
    assert first(text) is None
