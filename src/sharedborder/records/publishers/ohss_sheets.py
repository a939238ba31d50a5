"""The sheets of OHSS's monthly workbook: which are taken, and what each of their columns is called here.

Names of series read "what: which part"; a part in capitals is a nationality (ISO 3166-1 alpha-3, with XKX for
Kosovo). Areas, family statuses and components are named as in CBP's tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Names: TypeAlias = Mapping[str, str | None]


@dataclass(frozen=True)
class Sheet:
    """What one sheet holds, after footnote digits are taken off its labels.

    groups: label over a group of columns ("" without such a row) -> pattern of the series' names, or None
    to leave the group out. columns: column name -> what stands for {} in the pattern, or a whole series name
    (one with a colon), or None to leave the column out. Where a name means one thing in one group and another
    in the next, the key is "group / column".
    """

    groups: Names
    columns: Names

    def series(self, group: str, column: str) -> str | None:
        """Return the name of the series in this column, None if it is left out; raise KeyError if unknown."""
        pattern = self.groups[group]
        exact = f"{group} / {column}"
        name = self.columns[exact if exact in self.columns else column]
        if pattern is None or name is None:
            return None
        return name if ":" in name else pattern.format(name)


# fmt: off
COUNTRIES: Mapping[str, str] = {
    "Afghanistan": "AFG", "Albania": "ALB", "Algeria": "DZA", "Angola": "AGO", "Argentina": "ARG",
    "Armenia": "ARM", "Azerbaijan": "AZE", "Bangladesh": "BGD", "Belarus": "BLR", "Belize": "BLZ",
    "Benin": "BEN", "Bolivia": "BOL", "Brazil": "BRA", "Burkina Faso": "BFA", "Burma": "MMR",
    "Burundi": "BDI", "Cameroon": "CMR", "Canada": "CAN", "Central African Republic": "CAF",
    "Chad": "TCD", "Chile": "CHL", "China, People's Republic": "CHN", "Colombia": "COL",
    "Congo, Democratic Republic": "COD", "Congo, Republic": "COG", "Costa Rica": "CRI",
    "Cote d'Ivoire": "CIV", "Cuba": "CUB", "Djibouti": "DJI", "Dominican Republic": "DOM",
    "Ecuador": "ECU", "Egypt": "EGY", "El Salvador": "SLV", "Equatorial Guinea": "GNQ", "Eritrea": "ERI",
    "Ethiopia": "ETH", "France": "FRA", "Gambia": "GMB", "Georgia": "GEO", "Ghana": "GHA",
    "Guatemala": "GTM", "Guinea": "GIN", "Guinea-Bissau": "GNB", "Guyana": "GUY", "Haiti": "HTI",
    "Honduras": "HND", "India": "IND", "Indonesia": "IDN", "Iran": "IRN", "Iraq": "IRQ", "Israel": "ISR",
    "Jamaica": "JAM", "Jordan": "JOR", "Kazakhstan": "KAZ", "Kenya": "KEN", "Korea, South": "KOR",
    "Kosovo": "XKX", "Kyrgyzstan": "KGZ", "Lebanon": "LBN", "Liberia": "LBR", "Mali": "MLI",
    "Mauritania": "MRT", "Mexico": "MEX", "Moldova": "MDA", "Mongolia": "MNG", "Morocco": "MAR",
    "Mozambique": "MOZ", "Nepal": "NPL", "Nicaragua": "NIC", "Niger": "NER", "Nigeria": "NGA",
    "Pakistan": "PAK", "Panama": "PAN", "Paraguay": "PRY", "Peru": "PER", "Philippines": "PHL",
    "Portugal": "PRT", "Romania": "ROU", "Russia": "RUS", "Rwanda": "RWA", "Senegal": "SEN",
    "Sierra Leone": "SLE", "Somalia": "SOM", "South Africa": "ZAF", "Spain": "ESP", "Sri Lanka": "LKA",
    "Sudan": "SDN", "Syria": "SYR", "Tajikistan": "TJK", "Tanzania": "TZA", "Togo": "TGO",
    "Trinidad and Tobago": "TTO", "Tunisia": "TUN", "Turkey": "TUR", "Turkmenistan": "TKM",
    "Uganda": "UGA", "Ukraine": "UKR", "United Kingdom": "GBR", "Uruguay": "URY", "Uzbekistan": "UZB",
    "Venezuela": "VEN", "Vietnam": "VNM", "Yemen": "YEM", "Zimbabwe": "ZWE",
}
# fmt: on

# What remains after the nationalities shown is another set of people in each release: total less those shown.
REST = dict.fromkeys(("Other", "Others", "All Other", "All other, including stateless and unknown"))
NATIONALITIES: Names = {"Total": "total", **COUNTRIES, **REST}
SOUTHWEST: Names = {
    "Total CBP": "encounters, southwest border: {}",
    "USBP": "encounters, southwest border, between ports: {}",
    "OFO": "encounters, southwest border, at ports: {}",
}
FAMILY_STATUS: Names = {
    "Total": "total",
    "Single Adults": "single adults",
    "Family Unit Individuals": "families",
    "Unaccompanied Children/Single Minors": "unaccompanied children",
    "Accompanied Minors (OFO)": "accompanied children",
}
AREAS: Names = {
    "Total CBP": "encounters, southwest border: total",
    "Total USBP": "encounters, southwest border, between ports: total",
    "Total OFO": "encounters, southwest border, at ports: total",
    "San Diego, CA": "San Diego",
    "El Centro, CA": "El Centro",
    "Yuma, AZ": "Yuma",
    "Tucson, AZ": "Tucson",
    "El Paso, TX": "El Paso",
    "Big Bend, TX": "Big Bend",
    "Del Rio, TX": "Del Rio",
    "Laredo, TX": "Laredo",
    "Rio Grande Valley, TX": "Rio Grande Valley",
}
OUTCOMES: Names = {
    "Total Encounters": None,  # the encounters of the other sheets once more
    "T8 repatriations": "Title 8 repatriations",
    "T42 expulsions": "Title 42 expulsions",
    "Migrant Protection Protocols": "Migrant Protection Protocols",
    "Transfers to ICE": "transfers to ICE",
    "Transfers to HHS": "transfers to HHS",
    "USBP Releases": "Border Patrol releases",
    "OFO Paroles": "port paroles",
    "Other outcomes": "other outcomes",
}
REPATRIATIONS: Names = {
    "Total Repatriations": "total",
    "Total Title 8 Repatriations": "Title 8",
    "Title 8 Enforcement Repatriations": "Title 8 enforcement",
    "Title 42 Expulsions": "Title 42 expulsions",
    "Total Removals": "removals",
    "Expedited Removals": "removals, expedited",
    "Reinstatements of Removal Orders": "removals, reinstated orders",
    "Other Removals": "removals, other",
    "Total Enforcement Returns": "enforcement returns",
    "DHS Enforcement Returns / Withdrawals": "enforcement returns, withdrawals",
    "Voluntary Returns": "enforcement returns, voluntary returns",
    "Voluntary Departures": "enforcement returns, voluntary departures",
    "Other Enforcement Returns": "enforcement returns, other",
    "Total Administrative Returns": "administrative returns",
    "DHS Administrative Returns / Withdrawals": "administrative returns, withdrawals",
    "Crew Members Detained": "administrative returns, crew members detained",
}
SCREENINGS: Names = {
    "Total": "total",
    "Positive Fear": "positive",
    "Negative Fear": "negative",
    "Administrative Closure": "administrative closure",
}

SHEETS: Mapping[str, Sheet] = {
    "CBP Encounter by Type + Region": Sheet(
        {
            "Total CBP": "encounters, {}: total",
            "Enforcement Encounters": "encounters, {}: enforcement",
            "Administrative Encounters": "encounters, {}: administrative",
        },
        {
            "Total": "nationwide",
            "SW Land Border": "southwest border",
            "Northern Land Border": "northern border",
            "Coastal Border": "coastal border",
            "Air Ports of Entry": "airports",
        },
    ),
    "SWB Encounters by Citizenship": Sheet(SOUTHWEST, NATIONALITIES),
    "SWB Encounters by Family Status": Sheet(SOUTHWEST, FAMILY_STATUS),
    "SWB Enc by Sector+Field Ofc": Sheet(
        {
            "": "{}",
            "USBP": "encounters, southwest border, between ports: {} Sector",
            "OFO": "encounters, southwest border, at ports: {} Field Office",
        },
        AREAS,
    ),
    "SWB USBP": Sheet({"": "encounters, southwest border, between ports: {}"}, NATIONALITIES),
    "CBP One Appointments": Sheet({"": "CBP One appointments: {}"}, NATIONALITIES),
    "CBP SWB Book-Outs by Agency": Sheet(
        {
            "Total CBP": "book-outs, southwest border: {}",
            "USBP": "book-outs, southwest border, between ports: {}",
            "OFO": "book-outs, southwest border, at ports: {}",
        },
        OUTCOMES,
    ),
    "CBP SWB Book-Outs by Citp": Sheet(
        {
            "Total Encounters": "book-outs, southwest border: {}",
            **{name: f"book-outs, southwest border, {code}: {{}}" for name, code in COUNTRIES.items()},
            **REST,
        },
        OUTCOMES,
    ),
    "DHS Repats by Type": Sheet(
        dict.fromkeys(
            (
                "Total Repatriations",
                "DHS Removals",
                "DHS Enforcement Returns",
                "DHS Administrative Returns",
            ),
            "repatriations: {}",
        ),
        REPATRIATIONS,
    ),
    "DHS Removals by Citizenship": Sheet(
        {"": "repatriations, removals: {}"}, {**NATIONALITIES, "Total": "repatriations: removals"}
    ),
    "DHS Enf Returns by Citizenship": Sheet(
        {"": "repatriations, enforcement returns: {}"},
        {**NATIONALITIES, "Total": "repatriations: enforcement returns"},
    ),
    "DHS Adm Returns by Citizens": Sheet(
        {"": "repatriations, administrative returns: {}"},
        {**NATIONALITIES, "Total": "repatriations: administrative returns"},
    ),
    "SWB CF Filed by Citp": Sheet(
        {"": "credible fear screenings referred, southwest border: {}"}, NATIONALITIES
    ),
    "SWB CF Completed by Result": Sheet(
        {"": "credible fear screenings completed, southwest border: {}"}, SCREENINGS
    ),
    "Nationwide CF Filed by Citp": Sheet(
        {"": "credible fear screenings referred, nationwide: {}"}, NATIONALITIES
    ),
    "Nationwide CF by Result": Sheet({"": "credible fear screenings completed, nationwide: {}"}, SCREENINGS),
    "CHNV I-134": Sheet({"": "CHNV beneficiaries confirmed: {}"}, NATIONALITIES),
    "CHNV Travel Authorization": Sheet({"": "CHNV travel authorizations: {}"}, NATIONALITIES),
    "CHNV Paroles": Sheet({"": "CHNV paroles: {}"}, NATIONALITIES),
}

LEFT_OUT: Mapping[str, str] = {
    "TOC": "table of contents",
    "Nationwide USBP": "nationalities nationwide are in CBP's own files",
    "Nationwide OFO": "nationalities nationwide are in CBP's own files",
    "CBP SWB Book-Outs by Family": "outcomes by family status are not used",
    **dict.fromkeys(
        (
            "ERO Arrests by Citizenship",
            "ERO Arrests by Criminality",
            "ICE Book-Ins by Citizenship",
            "ICE Book-Ins by Criminality",
            "ICE Book-Ins by Arrest Agency",
            "ICE Book-Outs by Criminality",
            "ICE Book-Outs by Arrest Agency",
            "ICE ERO R&R by Citizenship",
            "ICE ERO R&R by Criminality",
            "ICE ERO R&R by Arrest Agcy",
            "DHS Removals by Criminality",
            "DHS Removals by Arrest Agcy",
        ),
        "arrests and detention inside the United States are not this publication's subject",
    ),
}
"""Sheet -> why it is not taken."""
