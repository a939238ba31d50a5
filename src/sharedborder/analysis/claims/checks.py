"""All checks of claims, gathered from their modules, and the way to run one."""

from sharedborder.analysis.claims import displaced, groups, months, occasions, opinions, winter
from sharedborder.analysis.claims.finding import Finding
from sharedborder.analysis.claims.known import Known
from sharedborder.analysis.claims.registry import CHECKS
from sharedborder.analysis.errors import AnalysisError

MODULES = (displaced, groups, months, occasions, opinions, winter)
"""Importing them registers their checks."""


def run(claim: str, known: Known) -> Finding:
    """The finding of a claim's check; AnalysisError for a claim that has none."""
    if claim not in CHECKS:
        raise AnalysisError(f"the claim {claim!r} has no check: write one in analysis/claims")
    return CHECKS[claim](known)
