"""What the country keys of the tables are called and where they lie: `data/places.csv`.

Names are the Unicode CLDR's (English, Mexican Spanish). Regions are those of the UN Statistics Division as
UNHCR's list of countries gives them; a subregion is the division's intermediate region where it has one
(Caribbean, Central America, South America), else its subregion. By it Mexico belongs to Central America.
"""

from __future__ import annotations

import pandas as pd

from sharedborder.records import readlog, shelf

FILE = "places.csv"
COLUMNS = ["country", "name_en", "name_es", "region", "subregion"]


def places() -> pd.DataFrame:
    """Return one row per country key: country, name_en, name_es, region, subregion, all text, sorted by key.

    Region and subregion are empty for keys that are no place: `other`, `stateless`, `unknown`, WLD.
    """
    frame = pd.read_csv(shelf.folder() / FILE, dtype="str", keep_default_na=False, usecols=COLUMNS)[COLUMNS]
    frame.attrs = {"table": "places", "key": ["country"]}
    readlog.record("places", "places", {}, frame)
    return frame


def americas() -> list[str]:
    """Return the keys of the countries and territories of the Americas, sorted."""
    frame = places()
    return frame.loc[frame["region"] == "Americas", "country"].to_list()
