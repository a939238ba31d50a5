"""Sentences that no table and no chronology can decide: intentions and judgements."""

from sharedborder.analysis.claims.finding import NO_RECORD, Finding, told
from sharedborder.analysis.claims.known import Known
from sharedborder.analysis.claims.occasions import day
from sharedborder.analysis.claims.registry import checks


@checks("s000-kirby-own-policies")
def own_policies(known: Known) -> Finding:
    """What a government could do."""
    return Finding(NO_RECORD, told("It says what a government could do. No count and no event decides that."))


@checks("s000-caravan-aim")
def aim_of_the_group(known: Known) -> Finding:
    """Where people wanted to go; where the group came to is on record."""
    ended = known.event("caravan-dissolves")
    if ended.empty:
        return Finding(NO_RECORD, told("Where each of them wanted to go, nobody recorded."))
    reason = told(
        "Where each of them wanted to go, nobody recorded. The group itself ended its walk on "
        "{day:day} in Chiapas.",
        day=ended["start"].max(),
    )
    return Finding(NO_RECORD, reason, [day(ended)])


@checks("s002-venezuela-crisis")
def state_of_a_country(known: Known) -> Finding:
    """A judgement of a country's state."""
    return Finding(
        NO_RECORD, told("It is a judgement of a country’s state. The tables here count those who left it.")
    )
