"""What a roster can reach at best, before anything is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.enums import Role
from app.errors import NothingToPlan
from app.services.planning import confidential
from app.services.planning.past import Pairs
from app.services.planning.problem import Rules, prepare
from app.services.planning.view import FindingView
from app.services.roster import Roster
from scheduler.arrays import Arrays
from scheduler.bounds import goal_bound
from scheduler.problem import GoalName


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasibility:
    """A sentence, and the figure behind it: rounds that everybody who moves can have.

    Rounds that somebody cannot attend count as had. ``findings`` say what stands in the way.
    """

    sentence: str
    reach: int
    rounds: int
    people: Mapping[Role, int]
    findings: tuple[FindingView, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether everybody who moves can have every round."""
        return self.reach == self.rounds and not self.findings


def feasibility(roster: Roster, rules: Rules, *, past: Pairs = ()) -> Feasibility:
    """Return what no plan of this roster can beat; an empty roster is no error here."""
    people = {role: roster.count(role) for role in Role if roster.count(role)}
    rounds = len(roster.rounds)
    try:
        problem = prepare(roster, rules, past=past).problem
    except NothingToPlan as error:
        return Feasibility(sentence=error.message, reach=0, rounds=rounds, people=people)
    reach = int(goal_bound(Arrays(problem), GoalName.ATTENDANCE_FLOOR))
    return Feasibility(
        sentence=_sentence(roster, rules, reach),
        reach=reach,
        rounds=rounds,
        people=people,
        findings=confidential.counted(problem),
    )


def _sentence(roster: Roster, rules: Rules, reach: int) -> str:
    hosting = list(rules.get("hosts", ()))
    movers = [role for role in Role if role.value not in hosting and roster.count(role)]
    who = "mentee" if Role.MENTEE in movers else "peer" if Role.PEER in movers else "person"
    if hosting == ["mentor"] and int(rules.get("hosts_per_table", 1)) == 1:
        return f"Every {who} can meet {_count(reach, 'mentor')}."
    return f"Every {who} can sit in {reach} of {_count(len(roster.rounds), 'round')}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
