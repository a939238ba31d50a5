"""Groups of countries that the publication speaks of."""

# fmt: off
AMERICAS = (
    "ABW", "AIA", "ARG", "ATG", "BES", "BHS", "BLM", "BLZ", "BMU", "BOL", "BRA", "BRB", "BVT", "CAN", "CHL",
    "COL", "CRI", "CUB", "CUW", "CYM", "DMA", "DOM", "ECU", "FLK", "GLP", "GRD", "GRL", "GTM", "GUF", "GUY",
    "HND", "HTI", "JAM", "KNA", "LCA", "MAF", "MEX", "MSR", "MTQ", "NIC", "PAN", "PER", "PRI", "PRY", "SGS",
    "SLV", "SPM", "SUR", "SXM", "TCA", "TTO", "URY", "USA", "VCT", "VEN", "VGB", "VIR",
)
# fmt: on
"""The Americas (ISO 3166-1 alpha-3): region 019 of the United Nations' M49, 57 countries and areas."""

NORTHERN_CENTRAL_AMERICA = ("GTM", "HND", "SLV")
"""Guatemala, Honduras and El Salvador."""

CHNV = ("CUB", "HTI", "NIC", "VEN")
"""Cuba, Haiti, Nicaragua and Venezuela: the nationalities of the parole processes of 2022 and 2023."""
