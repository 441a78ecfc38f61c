"""The summary of a plan for its owner: how good it is, who sits out and why, who needs what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.enums import Role
from app.services.plan_files.itineraries import Itinerary, Stop
from app.services.plan_files.reasons import Reasons
from app.services.planning.now import Planned
from app.services.planning.problem import Rules
from app.services.planning.view import GoalView
from app.services.roster import Roster, RosterPerson

_FEATURES = {
    "step_free": "step-free access",
    "quiet": "quiet table",
    "hearing_loop": "hearing loop",
}
_BEST_AT_ZERO = frozenset({"repeats", "balance", "changes"})
"""Of the others, a goal that can only be 0 is about nobody, and says nothing."""


def write_summary(
    roster: Roster, rules: Rules, planned: Planned, itineraries: Sequence[Itinerary]
) -> str:
    """Return the summary as plain lines."""
    lines = [*_head(roster, planned), *_goals(planned.plan.goals)]
    if planned.plan.has_seats:
        reasons = Reasons(roster, rules, planned.hosts)
        lines += ["", *_meetings(itineraries, reasons), *_hosts_free(itineraries, reasons)]
    else:
        lines += _findings(roster, planned)
    names = {person.id: person for person in roster.people}
    lines += [f"Left out: {_name(names[one.person_id])}: {one.reason}" for one in planned.left_out]
    return "\n".join([*lines, *_needs(roster.people), *_unresolved(roster.people)])


def _head(roster: Roster, planned: Planned) -> list[str]:
    people = ", ".join(_many(roster.count(role), role) for role in Role if roster.count(role))
    plan = planned.plan
    shape = f"{_many(len(roster.tables), 'table')}, {_many(len(roster.rounds), 'round')}"
    return [
        f"{roster.name}: {people}, {shape}.",
        (
            f"Plan: {plan.words} ({plan.status}; {plan.seconds:.1f} s, seed {plan.seed}, "
            f"{plan.solver})."
        ),
    ]


def _goals(goals: Iterable[GoalView]) -> list[str]:
    return [
        f"  {goal.label:<32} {goal.value:>9g}   "
        + ("proved best" if goal.proved else f"{goal.words}, {_bound(goal)}")
        for goal in goals
        if goal.value or goal.bound != 0 or goal.name in _BEST_AT_ZERO
    ]


def _bound(goal: GoalView) -> str:
    if goal.bound is None:
        return "no bound"
    return f"best possible {goal.bound:g}"


def _findings(roster: Roster, planned: Planned) -> list[str]:
    """Return why there is no plan, with names for the ids of the problem."""
    names = {person.id: _name(person) for person in roster.people}
    names |= {table.id: f"table {table.name}" for table in roster.tables}
    names |= {item.id: f"round {item.number}" for item in roster.rounds}
    findings = planned.plan.findings
    lines = [f"  {finding.message}" for finding in findings]
    lines += [f"  Way out: {way}" for finding in findings for way in finding.suggestions]
    return [re.sub(r"\w+", lambda word: names.get(word[0], word[0]), line) for line in lines]


def _meetings(itineraries: Sequence[Itinerary], reasons: Reasons) -> list[str]:
    """Say how many meet as many different mentors as there are rounds; name all others."""
    mentors = {one.person.id for one in itineraries if one.person.role is Role.MENTOR}
    movers = [one for one in itineraries if not one.is_host]
    if not movers:
        return []
    rounds = max(len(one.stops) for one in itineraries)
    wanted = min(rounds, len(mentors)) if mentors else rounds
    what = "different mentor" if mentors else "round"

    def reached(one: Itinerary) -> int:
        seats = len(one.stops) - len(one.sit_outs)
        return min(seats, len(one.met & mentors)) if mentors else seats

    role = movers[0].person.role
    short = [one for one in movers if reached(one) < wanted]
    full = len(movers) - len(short)
    verb = "meet at least" if mentors else "sit in"
    several = any(len({other.id for other in stop.hosts} & mentors) > 1 for stop in _stops(movers))
    rest = f", in {_many(wanted, 'round')}" if several else ""
    lines = [f"{full} of {_many(len(movers), role)} {verb} {_many(wanted, what)}{rest}."]
    for one in sorted(short, key=lambda one: (reached(one), one.person.name)):
        why = "; ".join(
            f"{_rounds(absence.rounds)}: {absence.reason}" for absence in reasons.why(one)
        )
        lines.append(f"  {_name(one.person)}: {reached(one)} of {wanted}. {why}")
    lines += [line for line in [reasons.places_line()] if line]
    others = [one for one in movers if one.sit_outs and reached(one) >= wanted]
    if others:
        lines.append(f"{_many(len(others), role)} also reflect in a round:")
        lines += _sit_outs(others, reasons)
    return lines


def _stops(itineraries: Iterable[Itinerary]) -> Iterator[Stop]:
    for one in itineraries:
        yield from one.stops


def _hosts_free(itineraries: Sequence[Itinerary], reasons: Reasons) -> list[str]:
    free = [one for one in itineraries if one.is_host and one.sit_outs]
    if not free:
        return []
    return ["Hosts with a round of their own:", *_sit_outs(free, reasons)]


def _sit_outs(itineraries: Iterable[Itinerary], reasons: Reasons) -> list[str]:
    return [
        f"  {_name(one.person)}. "
        + "; ".join(f"{_rounds(absence.rounds)}: {absence.reason}" for absence in reasons.why(one))
        for one in itineraries
    ]


def _needs(people: Iterable[RosterPerson]) -> list[str]:
    lines = []
    for person in people:
        needs = [_FEATURES.get(need, need) for need in sorted(person.needs)]
        notes = [f"{note} (a note: no table promises it)" for note in person.other_needs]
        if needs or notes:
            lines.append(f"  {_name(person)}: {', '.join([*needs, *notes])}")
    return ["", f"Needs ({_many(len(lines), 'person')}):", *lines] if lines else []


def _unresolved(people: Iterable[RosterPerson]) -> list[str]:
    names = sum(len(person.unresolved) for person in people)
    if not names:
        return []
    return [f"{_many(names, 'wish')} about somebody who is not on the list, kept as unresolved."]


def _rounds(numbers: Sequence[int]) -> str:
    return f"round{'s' if len(numbers) > 1 else ''} {', '.join(str(one) for one in numbers)}"


def _name(person: RosterPerson) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in person.name)
    return f"{shown} ({person.email})"


def _many(number: int, word: str) -> str:
    plural = {"person": "people", "wish": "wishes"}.get(word, f"{word}s")
    return f"{number} {word if number == 1 else plural}"
