"""The list of places says what the Americas are."""

from sharedborder.records.places import americas, places

REGIONS = {"Africa", "Americas", "Asia", "Europe", "Oceania"}
NOWHERE = {"WLD", "other", "stateless", "unknown"}


def test_one_row_a_key_with_both_names() -> None:
    frame = places()
    assert frame["country"].is_unique
    assert frame["country"].is_monotonic_increasing
    assert not (frame[["country", "name_en", "name_es"]] == "").any(axis=None)
    assert frame.attrs == {"table": "places", "key": ["country"]}


def test_every_place_lies_in_a_region() -> None:
    frame = places().set_index("country")
    assert set(frame.index[frame["region"] == ""]) == NOWHERE
    assert set(frame["region"]) == REGIONS | {""}


def test_the_americas_have_four_parts() -> None:
    frame = places().set_index("country").loc[americas()]
    parts = {"Caribbean", "Central America", "Northern America", "South America"}
    assert set(frame["subregion"]) == parts
    assert {"CAN", "USA", "MEX", "PAN", "HTI", "CUB", "VEN", "ARG"} <= set(frame.index)
    assert not {"ESP", "PHL", "africa", "other"} & set(frame.index)
    mainland = frame.index[frame["subregion"] == "Central America"].to_list()
    assert mainland == ["BLZ", "CRI", "GTM", "HND", "MEX", "NIC", "PAN", "SLV"]
