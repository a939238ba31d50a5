"""Forms of numbers, days and names in both languages, and the messages that hold them."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from sharedborder.display import days, messages, numerals
from sharedborder.display.language import FORMS, Text, plural, say, write, written

DAY = pd.Timestamp("2023-12-22")

WRITTEN = [
    ("exact", 1234567, "1,234,567", "1,234,567"),
    ("exact", 1234.5, "1,234.5", "1,234.5"),
    ("exact", np.int64(242418), "242,418", "242,418"),
    ("exact", -61, "−61", "−61"),
    ("exact", 0, "0", "0"),
    ("about", 242418, "about 242,000", "alrededor de 242,000"),
    ("about", 242000, "242,000", "242,000"),
    ("about", 532, "532", "532"),
    ("about", 2475669, "about 2.48 million", "alrededor de 2.48 millones"),
    ("number", 242518, "243,000", "243,000"),
    ("number", 999999, "1 million", "1 millón"),
    ("number", 12.345, "12.3", "12.3"),
    ("number", 0.01234, "0.0123", "0.0123"),
    ("number", 0, "0", "0"),
    ("millions", 108436336, "108.4 million", "108.4 millones"),
    ("millions", 1_000_000, "1 million", "1 millón"),
    ("millions", 1_049_999, "1 million", "1 millón"),
    ("millions", 5_217_456, "5.2 million", "5.2 millones"),
    ("percent", 0.253, "25%", "25%"),
    ("percent", 0.0042, "0.4%", "0.4%"),
    ("percent", 0.00996, "1%", "1%"),
    ("percent", 0.000996, "0.1%", "0.1%"),
    ("percent", 0.005, "0.5%", "0.5%"),
    ("percent", 0, "0%", "0%"),
    ("percent", -0.42, "−42%", "−42%"),
    ("percent1", 0.2535, "25.4%", "25.4%"),
    ("percent1", 0.5, "50.0%", "50.0%"),
    ("change", 0.25, "+25%", "+25%"),
    ("change", -0.4173, "−42%", "−42%"),
    ("change1", -0.4173, "−41.7%", "−41.7%"),
    ("difference", 1204, "+1,204", "+1,204"),
    ("difference", -19, "−19", "−19"),
    ("difference", 0, "0", "0"),
    ("points", 0.01, "1 percentage point", "1 punto porcentual"),
    ("points", 0.034, "3.4 percentage points", "3.4 puntos porcentuales"),
    ("times", 2.46, "2.5 times", "2.5 veces"),
    ("per_thousand", 0.01234, "12.3 per 1,000", "12.3 por cada 1,000"),
    ("per_hundred_thousand", 0.00012, "12 per 100,000", "12 por cada 100,000"),
    ("spelled", 3, "three", "tres"),
    ("spelled", 11, "11", "11"),
    ("ordinal", 2, "second", "segundo"),
    ("ordinal", 11, "11th", "11.º"),
    ("ordinal", 22, "22nd", "22.º"),
    ("ordinal_feminine", 3, "third", "tercera"),
    ("month", DAY, "December 2023", "diciembre de 2023"),
    ("Month", "2023-12-01", "December 2023", "Diciembre de 2023"),
    ("month_short", DAY, "Dec 2023", "dic 2023"),
    ("month_name", DAY, "December", "diciembre"),
    ("day", DAY, "22 December 2023", "22 de diciembre de 2023"),
    ("day", "2023-12-01", "1 December 2023", "1 de diciembre de 2023"),
    ("day_short", DAY, "22 Dec 2023", "22 dic 2023"),
    ("day_of_year", DAY, "22 December", "22 de diciembre"),
    ("year", DAY, "2023", "2023"),
    ("year", np.int64(2023), "2023", "2023"),
    ("fiscal_year", 2023, "fiscal year 2023", "año fiscal 2023"),
    ("stock", "2022-12-31", "end of 2022", "fines de 2022"),
    ("stock", "2023-06-30", "mid-2023", "mediados de 2023"),
    ("stock", "2023-09-30", "30 September 2023", "30 de septiembre de 2023"),
    ("place", "VEN", "Venezuela", "Venezuela"),
    ("place", "DOM", "Dominican Republic", "República Dominicana"),
    ("the_place", "USA", "the United States", "Estados Unidos"),
    ("the_place", "MEX", "Mexico", "México"),
    ("name", "between ports", "between ports", "entre puertos de entrada"),
    ("Name", "families", "Families", "Personas en familia"),
    ("name", "HTI", "Haiti", "Haití"),
    ("label", "fiscal_year", "Fiscal year", "Año fiscal"),
    ("proper", "Del Rio", "Del Rio", "Del Rio"),
    ("proper", "USA to VEN", "United States to Venezuela", "Estados Unidos a Venezuela"),
    ("proper", "CBP One appointments: VEN", "CBP One appointments: Venezuela", "citas de CBP One: Venezuela"),
    ("the_area", "Del Rio Sector", "the Del Rio Sector", "el sector Del Río"),
    ("The_area", "Laredo Field Office", "The Laredo Field Office", "La oficina de campo de Laredo"),
    ("places", ["CUB", "HTI", "NIC"], "Cuba, Haiti and Nicaragua", "Cuba, Haití y Nicaragua"),
    ("names", ["families", "unknown"], "families and unknown", "personas en familia y se desconoce"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "value", "english", "spanish"), WRITTEN)
def test_a_form_writes_both_languages(form: str, value: Any, english: str, spanish: str) -> None:
    text = written(value, form)
    assert (text.en, text.es) == (english, spanish)


def test_every_form_is_tested() -> None:
    seen = {form[0].lower() + form[1:] for form, *_ in WRITTEN}
    assert set(FORMS) - seen == {"month_letters"}


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_exact_loses_nothing(value: int) -> None:
    for language in messages.LANGUAGES:
        assert int(write(value, "exact", language).replace(",", "").replace("−", "-")) == value


@given(st.decimals(-(10**12), 10**12, places=7), st.integers(0, 6), st.sampled_from(messages.LANGUAGES))
def test_decimals_are_as_babel_has_them(value: Decimal, places: int, language: messages.Language) -> None:
    for least in (0, places):
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        pattern = "#,##0" + ("." + "0" * least + "#" * (places - least) if places else "")
        babel = format_decimal(rounded, format=pattern, locale=messages.LOCALES[language])
        assert numerals.decimal(value, language, places, least) == babel.replace("-", "−")


@given(st.floats(min_value=1, max_value=1e9))
def test_about_is_within_half_a_per_cent(value: float) -> None:
    text = write(value, "number", "en")
    said = float(text.removesuffix(" million").replace(",", "")) * (1e6 if "million" in text else 1)
    assert math.isclose(said, value, rel_tol=0.0051)


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT, Decimal("NaN")])
def test_a_missing_value_raises(value: Any) -> None:
    with pytest.raises(ValueError, match=r"\{n:exact\}.*missing"):
        say("about {n:exact}", n=value)


@pytest.mark.parametrize(
    ("form", "value"), [("exact", "12"), ("exact", True), ("place", "XX"), ("day", "soon")]
)
def test_a_value_of_the_wrong_kind_raises(form: str, value: Any) -> None:
    with pytest.raises(ValueError, match="about"):
        say(f"about {{n:{form}}}", n=value)


def test_an_unknown_form_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"unknown form 'roman'.*exact"):
        say("about {n:roman}", n=1)


def test_placeholders_and_values_must_match() -> None:
    with pytest.raises(ValueError, match=r"\['n'\], but was given \['m'\]"):
        say("about {n:exact}", m=1)
    with pytest.raises(ValueError, match=r"give \{n\} a form"):
        say("about {n}", n=1)


def test_texts_nest_and_remember_their_numbers() -> None:
    inner = say("about {number}", number=written(242418, "about"))
    outer = say("{first} to {last} ({count})", first=inner, last=written("VEN", "place"), count=written(3))
    assert outer.es == "de alrededor de alrededor de 242,000 a Venezuela (3)"
    assert outer.numbers == (("about", 242418.0), ("exact", 3.0))
    assert "about {number}" in outer.messages


def test_texts_are_joined_as_a_list() -> None:
    both = [written("CUB", "place"), written("HTI", "place")]
    text = say("Only {places:list}", places=both)
    assert text.en == "Only Cuba and Haiti"
    with messages.listening() as heard:
        assert text.es == "Only Cuba y Haití"
    assert heard.missing == {"Only {places:list}"}


def test_a_capital_raises_a_nested_text() -> None:
    assert say("{what:Text} fell", what=Text("crossings", "los cruces")).en == "Crossings fell"


def test_plurals_follow_the_count() -> None:
    one = plural("{count:exact} row of {table}", "{count:exact} rows of {table}", 1, table=Text("a", "a"))
    many = plural("{count:exact} row of {table}", "{count:exact} rows of {table}", 2, table=Text("a", "a"))
    assert (one.en, many.en) == ("1 row of a", "2 rows of a")


def test_a_message_without_spanish_is_english_and_remembered() -> None:
    text = say("Nobody translated this")
    with messages.listening() as heard:
        assert text.es == text.en
    assert heard.missing == {"Nobody translated this"}
    assert heard.asked == {"Nobody translated this": None}


def test_every_country_of_the_standard_has_two_names() -> None:
    from babel.core import get_global

    codes = [code for code in get_global("territory_aliases") if len(code) == 3 and code.isalpha()]
    named = [
        code
        for code in codes
        if messages.LOCALES["en"].territories.get(get_global("territory_aliases")[code][0])
    ]
    assert len(named) > 240
    for code in named:
        assert written(code, "place").en
        assert written(code, "place").es


@pytest.mark.parametrize(("text", "said"), [
    ("entrega de 12 de junio de 2025", "entrega del 12 de junio de 2025"),
    ("de 31 de mayo a 1 de junio", "del 31 de mayo al 1 de junio"),
    ("entrega de octubre de 2024", "entrega de octubre de 2024"),
    ("de 12 filas a 30", "de 12 filas a 30"),
])  # fmt: skip
def test_spanish_joins_prepositions_to_a_day(text: str, said: str) -> None:
    assert days.contracted(text, "es") == said
    assert days.contracted(text, "en") == text
