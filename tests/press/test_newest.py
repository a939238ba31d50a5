"""What came last: the newest tables first, each with its month and its place on the data page."""

from sharedborder.press.sphinx.newest import MOST, newest


def edition(language: str, days: list[str]) -> dict[str, object]:
    tables = {f"table_{place}": {"title": f"T & {place}", "published": day} for place, day in enumerate(days)}
    return {"language": language, "tables": tables}


def test_the_newest_tables_are_listed_first() -> None:
    entries = newest(edition("en", ["2023-11-14", "2025-09-30", "2024-02-13"]), "data.html")
    assert entries == [
        '<li><time datetime="2025-09">September 2025</time> <a href="data.html#table-1">T &amp; 1</a></li>',
        '<li><time datetime="2024-02">February 2024</time> <a href="data.html#table-2">T &amp; 2</a></li>',
        '<li><time datetime="2023-11">November 2023</time> <a href="data.html#table-0">T &amp; 0</a></li>',
    ]


def test_no_more_than_a_few_are_listed_in_the_language_of_the_page() -> None:
    entries = newest(edition("es", ["2025-09-30"] * (MOST + 3)), "../data.html")
    assert len(entries) == MOST
    assert "septiembre de 2025" in entries[0]
