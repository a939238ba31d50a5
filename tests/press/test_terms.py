"""Terms in prose: found in singular and plural, whole, the longest first."""

import pytest

from sharedborder.press.sphinx.terms import first, folded

TERMS = ("sector", "refugee", "returned refugees", "expulsión", "oficina de campo", "Title 4", "Title 42")


def found(text: str) -> tuple[str, str] | None:
    """The term that a text first holds, and as it is written there."""
    place = first(TERMS, folded(text))
    return place and (place[0], text[place[1] : place[2]])


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
    assert found(text) == (term, written)


@pytest.mark.parametrize("text", ["sectoral", "bisector", "Title 420", "sub-sector", "a refuge"])
def test_part_of_another_word_is_no_term(text: str) -> None:
    assert found(text) is None
