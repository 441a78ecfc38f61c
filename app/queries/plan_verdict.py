"""What a colleague could read aloud about a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.queries import plan_goals
from app.queries.plan_seating import Seating, Somebody, meetings
from app.services import planning
from app.services.planning.documents import read_document

Pairs = Mapping[frozenset[str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a colleague could read aloud."""

    before: str
    number: str
    after: str
    more: str
    proof: str


def verdict(seating: Seating, plan: planning.PlanView, problem: str) -> Verdict:
    """Return the verdict; those who cannot be there for every round are spoken of apart."""
    pairs = meetings(seating)
    hosts = {one.id for one in seating.people.values() if one.table is not None}
    met = _met(seating, pairs, hosts)
    all_day = {one.id for one in seating.movers if not seating.away[one.id]} or set(met)
    numbers = [met[one] for one in all_day]
    least, most = min(numbers, default=0), max(numbers, default=0)
    who = _role(seating.movers, "person")
    what = _role((seating.people[one] for one in hosts), "host") if hosts else "other"
    there = "" if len(all_day) == len(met) else "there for all rounds "
    twice = [pair for pair, times in pairs.items() if times > 1]
    again = sum(1 for pair in twice if not hosts or not hosts.isdisjoint(pair))
    more = (
        _share(numbers, least, most),
        _part_timers([met[one] for one in met.keys() - all_day], least, what),
        _wishes(pairs, problem),
        f"{_pairs(len(twice) - again)} of {who}s share a table again."
        if hosts and len(twice) > again
        else "",
    )
    return Verdict(
        before=f"Every {who} {there}meets {'' if least == most else 'at least '}",
        number=str(least),
        after=f" different {what}{'' if least == 1 else 's'}. "
        + _again(again, what, has_others=bool(twice)),
        more=" ".join(sentence for sentence in more if sentence),
        proof=_proof(plan),
    )


def _met(seating: Seating, pairs: Pairs, hosts: set[str]) -> dict[str, int]:
    """Count the different hosts that each mover meets; where nobody hosts, everybody."""
    met = {one.id: 0 for one in seating.movers}
    for pair in pairs:
        for one in pair & met.keys():
            met[one] += not hosts or not hosts.isdisjoint(pair)
    return met


def _share(numbers: list[int], least: int, most: int) -> str:
    if least == most:
        return ""
    return f"{numbers.count(most)} of {len(numbers)} meet {most}."


def _part_timers(numbers: list[int], least: int, what: str) -> str:
    """Say what those meet who cannot be there for every round."""
    if not numbers or min(numbers) >= least:
        return ""
    count = "1 comes" if len(numbers) == 1 else f"{len(numbers)} come"
    low, high = min(numbers), max(numbers)
    figure = str(low) if low == high else f"{low} to {high}"
    return f"{count} for fewer rounds: {figure} {what}{'' if figure == '1' else 's'}."


def _wishes(pairs: Pairs, problem: str) -> str:
    """Say how many wishes come true, of how many that somebody could grant."""
    wishes = read_document(problem).get("wishes", [])
    granted = sum(1 for one in wishes if frozenset(one[:2]) in pairs)
    return f"{granted} of {len(wishes)} wishes come true." if wishes else ""


def _again(again: int, what: str, *, has_others: bool) -> str:
    if again:
        return f"{_pairs(again)} meet again."
    return f"Nobody meets a {what} twice." if has_others else "Nobody meets anybody twice."


def _role(people: Iterable[Somebody], otherwise: str) -> str:
    roles = {one.role for one in people}
    return str(next(iter(roles))) if len(roles) == 1 else otherwise


def _pairs(number: int) -> str:
    return "1 pair" if number == 1 else f"{number} pairs"


def _proof(plan: planning.PlanView) -> str:
    if plan.status == "optimal":
        return "No plan can do better in any goal; that is proved."
    goals = plan_goals.asked_for(plan.goals)
    proved = next((at for at, goal in enumerate(goals) if not goal.proved), len(goals))
    first = {0: "", 1: "For the first goal no plan can do better; that is proved. "}.get(
        proved, f"For the first {proved} goals no plan can do better; that is proved. "
    )
    if proved == len(goals):
        return first.strip()
    open_goal = goals[proved]
    return f"{first}{plan_goals.title(open_goal.name)}: {open_goal.words}."
