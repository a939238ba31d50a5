"""OHSS's workbook, made small by hand: grouped headers, glued footnotes, hidden months, signs, totals."""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sharedborder.records.errors import ParseError
from sharedborder.records.publishers import ohss
from sharedborder.records.publishers.ohss_sheets import COUNTRIES, LEFT_OUT, SHEETS

DAY = datetime.date(2024, 12, 6)
SCHEMAS = Path(ohss.__file__).parents[4] / "data" / "schemas"
MONTHS = ohss.FISCAL_MONTHS
Rows = Sequence[Sequence[object]]

PAROLES: Rows = [
    ["Return to Table of Contents.", None, '* Please click on the "plus" sign'],
    ["Confirmed CHNV Paroles by Process: Fiscal Years 2023 to 2024 YTD (October 2023)"],
    ["Fiscal Year", "Month", "Total", "Cuba", "Venezuela"],
    [2023, "Total", 250, 30, 210],
    *([None, month, 20 + (month == "June") * 10, "X" if month == "October" else 0, 20] for month in MONTHS),
    ["2024 YTD", "Total", 40, 30, 0],
    [None, "October", 40, 30, 0],
    ["X Not applicable.", None],
    ["Notes: To protect privacy, table cells are rounded to the nearest ten.", None],
    [None, None],
]
FAMILIES: Rows = [
    ["CBP SW Border Encounters by Agency and Family Status"],
    [None, None, "Total CBP", None, "OFO", None],
    ["Fiscal Year", "Month", "Total", "Family Unit\nIndividuals2", "Total", "Accompanied Minors (OFO)4"],
    ["2014 YTD", "Total", 10, 10, 10, "NA"],
    [None, "October", 10, 10, 10, "NA"],
    ["NA Not available."],
]
REPATRIATIONS: Rows = [
    ["DHS Repatriations by Type"],
    [None, None, "Total Repatriations", "DHS Enforcement Returns2", None, "DHS Administrative Returns2"],
    ["Fiscal Year", "Month", "Total Repatriations3", "Withdrawals7", "Voluntary Returns", "Withdrawals9"],
    ["2024 YTD", "Total", 60, 10, 20, 30],
    [None, "October", 60, 10, 20, 30],
]


def sample(name: str) -> Rows:
    """The smallest sheet of that name that can be read: up to two groups of two columns, one month."""
    sheet = SHEETS[name]
    groups = list(sheet.groups)[:2]
    columns = [column for column in sheet.columns if " / " not in column][:2]
    over = [cell for group in groups for cell in (group or None, None)]
    body = [10] * len(groups) * len(columns)
    return [
        ["A title"],
        [None, None, *over],
        ["Fiscal Year", "Month", *columns * len(groups)],
        ["2024 YTD", "Total", *body],
        [None, "October", *body],
    ]


