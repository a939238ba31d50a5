"""Names and codes of countries become keys; what is unknown names its line."""

from pathlib import Path

import pandas as pd
import pytest
from babel import Locale

from sharedborder.records.errors import ParseError
from sharedborder.records.places import places
from sharedborder.records.publishers.countries import alpha3, from_codes, from_names, known_codes

PATH = Path("figures.csv")
SPECIALS = {"OTHER": "other"}


def column(*values: str) -> pd.DataFrame:
    return pd.DataFrame({"place": list(values)}, index=range(2, 2 + len(values)), dtype="str")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("VENEZUELA", "VEN"),
        ("Mexico", "MEX"),
        ("CÔTE D\u2019IVOIRE", "CIV"),
        ("CÔTE D'IVOIRE", "CIV"),
        ("SÃO TOMÉ & PRÍNCIPE", "STP"),
        ("CONGO - KINSHASA", "COD"),
        ("CONGO - BRAZZAVILLE", "COG"),
        ("MYANMAR (BURMA)", "MMR"),
        ("GERMANY", "DEU"),
        ("TURKEY", "TUR"),
        ("TÜRKIYE", "TUR"),
        ("PALESTINE", "PSE"),
        ("PALESTINIAN TERRITORIES", "PSE"),
        ("CHINA, PEOPLES REPUBLIC OF", "CHN"),
        ("KOSOVO", "XKX"),
        ("OTHER", "other"),
    ],
)
def test_names(name: str, key: str) -> None:
    assert from_names(column(name), "place", PATH, SPECIALS).to_list() == [key]


@pytest.mark.parametrize("name", ["NA", "AFRICA", "", "European Union", "Unknown Region", " CUBA"])
def test_a_name_that_is_no_country_is_refused_with_its_line(name: str) -> None:
    with pytest.raises(
        ParseError, match=r"figures\.csv: line 3: column 'place': value .*unknown country name"
    ):
        from_names(column("CUBA", name), "place", PATH, SPECIALS)


def test_codes() -> None:
    found = from_codes(column("MEX", "WLD", "XKX"), "place", PATH, {"WLD": "WLD"})
    assert found.to_list() == ["MEX", "WLD", "XKX"]


@pytest.mark.parametrize("code", ["ZAR", "XKK", "ZZZ", "SUN", "mex", "MX", ""])
def test_a_code_outside_iso_is_refused(code: str) -> None:
    with pytest.raises(ParseError, match=r"figures\.csv: line 2: column 'place'"):
        from_codes(column(code), "place", PATH)


def test_every_country_has_one_code() -> None:
    # 249 of ISO 3166-1, and Kosovo
    assert len(alpha3()) == len(known_codes()) == 250


def test_places_are_named_as_cldr_names_them() -> None:
    named = places().set_index("country")
    countries = {three: two for two, three in alpha3().items() if three in named.index}
    english, spanish = Locale("en").territories, Locale.parse("es_MX").territories
    for three, two in countries.items():
        assert (named.at[three, "name_en"], named.at[three, "name_es"]) == (english[two], spanish[two])
    specials = {"AB9", "TIB", "WLD", "africa", "other", "stateless", "unknown"}
    assert set(named.index) - set(countries) == specials
