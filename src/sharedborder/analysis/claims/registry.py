"""Which check belongs to which claim."""

from collections.abc import Callable

from sharedborder.analysis.claims.finding import Finding
from sharedborder.analysis.claims.known import Known
from sharedborder.analysis.errors import AnalysisError

Check = Callable[[Known], Finding]

CHECKS: dict[str, Check] = {}
"""Claim's id -> its check."""


def checks(claim: str) -> Callable[[Check], Check]:
    """Register a check for a claim: `@checks("s000-rail-closed")`; AnalysisError if it has one."""

    def register(check: Check) -> Check:
        if claim in CHECKS:
            raise AnalysisError(f"the claim {claim!r} has two checks; keep one")
        CHECKS[claim] = check
        return check

    return register
