"""Errors of the planner; each carries its data, and its docstring is its default message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.findings import Finding


class SchedulerError(Exception):
    """The planner could not do what was asked."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class InvalidProblem(SchedulerError):
    """The problem or plan does not follow its format.

    Attributes
    ----------
    place : str
        Where the fault stands, such as ``people[17].table``.
    expected : str
        What should stand there, as the end of a sentence that begins with "expected".
    """

    def __init__(self, place: str, expected: str) -> None:
        self.place = place
        self.expected = expected
        super().__init__(f"{place}: expected {expected}")


class InfeasibleProblem(SchedulerError):
    """No set of seats keeps the hard rules (proved).

    Attributes
    ----------
    findings : tuple of Finding
        What cannot hold together, with the people, tables and rounds concerned.
    """

    def __init__(self, findings: tuple[Finding, ...] = ()) -> None:
        self.findings = findings
        super().__init__("; ".join(f.message for f in findings))


class NoPlanInTime(SchedulerError):
    """No plan was found in time, and nothing is proved."""


class SolverUnavailable(SchedulerError):
    """Neither HiGHS nor CBC is installed."""
