"""Which solver runs here, told without loading it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from scheduler.errors import SolverUnavailable


@cache
def solver_name() -> str:
    """Return name and version of the solver that runs here."""
    for name, package in (("HiGHS {}", "highspy"), ("CBC of PuLP {}", "pulp")):
        try:
            return name.format(version(package))
        except PackageNotFoundError:
            continue
    raise SolverUnavailable
