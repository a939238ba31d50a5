"""Words that data asks for: every category, column and unit that a chart, a table or a fact may name.

Nothing reads these sets: they tell the catalogue's extraction which words need Spanish.
"""

from typing import Final

from .messages import mark

CATEGORIES: Final = frozenset({
    # component, demographic, authority and encounter type (CBP)
    mark("all components"), mark("between ports"), mark("at ports"), mark("single adults"),
    mark("families"), mark("unaccompanied children"), mark("accompanied children"), mark("Title 8"),
    mark("Title 42"), mark("apprehension"), mark("expulsion"), mark("inadmissible"), mark("apprehensions"),
    mark("expulsions"),
    # regions (CBP, USBP)
    mark("southwest border"), mark("northern border"), mark("southwest"), mark("northern"),
    mark("coastal"), mark("nationwide"),
    # categories of displacement (UNHCR, IDMC, UNRWA)
    mark("refugees"), mark("asylum-seekers"), mark("other people in need of international protection"),
    mark("internally displaced"), mark("internally displaced, protected by UNHCR"),
    mark("Palestine refugees"), mark("stateless"), mark("returned refugees"),
    mark("returned internally displaced"), mark("others of concern"), mark("host community"),
    mark("refugees under UNHCR's mandate"), mark("people forcibly displaced"), mark("announced total"),
    # asylum applications (UNHCR)
    mark("government"), mark("joint"), mark("appeal"), mark("backlog"), mark("first instance and appeal"),
    mark("judiciary"), mark("new"), mark("new and appeal"), mark("new and repeat"), mark("repeat"),
    mark("subsidiary protection"), mark("administrative review"), mark("first instance"),
    mark("judicial review"), mark("new applications"), mark("repeat or reopened"),
    mark("temporary asylum"), mark("temporary protection"), mark("temporary leave to remain"),
    mark("US Executive Office for Immigration Review"), mark("US Citizenship and Immigration Services"),
    mark("cantonal regulations (Switzerland)"), mark("cases"), mark("persons"),
    # crossings (CBP)
    mark("buses"), mark("commercial trucks"), mark("passenger vehicles"),
    mark("pedestrians and bicyclists"), mark("railcars"),
    # enforcement (OHSS)
    mark("CBP One appointments"), mark("CHNV beneficiaries confirmed"), mark("CHNV paroles"),
    mark("CHNV travel authorizations"), mark("book-outs"), mark("Border Patrol releases"),
    mark("Title 42 expulsions"), mark("Title 8 repatriations"), mark("other outcomes"),
    mark("port paroles"), mark("transfers to HHS"), mark("transfers to ICE"),
    mark("Migrant Protection Protocols"), mark("credible fear screenings completed"),
    mark("credible fear screenings referred"), mark("administrative closure"), mark("negative"),
    mark("positive"), mark("airports"), mark("coastal border"), mark("administrative"),
    mark("enforcement"), mark("repatriations"), mark("administrative returns"),
    mark("enforcement returns"), mark("removals"), mark("crew members detained"), mark("withdrawals"),
    mark("voluntary departures"), mark("voluntary returns"), mark("expedited"), mark("reinstated orders"),
    mark("Title 8 enforcement"),
    # announced figures
    mark("CBP One appointments a day"), mark("to date"), mark("Darién transit"), mark("year to date"),
    mark("Mexico irregular-migration events"), mark("Mexico returns"), mark("Venezuelans abroad"),
    mark("Latin America and the Caribbean"), mark("host country"), mark("asylum applicants in Mexico"),
    mark("daily encounters between ports"), mark("seven-day average"), mark("daily encounters"),
    mark("Mexico's migration agency"), mark("Ciudad Juárez fire"), mark("forces on migration duty"),
    mark("forcibly displaced"), mark("world"), mark("part"), mark("rise in the year"),
    mark("parole arrivals"), mark("people deported to Mexico"),
    mark("people encountered at the southwest border"), mark("people in a group leaving Tapachula"),
    mark("people on repatriation flights"), mark("people returned under Remain in Mexico"),
    mark("rail cars held up a day"), mark("Eagle Pass and El Paso"), mark("removals and returns by DHS"),
    mark("repatriation flights"), mark("southwest encounters at ports"),
    mark("southwest encounters between ports"), mark("southwest encounters"), mark("trains a day"),
    mark("transfer flights within Mexico"), mark("weekly encounters between ports"), mark("South America"),
    mark("Africa"), mark("other nationalities"), mark("first"), mark("revised"), mark("quoted"),
    mark("total"),
    # states and series that charts show
    mark("first announced"), mark("newest release"), mark("all"), mark("other"), mark("unknown"),
    mark("before"), mark("after"), mark("United States"), mark("Mexico"), mark("Panama"), mark("Darién"),
})  # fmt: skip

