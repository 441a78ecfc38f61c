"""What somebody should know about a problem or a plan: findings (before) and violations (after)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A reason why something cannot be, or could be better.

    Parameters
    ----------
    rule : str
        Name of the hard rule or goal, as in ``MODEL.md``.
    message : str
        One plain sentence.
    people, tables, rounds : tuple of str
        Ids concerned, sorted.
    suggestions : tuple of str
        Ways out, cheapest first.
    """

    rule: str
    message: str
    people: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A broken rule, or a false claim, in a plan.

    Parameters
    ----------
    rule : str
        Name of the rule, or ``digest``, ``claimed_value``, ``bound``, ``status``.
    people, tables : tuple of str
        Ids concerned.
    round : str or None
        Id of the round, where the rule belongs to one.
    detail : str
        What was found, in words.
    """

    rule: str
    people: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    round: str | None = None
    detail: str = ""

    def __str__(self) -> str:
        """Return the line that ``verify`` prints: rule, people and tables, round, detail."""
        who = " ".join(part for part in (",".join(self.people), ",".join(self.tables)) if part)
        parts = (self.rule, who or "-", self.round or "-", self.detail)
        return " ".join(part for part in parts if part)
