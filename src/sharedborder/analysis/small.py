"""Small counts of people, which must not point at anyone."""

import pandas as pd

from sharedborder.analysis.frames import bare, count_of, described


def hide(frame: pd.DataFrame, under: int = 10) -> pd.DataFrame:
    """Counts from 1 to just below a threshold become unknown, with `small` True; zero and larger counts stay.

    For children and deaths by place, month and nationality: a count under ten there is never shown.
    """
    count = count_of(frame)
    rows = bare(frame)
    small = rows[count].between(1, under, inclusive="left")
    return described(rows.assign(**{count: rows[count].mask(small), "small": small}), frame)