COLUMNS: Final = frozenset({
    mark("month"), mark("date"), mark("year"), mark("fiscal year"), mark("calendar year"),
    mark("calendar month"), mark("period"), mark("day"), mark("component"), mark("demographic"),
    mark("citizenship"), mark("authority"), mark("encounter type"), mark("region"), mark("area"),
    mark("sector"), mark("origin"), mark("asylum"), mark("category"), mark("country"), mark("crossing"),
    mark("port"), mark("mode"), mark("series"), mark("indicator"), mark("geography"), mark("publisher"),
    mark("vintage"), mark("subject"), mark("procedure"), mark("application type"), mark("decision level"),
    mark("counted"), mark("through"), mark("published"), mark("period start"), mark("period end"),
    mark("value"), mark("unit"), mark("share"), mark("change"), mark("difference"), mark("relative"),
    mark("previous"), mark("rank"), mark("event"), mark("announced"), mark("provisional"), mark("season"),
    mark("nationality"), mark("median"), mark("lowest"), mark("highest"), mark("id"), mark("correlation"),
    mark("number"),
})  # fmt: skip

UNITS: Final = frozenset({
    mark("encounters"), mark("apprehensions"), mark("unaccompanied children"), mark("families"),
    mark("deaths"), mark("events"), mark("people"), mark("applications"), mark("returns"),
    mark("crossings"), mark("months"), mark("days"), mark("years"), mark("countries"), mark("percent"),
    mark("percentage points"), mark("share"), mark("ratio"), mark("rank"), mark("month"), mark("day"),
    mark("year"), mark("releases"), mark("flights"), mark("rows"), mark("vehicles"), mark("expulsions"),
    mark("appointments"), mark("applicants"), mark("appointments a day"), mark("encounters a day"),
    mark("rail cars a day"), mark("trains a day"), mark("personnel"), mark("events a year"), mark("words"),
    mark("sentences"),
})  # fmt: skip

MEASURES: Final = frozenset({
    mark("Palestine refugees under UNRWA's mandate"), mark("encounters between ports"), mark("end"),
    mark("equal but for the rounding of the announced figure"), mark("fell"),
    mark("internally displaced people"), mark("nationalities"), mark("not all parts are held"),
    mark("rail cars"), mark("rate"), mark("rose"), mark("side"), mark("start"),
    mark("the parts sum to less than the announced total"),
    mark("the parts sum to more than the announced total"), mark("trains"), mark("was unchanged"),
})  # fmt: skip
"""What the measures say in words, and the names of what they count."""

ANNOUNCERS: Final = frozenset({
    mark("American Immigration Council, from DHS"), mark("Association of American Railroads"),
    mark("DHS official"), mark("Government of Chiapas"), mark("Government of Mexico, from CBP"),
    mark("Government of Venezuela"), mark("Government of the United States"),
    mark("Henry Cuellar, U.S. Representative"), mark("IOM"), mark("Marcelo Ebrard, foreign minister"),
    mark("Mexican authorities"), mark("Migration Policy Institute, from CBP"),
    mark("Panama's migration service"), mark("Panama's security ministry"), mark("U.S. Border Patrol"),
    mark("U.S. officials"), mark("UNHCR"), mark("UNHCR and IOM"), mark("White House"), mark("organisers"),
    mark("unnamed Border Patrol officials"), mark("unnamed CBP officials"), mark("unnamed U.S. officials"),
})  # fmt: skip
"""Who announced a figure, where that is no name of its own or has a Spanish one."""

STATIONS: Final = frozenset({
    mark("Big Bend Sector"), mark("Canadian Pacific Kansas City Laredo Railroad Bridge"),
    mark("Del Rio Sector"), mark("Eagle Pass International Bridge"), mark("El Centro Sector"),
    mark("El Paso Field Office"), mark("El Paso Railroad Bridges"), mark("El Paso Sector"),
    mark("Laredo Field Office"), mark("Laredo Sector"), mark("Rio Grande Valley Sector"),
    mark("San Diego Field Office"), mark("San Diego Sector"), mark("Tucson Field Office"),
    mark("Tucson Sector"), mark("Union Pacific Eagle Pass Railroad Bridge"), mark("West Rail Bridge"),
    mark("Yuma Sector"),
})  # fmt: skip
"""Sectors, field offices and crossings whose name has a part to translate."""
