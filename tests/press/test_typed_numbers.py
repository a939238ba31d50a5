"""What counts as a typed number, in both languages."""

import pytest

from sharedborder.press.book.prose import prose_of
from sharedborder.press.writing.typed_numbers import registered_names, typed_numbers

NAMES = ["Title 42", "CBP One"]


def written(text: str, language: str = "en") -> list[str]:
    return [found.written for found in typed_numbers(prose_of(text), language, NAMES)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("242,418 people", ["242,418"]),
        ("108.4 million", ["108.4", "million"]),
        ("A rise of 3.5 % or more", ["3.5 %"]),
        ("Half of them; it doubled, twice.", ["Half", "doubled", "twice"]),
        ("Two thirds, a third, one in five", ["Two", "thirds", "a third", "one in", "five"]),
        ("Twenty-one hundred", ["Twenty-one", "hundred"]),
        ("One person; one million", ["One person", "one million"]),
        ("A threefold rise, many percent", ["threefold", "percent"]),
        ("Title 43, not Title 42", ["43"]),
        ("2,023 people", ["2,023"]),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert written(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "On 27 December 2023, December 27, 2023 and 2023-12-27",
        "From 21–22 December, in FY2019, fiscal year 2020, fiscal years 2019–24, the 1990s, 2022/23",
        "until 11 May\n2023 at 23:59",
        "Title 42 and Title\n42 expulsions; CBP One",
        "The first, the 2nd, the twentieth; the second half of the year",
        "No one, one of them, one another, the official one, from one year to the next",
        "The fact {fact}`nov_2023` and {fact}`nationality/cuba:top_10`",
        "Code `12`, a [link](page12.md), <a href='4.html'>tag</a>, https://example.org/12",
        "say {peak:about} of {total_2023}",
        "```python\nx = 12\n```",
        ":::{known} dec_2023\n:class: two\nText.\n:::",
        "> There were 3 million.\n> -- the president, 2023",
        "(label-12)=\n1. An item\n2. Another",
        "Manifold reasons; often; tension",
    ],
)
def test_no_numbers(text: str) -> None:
    assert written(text) == []


def test_prose_inside_directives_and_unattributed_quotes_counts() -> None:
    text = ":::{known} a\n:otherwise: There were seven.\n\nThere were eight.\n:::\n\n> 9 said nobody"
    found = list(typed_numbers(prose_of(text), "en"))
    assert [(number.written, number.line) for number in found] == [("seven", 2), ("eight", 4), ("9", 7)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Dos tercios y la mitad", ["Dos", "tercios", "mitad"]),
        ("108,4 millones; se duplicó; doscientos", ["108,4", "millones", "duplicó", "doscientos"]),
        ("El 27 de diciembre de 2023, entre 2019 y 2023, el 2.º año; una persona", []),
        ("Del 21 al 22 de diciembre; Title 42; el año fiscal 2024; la segunda mitad", []),
    ],
)
def test_spanish(text: str, numbers: list[str]) -> None:
    assert written(text, "es") == numbers


def test_the_glossary_registers_names_with_numbers() -> None:
    glossary = (
        "# Glossary\n\n## Title 42 (a rule)\n\nWith 3.\n\n```{glossary}\nEncounter\n  A rule of 1944.\n\n"
        "Encounter\n  An event.\n```\n\nTitle 8\n: The law.\n"
    )
    assert registered_names(glossary) == ["Title 42", "Title 8"]
