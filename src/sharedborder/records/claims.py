"""Sentences that somebody published, to be checked: `data/claims.yml`. Verdicts come from `analysis`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from sharedborder.records import readlog, yamlfiles
from sharedborder.records.errors import LedgerError
from sharedborder.records.files import DAY
from sharedborder.records.filters import LATEST, AsOf, day_of

FILE: Final = "claims.yml"
TABLE: Final = "claims"
LANGUAGES: Final = ("en", "es")
FORMS: Final = ("own", "quoted", "paraphrased", "reported")
"""How the outlet gave the words: in its own name, in quotation marks, paraphrased, or as a report."""

KINDS: Final = (
    "attribution", "comparison", "event", "intention", "judgement", "quantity", "trend",
)  # fmt: skip
NEEDED: Final = (
    "id", "story", "subject", "speaker", "form", "said", "quote", "quote_es", "claim", "kind", "way", "check",
)  # fmt: skip
COPIED: Final = ("id", "subject", "form", "said", "quote", "quote_es", "claim", "kind", "check")
SAID: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")

Claim = Mapping[str, Any]


def claims(as_of: AsOf = None) -> pd.DataFrame:
    """The claims published by a day (None or "latest": all), one row each, in the order of their stories.

    Columns: id, story, outlet, published (the story's day), subject (its part of the page), speaker, form
    (one of `FORMS`), said (day or month, ISO), quote (verbatim), quote_es (our translation), claim (in our
    words), kind, way (what would check it), check (its function in `analysis.claims`), about (what the story
    is about). speaker, claim, way and about are {"en": ..., "es": ...}. Raises LedgerError for a claim
    without its parts, or one that names what the file does not define.
    """
    until = day_of(as_of)
    last = until.isoformat() if until else None
    given = _whole_file()
    rows = [_row(claim, given) for claim in given["claims"]]
    _refuse_doubles([row["id"] for row in rows])
    public = [row for row in rows if last is None or row["published"] <= last]
    frame = pd.DataFrame(public, columns=[*COPIED, "story", "outlet", "about", "published", "speaker", "way"])
    frame["published"] = frame["published"].astype(pd.api.types.pandas_dtype(DAY))
    frame.attrs = {"table": TABLE, "key": ["id"], "count": None, "kind": "claims", "as_of": last or LATEST}
    readlog.record("claims", TABLE, {"as_of": last}, frame)
    return frame


def days(as_of: AsOf = None) -> list[str]:
    """The days whose state of knowledge a claim's history tells: those of the stories, and `as_of` itself."""
    until = day_of(as_of)
    stories = sorted({str(story["day"]) for story in _whole_file()["stories"].values()})
    own = until.isoformat() if until else LATEST
    return [*(day for day in stories if until is None or day < own), own]


def since(published: object, among: Sequence[str]) -> list[str]:
    """Those of `days` on which a claim of that day was public."""
    return [day for day in among if day == LATEST or day >= str(published)[:10]]


def _whole_file() -> Mapping[str, Any]:
    given: Mapping[str, Any] = yamlfiles.load(FILE) or {}
    for part in ("stories", "speakers", "ways", "claims"):
        if part not in given:
            raise LedgerError(f"data/{FILE} has no {part!r}")
    return given


def _row(claim: Claim, given: Mapping[str, Any]) -> dict[str, Any]:
    """A claim with what it names in the file's other parts."""
    _checked(claim)
    story = _named(claim, "story", given["stories"])
    return {
        **{name: claim[name] for name in COPIED},
        "story": claim["story"],
        "outlet": story["outlet"],
        "about": story["about"],
        "published": story["day"],
        "speaker": _named(claim, "speaker", given["speakers"]),
        "way": _named(claim, "way", given["ways"]),
    }


def _checked(claim: Claim) -> None:
    name = claim.get("id", "a claim without id")
    lost = [part for part in NEEDED if not claim.get(part)]
    if lost:
        raise LedgerError(f"data/{FILE}: {name} has no {', '.join(lost)}")
    unknown = sorted(set(claim) - set(NEEDED))
    if unknown:
        raise LedgerError(f"data/{FILE}: {name} has {', '.join(unknown)}, which no claim has")
    for part, known in (("form", FORMS), ("kind", KINDS)):
        if claim[part] not in known:
            raise LedgerError(f"data/{FILE}: {name} has the {part} {claim[part]!r}, not {' or '.join(known)}")
    if not SAID.fullmatch(str(claim["said"])):
        raise LedgerError(f"data/{FILE}: {name} was said {claim['said']!r}: write a day or a month, 2023-12")
    if not isinstance(claim["claim"], Mapping) or not all(claim["claim"].get(one) for one in LANGUAGES):
        raise LedgerError(f"data/{FILE}: {name} needs its claim in {' and '.join(LANGUAGES)}")


def _named(claim: Claim, part: str, known: Mapping[str, Any]) -> Any:
    if claim[part] not in known:
        raise LedgerError(f"data/{FILE}: {claim['id']}: there is no {part} {claim[part]!r} in the file")
    return known[claim[part]]


def _refuse_doubles(ids: list[str]) -> None:
    doubles = sorted({one for one in ids if ids.count(one) > 1})
    if doubles:
        raise LedgerError(f"data/{FILE}: {', '.join(doubles)} stands there twice; each claim has its own id")