def workbook(folder: Path, sheets: Mapping[str, Rows] | None = None, without: str = "") -> Path:
    """Write a workbook of all known sheets, some of them given."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in [*LEFT_OUT, *SHEETS]:
        if name == without:
            continue
        sheet = book.create_sheet(name)
        rows = (sheets or {}).get(name) or ([] if name in LEFT_OUT else sample(name))
        for row in rows:
            sheet.append(list(row))
        sheet.row_dimensions[len(rows)].hidden = True
    path = folder / "monthly-tables.xlsx"
    book.save(path)
    return path


def parsed(folder: Path, sheets: Mapping[str, Rows] | None = None) -> pd.DataFrame:
    return ohss.parse([workbook(folder, sheets)], DAY)["enforcement_monthly"]


def series(frame: pd.DataFrame, name: str) -> dict[str, int]:
    rows = frame[frame["series"] == name]
    return dict(zip(rows["month"].dt.strftime("%Y-%m"), rows["events"], strict=True))


def changed(rows: Rows, line: int, column: int, value: object) -> Rows:
    return [
        [value if (i, j) == (line, column) else cell for j, cell in enumerate(row)]
        for i, row in enumerate(rows, start=1)
    ]


def test_months_totals_signs_and_notes(tmp_path: Path) -> None:
    frame = parsed(tmp_path, {"CHNV Paroles": PAROLES})
    assert frame.columns.to_list() == ["month", "series", "events"]
    total = series(frame, "CHNV paroles: total")
    assert list(total) == [f"{2022 + (n > 2)}-{(n + 9) % 12 + 1:02}" for n in range(12)] + ["2023-10"]
    assert (total["2022-10"], total["2023-06"], total["2023-10"]) == (20, 30, 40)
    cuba = series(frame, "CHNV paroles: CUB")
    assert "2022-10" not in cuba, "X is not a zero"
    assert (cuba["2022-11"], cuba["2023-10"]) == (0, 30)


def test_groups_and_glued_footnotes(tmp_path: Path) -> None:
    frame = parsed(
        tmp_path, {"SWB Encounters by Family Status": FAMILIES, "DHS Repats by Type": REPATRIATIONS}
    )
    assert series(frame, "encounters, southwest border: families") == {"2013-10": 10}
    assert series(frame, "encounters, southwest border, at ports: total")["2013-10"] == 10
    assert series(frame, "encounters, southwest border, at ports: accompanied children") == {}
    assert series(frame, "repatriations: total") == {"2023-10": 60}
    assert series(frame, "repatriations: enforcement returns, withdrawals") == {"2023-10": 10}
    assert series(frame, "repatriations: enforcement returns, voluntary returns") == {"2023-10": 20}
    assert series(frame, "repatriations: administrative returns, withdrawals") == {"2023-10": 30}


def test_all_sheets_make_series_with_known_names(tmp_path: Path) -> None:
    frame = parsed(tmp_path)
    fields = json.loads((SCHEMAS / "enforcement_monthly.json").read_text("utf-8"))["fields"]
    pattern = next(field["constraints"]["pattern"] for field in fields if field["name"] == "series")
    assert all(re.fullmatch(pattern, name) for name in frame["series"].unique())
    assert not frame.duplicated(["month", "series"]).any()
    assert {"encounters, southwest border: total", "CBP One appointments: total"} <= set(frame["series"])


def test_what_remains_is_no_series() -> None:
    for name, sheet in SHEETS.items():
        for column in ("Other", "Others", "All Other"):
            if column in sheet.columns:
                assert sheet.series(next(iter(sheet.groups)), column) is None, name
    assert SHEETS["CBP SWB Book-Outs by Citp"].series("Others", "USBP Releases") is None


def test_every_country_has_a_code_of_its_own() -> None:
    assert len(set(COUNTRIES.values())) == len(COUNTRIES)


@pytest.mark.parametrize(
    ("line", "column", "value", "message"),
    [
        (3, 5, "Atlantis", "sheet CHNV Paroles, cell E3: column 'Atlantis': .*unknown label 'Atlantis'"),
        (5, 3, "-", "cell C5: column 'Total': value '-': neither a figure"),
        (5, 3, 25, "cell C5: column 'Total': value 25: neither a figure rounded to ten"),
        (5, 3, -10, "cell C5: column 'Total': value -10"),
        (5, 3, None, "cell C5: column 'Total': value None"),
        (5, 3, False, "cell C5: column 'Total': value False"),
        (4, 3, 400, "cell C4: column 'Total': value 400: the total of 2023, .* add up to 250"),
        (6, 2, "December", "cell B6: column 'Month': value 'December': not the month that should come here"),
        (17, 1, "2025 YTD", "cell A17: column 'Fiscal Year': value '2025 YTD': not the fiscal year"),
        (4, 1, "FY 2023", "cell A4: column 'Fiscal Year': value 'FY 2023'"),
        (16, 2, "Total", "cell A16: column 'Fiscal Year': .*before the months of the last are complete"),
        (3, 2, "Period", "sheet CHNV Paroles: no row begins with 'Fiscal Year', 'Month'"),
    ],
)
def test_what_is_not_known_is_named(line: int, column: int, value: object, message: str) -> None:
    rows = [tuple(row) for row in changed(PAROLES, line, column - 1, value)]
    with pytest.raises(ParseError, match=rf"monthly-tables\.xlsx: .*{message}"):
        list(ohss.Grid.of(Path("monthly-tables.xlsx"), "CHNV Paroles", rows).figures())


def test_year_with_a_month_without_figure_is_not_checked(tmp_path: Path) -> None:
    frame = parsed(tmp_path, {"CHNV Paroles": changed(PAROLES, 4, 3, 90)})
    assert sum(series(frame, "CHNV paroles: CUB").values()) == 30


def test_sheets_must_not_contradict_each_other(tmp_path: Path) -> None:
    columns = ["Total Removals", 10, 10]
    repatriations = [
        *REPATRIATIONS[:2],
        *([*row, cell] for row, cell in zip(REPATRIATIONS[2:], columns, strict=True)),
    ]
    removals = changed(changed(sample("DHS Removals by Citizenship"), 4, 2, 20), 5, 2, 20)
    sheets = {"DHS Repats by Type": repatriations, "DHS Removals by Citizenship": removals}
    message = "column 'repatriations: removals': value 10: sheet DHS Removals by Citizenship, cell C5 says 20"
    with pytest.raises(ParseError, match=message):
        parsed(tmp_path, sheets)


def test_sheets_unknown_or_missing_and_other_faults(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"sheets \['CHNV Paroles'\] are missing"):
        ohss.parse([workbook(tmp_path, without="CHNV Paroles")], DAY)
    path = workbook(tmp_path)
    with pytest.raises(ParseError, match="value '2023-10': this month had not ended"):
        ohss.parse([path], datetime.date(2023, 10, 30))
    with pytest.raises(ParseError, match="give exactly one file"):
        ohss.parse([path, path], DAY)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Family Reunification Parole")
    book.save(path)
    with pytest.raises(ParseError, match=r"unknown sheets \['Family Reunification Parole'\]"):
        ohss.parse([path], DAY)
