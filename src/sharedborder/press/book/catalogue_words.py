"""What the data page says around the contract's own words, in both languages."""

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "The data behind every number",
        "opening": (
            "Each table below is given whole, as each release gave it, in the ledger's own names. "
            "A release is never edited: what was revised later stands in the next one. The day of "
            "a release decides which edition can know it."
        ),
        "overview": "All tables",
        "overview_columns": ("Table", "Reaches to", "Newest release"),
        "machine": "The contract of all tables, their sources and the chronology, for machines:",
        "unit": "counts",
        "kinds": {
            "events": "events (one person can be counted more than once)",
            "stock": "a stock (how many there are on a day)",
            "flow": "a flow (how many in a period)",
            "as announced": "figures as announced",
        },
        "counted_by": "Counted by",
        "publisher": "Publisher",
        "counts": "What is counted",
        "licence": "Licence",
        "cadence": "Released",
        "citation": "Cite as",
        "breaks": "Known breaks",
        "columns": ("Column", "Type", "Meaning"),
        "columns_label": "Columns of the table",
        "types": {
            "string": "text",
            "integer": "whole number",
            "year": "year",
            "date": "day",
            "number": "number",
        },
        "releases": "Releases held",
        "none": "No release of this table is held for this edition.",
        "about": "day not certain",
        "row": "row",
        "rows": "rows",
        "from_to": "{0} to {1}",
        "via": "Obtained via",
        "checked": "Compared with the publisher's own file",
        "unchecked": "Not yet compared with the publisher's own file",
        "files": "Files",
    },
    "es": {
        "title": "Los datos detrás de cada cifra",
        "opening": (
            "Cada tabla se ofrece completa, tal como la dio cada entrega, con los nombres de este "
            "registro. Una entrega no se modifica nunca: lo que se revisó después está en la siguiente. "
            "El día de la entrega decide qué edición puede conocerla."
        ),
        "overview": "Todas las tablas",
        "overview_columns": ("Tabla", "Llega hasta", "Entrega más reciente"),
        "machine": "El contrato de todas las tablas, sus fuentes y la cronología, para máquinas:",
        "unit": "cuenta",
        "kinds": {
            "events": "eventos (una persona puede contarse más de una vez)",
            "stock": "acervo (cuántas personas hay en un día)",
            "flow": "flujo (cuántas en un periodo)",
            "as announced": "cifras tal como se anunciaron",
        },
        "counted_by": "Quién cuenta",
        "publisher": "Quién publica",
        "counts": "Qué se cuenta",
        "licence": "Licencia",
        "cadence": "Periodicidad",
        "citation": "Cómo citar",
        "breaks": "Rupturas conocidas",
        "columns": ("Columna", "Tipo", "Significado"),
        "columns_label": "Columnas de la tabla",
        "types": {
            "string": "texto",
            "integer": "número entero",
            "year": "año",
            "date": "día",
            "number": "número",
        },
        "releases": "Entregas que se tienen",
        "none": "No se tiene ninguna entrega de esta tabla para esta edición.",
        "about": "día no seguro",
        "row": "fila",
        "rows": "filas",
        "from_to": "de {0} a {1}",
        "via": "Obtenido a través de",
        "checked": "Comparado con el archivo de quien publica",
        "unchecked": "Aún no comparado con el archivo de quien publica",
        "files": "Archivos",
    },
}
