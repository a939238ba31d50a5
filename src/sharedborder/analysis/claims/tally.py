"""Claims beside their verdicts: how many there are of each, and which changed from edition to edition."""

from collections.abc import Mapping, Sequence

import pandas as pd

from sharedborder.analysis.claims.finding import CONTRADICTED, Finding
from sharedborder.analysis.frames import described

History = Mapping[str, Sequence[tuple[str, Finding]]]
"""Claim's id -> (edition, finding), in the order of the editions."""


def judged(stated: pd.DataFrame, history: History) -> pd.DataFrame:
    """The claims with two more columns: their newest `verdict`, and whether it ever `changed`."""
    verdicts = {name: [found.verdict for _, found in told] for name, told in history.items()}
    course = [verdicts[name] for name in stated["id"]]
    newest, changed = [str(one[-1]) for one in course], [len(set(one)) > 1 for one in course]
    return described(stated.assign(verdict=newest, changed=changed), stated)


def telling_first(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims with contradicted ones first, then those whose verdict changed, else in their order."""
    weight = claims["verdict"].ne(CONTRADICTED) * 2 + ~claims["changed"]
    order = weight.sort_values(kind="stable").index
    return described(claims.loc[order], claims)


def number(claims: pd.DataFrame) -> int | None:
    """How many claims these are; None for none, which a page shows as absent."""
    return len(claims) or None
