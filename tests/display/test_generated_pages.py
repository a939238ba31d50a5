"""The pages of changes and of corrections, in both languages, everything escaped."""

from typing import Any

from sharedborder.display import changes_page, corrections_page, messages

CHANGE = {
    "why": "revised", "absent": None, "now": [("It <was> ", False), ("242,399", True)],
    "then": [("It <was> ", False), ("242,418", True)],
}  # fmt: skip
ABSENT = CHANGE | {"why": "known", "absent": "not published yet"}
COMPARISON = {
    "before": "2024-01-19", "after": "latest", "new": ["Areas"],
    "pages": [
        {"page": "border", "title": "The border", "changes": [ABSENT, *[CHANGE] * 8]},
        {"page": "nationality/cuba", "title": "Cuba", "changes": [CHANGE]},
    ],
}  # fmt: skip
REVISION = {
    "table": "southwest_encounters", "key": {"month": "2023-11-01", "component": "between ports"},
    "then": 242_418, "now": 242_399, "published_then": "2023-12-22", "published_now": "2025-09-30",
    "gave": "southwest_encounters",
    "shown": [("2023-12-27", "index", "The front page"), ("2024-01-19", "border", "The border")],
}  # fmt: skip
OWN = {
    "table": "darien_transit", "where": {"month": "2023-02-01"}, "expect": 1, "value": 2,
    "decided": "2026-01-02",
    "asked_by": "a reader", "reason": {"en": "A <slip>.", "es": "Un desliz."}, "address": "https://example.org",
}  # fmt: skip


def describe(table: str, published: str) -> dict[str, Any]:
    return {"short": {"en": "CBP", "es": "CBP"}, "precision": "about"}


def title(table: str) -> dict[str, str]:
    return {"en": "Other", "es": "Otra"} if table == "other" else {"en": "Encounters", "es": "Encuentros"}


def test_a_change_stands_beside_what_was_said_before() -> None:
    page = changes_page.changes_page([COMPARISON], "en")
    assert "## From 19 January 2024 to the latest edition" in page
    assert '<p class="now">It &lt;was&gt; <strong>242,399</strong></p>' in page
    assert "19 January 2024: </span>It &lt;was&gt; <strong>242,418</strong>" in page
    assert "19 January 2024: </span>not published yet" in page
    assert "3 more sentences" in page
    assert '<a href="nationality/cuba.html">Cuba</a>: 1 sentence reads otherwise' in page
    assert "Pages that the earlier edition could not have: Areas." in page


def test_the_first_edition_says_that_there_is_none_before() -> None:
    assert "This is the first edition" in changes_page.changes_page([], "en")


def test_a_revision_says_from_what_to_what_when_by_whom_and_where_it_stood() -> None:
    page = corrections_page.corrections_page([REVISION], [], "en", describe, title)
    assert "### Encounters\n" in page
    assert '<p class="what">November 2023, between ports</p>' in page
    assert "<strong>242,418 became 242,399</strong>. CBP, release of September 2025" in page
    assert "Shown in the editions of 27 December 2023 and 19 January 2024" in page
    assert "None was needed so far." in page


def test_revisions_stand_under_their_tables_each_once() -> None:
    revised = [REVISION, {**REVISION, "table": "other"}, {**REVISION, "then": 7}]
    page = corrections_page.corrections_page(revised, [], "en", describe, title)
    heads = [line for line in page.splitlines() if line.startswith("### ")]
    assert heads == ["### Encounters", "### Other"]
    assert page.index("7 became") < page.index(heads[1])


def test_a_correction_of_ours_says_why_and_who_asked() -> None:
    page = corrections_page.corrections_page([], [OWN], "en", describe, title)
    assert "A &lt;slip&gt;." in page
    assert "2 January 2026, asked for by a reader" in page
    assert "has been revised since" in page


def test_both_pages_are_whole_in_spanish() -> None:
    with messages.listening() as heard:
        pages = [
            changes_page.changes_page([COMPARISON], "es"),
            corrections_page.corrections_page([REVISION], [OWN], "es", describe, title),
        ]
    assert heard.missing == set()
    assert "Qué cambió entre ediciones" in pages[0]
    assert "242,418 pasó a 242,399" in pages[1]
