"""Facts and their evidence: what goes into facts.json."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from sharedborder.display import facts
from sharedborder.display.evidence import evidence, sources
from sharedborder.display.language import say
from sharedborder.display.messages import LANGUAGES
from sharedborder.display.resolving import resolve

from .conftest import described

CELL = """
import pandas as pd
from sharedborder.display.facts import fact, words
from sharedborder.display.language import say
rows = pd.DataFrame({"month": ["2023-11"], "n": [1]})
rows.attrs = {"table": "encounters", "key": ["month"]}
rows["published"] = "2023-11-14"
fact("november", 1, unit="encounters", rows=rows)
words("direction", say("<b>nobody</b>"), rows=rows)
"""


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """Give a shell in which cells can run."""
    yield InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    InteractiveShell.clear_instance()


def november(monthly: pd.DataFrame) -> pd.DataFrame:
    """Select November 2023."""
    return monthly[monthly["month"] == "2023-11-01"]


def test_a_fact_is_what_the_interface_says(monthly: pd.DataFrame) -> None:
    fact = facts.number_fact(
        "nov_2023", np.int64(242418), unit="encounters", rows=november(monthly), form="about"
    )
    assert fact == {
        "version": 1,
        "key": "nov_2023",
        "kind": "value",
        "value": 242418,
        "unit": "encounters",
        "text": {"value": 242418, "form": "about"},
        "evidence": [
            {
                "table": "southwest_encounters",
                "published": "2023-11-14",
                "keys": [
                    {"month": "2023-11-01", "component": "between ports"},
                    {"month": "2023-11-01", "component": "at ports"},
                ],
                "rows": 2,
            }
        ],
    }
    assert json.loads(json.dumps(fact)) == fact


@pytest.mark.parametrize(
    ("value", "form", "stored"),
    [
        (0.25, "percent", 0.25),
        (108436336.0, "millions", 108436336),
        (pd.Timestamp("2023-11-01"), "month", "2023-11-01"),
        (datetime.date(2023, 12, 22), "day", "2023-12-22"),
        ("VEN", "place", "VEN"),
    ],
)
def test_values_are_plain(value: Any, form: str, stored: Any, monthly: pd.DataFrame) -> None:
    assert facts.number_fact("a", value, unit="people", rows=monthly, form=form)["value"] == stored


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA])
def test_a_missing_value_is_an_absence(value: Any, monthly: pd.DataFrame) -> None:
    fact = facts.number_fact(
        "dec", value, unit="encounters", rows=monthly.head(0), absent="not published yet"
    )
    assert fact["kind"] == "absent"
    assert fact["reason"] == "not published yet"
    assert fact["value"] is None
    assert resolve(fact, LANGUAGES)["text"] == {"en": "not published yet", "es": "aún no publicado"}
    assert facts.number_fact("dec", value, unit="encounters", rows=[])["reason"] == "not held"


def test_a_third_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="'not published yet' or 'not held'"):
        facts.number_fact("dec", None, unit="encounters", rows=[], absent="lost")


def test_no_rows_no_fact(monthly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="no rows, no fact"):
        facts.number_fact("dec", 1, unit="encounters", rows=monthly.head(0))


def test_a_key_is_a_plain_word(monthly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="lower case"):
        facts.number_fact("Dec-2023", 1, unit="encounters", rows=monthly)


def test_words_depend_on_rows_too(monthly: pd.DataFrame) -> None:
    fact = facts.words_fact("direction", say("revised"), rows=monthly)
    assert (fact["kind"], fact["value"], fact["unit"]) == ("words", "revised", None)
    assert resolve(fact, LANGUAGES)["text"] == {"en": "revised", "es": "revisado"}
    assert facts.words_fact("direction", None, rows=[])["kind"] == "absent"


def test_many_rows_are_given_as_values_by_column(monthly: pd.DataFrame) -> None:
    (entry,) = evidence(monthly)
    assert entry["rows"] == 32
    assert entry["keys"]["component"] == ["at ports", "between ports"]
    assert entry["keys"]["month"][0] == "2022-10-01"
    assert len(entry["keys"]["month"]) == 16


def test_each_table_and_release_is_an_entry(monthly: pd.DataFrame) -> None:
    other = described(
        pd.DataFrame({"year": [2022], "country": ["WLD"]}), "population", ["year", "country"], "2025-07-31"
    )
    newer = monthly.assign(published=pd.Timestamp("2024-01-26"))
    newer.attrs = monthly.attrs
    found = [(entry["table"], entry["published"]) for entry in evidence([other, newer, monthly])]
    assert found == [
        ("population", "2025-07-31"),
        ("southwest_encounters", "2023-11-14"),
        ("southwest_encounters", "2024-01-26"),
    ]
    assert len(sources([monthly, monthly])) == 1


def test_events_bear_the_day_from_which_they_were_known() -> None:
    chronology = pd.DataFrame({"id": ["a"], "known_from": ["2023-12-22"]})
    chronology.attrs = {"table": "events", "key": ["id"]}
    assert evidence(chronology)[0]["published"] == "2023-12-22"


def test_announced_figures_name_their_pages() -> None:
    rows = described(
        pd.DataFrame({"indicator": ["a", "a"], "address": ["https://b.example/1", "https://a.example/2"]}),
        "announced_figures", ["indicator"],
    )  # fmt: skip
    assert evidence(rows)[0]["addresses"] == ["https://a.example/2", "https://b.example/1"]


def test_lost_attributes_are_named(monthly: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="lost the name of their table"):
        evidence(pd.DataFrame(monthly.to_dict("list")))
    with pytest.raises(ValueError, match=r"lost the columns \['component'\]"):
        evidence(monthly.drop(columns="component"))
    with pytest.raises(ValueError, match=r"lost the columns \['known_from'\]"):
        evidence(monthly.drop(columns="published"))


def test_a_missing_key_value_is_null(monthly: pd.DataFrame) -> None:
    rows = monthly.head(1).assign(component=None)
    rows.attrs = monthly.attrs
    assert evidence(rows)[0]["keys"] == [{"month": "2022-10-01", "component": None}]


def test_a_cell_shows_its_facts_together_when_it_ends(shell: InteractiveShell) -> None:
    with capture_output() as captured:
        shell.run_cell(CELL).raise_error()
    assert [set(shown.data) for shown in captured.outputs] == [{facts.MIME, "text/html", "text/plain"}]
    (shown,) = captured.outputs
    assert [fact["key"] for fact in shown.data[facts.MIME]] == ["november", "direction"]
    assert (
        shown.data["text/plain"]
        == "november · 1 · 1 row · encounters\ndirection · <b>nobody</b> · 1 row · encounters"
    )
    assert "<b>" not in shown.data["text/html"]
    assert resolve(shown.data[facts.MIME][1], LANGUAGES)["untranslated"] == ["<b>nobody</b>"]
