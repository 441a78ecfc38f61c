"""The page before publishing: what changes for whom, who is told, what to print again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import MentoringError
from app.ical.invite import join_names
from app.models import Event, PlanRun
from app.queries import plan_goals
from app.services import invites, planning, publishing
from app.services.invites.decider import IntentKind
from app.services.publishing.itinerary import (
    Attendee,
    Itinerary,
    Stop,
    StopChange,
    attendees,
    changed_stops,
    itineraries,
)
from app.services.publishing.snapshot import Snapshot
from config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Before and after of one round, in words; empty where there is none."""

    label: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One person for whom the version changes something.

    ``kind`` is joins, moved, leaves, or stays for somebody to whose table others come.
    """

    name: str
    about: str
    kind: str
    lines: tuple[Line, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    title: str
    was: str
    becomes: str
    means: str
    is_worse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the agenda whose plan goes out in this version."""

    run_id: int
    title: str
    made_at: datetime  # in the event's zone
    tried: bool  # a rule was given up for it


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPage:
    """Everything the page shows; ``refusal`` says why it cannot be published, if so."""

    version: int
    made_at: datetime
    people: int
    differences: tuple[Difference, ...]
    stays: tuple[str, ...]
    keep: int
    told: int
    told_people: tuple[tuple[int, str], ...]  # sign-up and name, by name
    entries: int
    cards: tuple[str, ...]
    tables: tuple[str, ...]
    goals: tuple[GoalLine, ...]
    refusal: str
    parts: tuple[Part, ...]  # of the agenda, that go out together; one alone is not named

    def count(self, kind: str) -> int:
        """Return how many people a kind of change concerns."""
        return sum(difference.kind == kind for difference in self.differences)


def read(
    session: Session, event: Event, runs: Sequence[PlanRun], *, settings: Config
) -> PublishPage:
    """Return what publishing some runs in one version would do."""
    before = publishing.current(session, event.id)
    after = publishing.draft(event, runs, before)
    people = attendees(session, event.id)
    old, new = itineraries(event, before, people), itineraries(event, after, people)
    found = _differences(people, old, new) if before.version else {}
    cases = invites.preview(session, event, after, settings=settings)
    intents = [case.intent.kind for case in cases if case.intent.is_told]
    return PublishPage(
        version=before.version,
        made_at=max(_made_at(event, run) for run in runs),
        people=len(after.people),
        differences=tuple(one for one in found.values() if one.kind != "stays"),
        stays=tuple(one.name for one in found.values() if one.kind == "stays"),
        keep=len([one for one in after.people if one not in found or found[one].kind == "stays"]),
        told=len(intents),
        told_people=_told_people(cases),
        entries=sum(kind is not IntentKind.NOTHING for kind in intents),
        cards=tuple(
            difference.name for difference in found.values() if difference.kind != "leaves"
        ),
        tables=_tables_to_print(event, before, after) if before.version else (),
        goals=tuple(line for run in runs for line in _goals(session, run, before)),
        refusal=_refusal(event, runs, after),
        parts=_parts(event, runs),
    )


def _parts(event: Event, runs: Sequence[PlanRun]) -> tuple[Part, ...]:
    titles = {block.id: block.title for block in event.all_blocks}
    return tuple(
        Part(
            run_id=run.id,
            title=titles[run.block_id],
            made_at=_made_at(event, run),
            tried=bool(run.options.get("relax")),
        )
        for run in runs
    )


def _made_at(event: Event, run: PlanRun) -> datetime:
    return (run.finished_at or run.created_at).astimezone(ZoneInfo(event.zone))


def _told_people(cases: tuple[invites.Case, ...]) -> tuple[tuple[int, str], ...]:
    told = [case.attendee for case in cases if case.intent.is_told]
    return tuple((one.sign_up_id, one.name) for one in sorted(told, key=lambda one: one.name))


def _refusal(event: Event, runs: Sequence[PlanRun], after: Snapshot) -> str:
    try:
        for run in runs:
            publishing.check(event, run)
        publishing.check_tables(event, after)
    except MentoringError as error:
        return error.message
    return ""


def _differences(
    people: dict[int, Attendee], old: dict[int, Itinerary], new: dict[int, Itinerary]
) -> dict[int, Difference]:
    found = {}
    for sign_up_id in sorted({*old, *new}):
        person = people[sign_up_id]
        difference = _difference(person, old.get(sign_up_id), new.get(sign_up_id))
        if difference is not None:
            found[sign_up_id] = difference
    return found


def _difference(
    person: Attendee, before: Itinerary | None, after: Itinerary | None
) -> Difference | None:
    role = person.role.value.capitalize()
    if before is None:
        line = Line(label="New", was="", becomes=_rounds(after))
        remark = "Gets a first invite with the whole plan."
        return Difference(name=person.name, about=role, kind="joins", lines=(line,), remark=remark)
    if after is None:
        return Difference(
            name=person.name,
            about=_about_leaving(person),
            kind="leaves",
            lines=(Line(label="Was", was=_rounds(before), becomes=""),),
            remark=_of_entry(person),
        )
    changes = changed_stops(before, after)
    if not changes:
        return None
    lines = tuple(_line(change) for change in changes)
    kind = "moved" if any(change.is_own for change in changes) else "stays"
    return Difference(name=person.name, about=role, kind=kind, lines=lines)


def _about_leaving(person: Attendee) -> str:
    role = person.role.value.capitalize()
    if person.state is SignUpState.WITHDRAWN:
        return f"{role}, withdrew"
    return f"{role}, absent" if person.is_absent else role


def _of_entry(person: Attendee) -> str:
    """Return what becomes of the calendar entry of somebody without any seat now."""
    if person.state is SignUpState.PLACED and not person.is_absent:
        return "The calendar entry stays, without rounds."
    return "The calendar entry is taken out."


def _line(change: StopChange) -> Line:
    return Line(
        label=f"Round {change.ordinal}", was=_spot(change.before), becomes=_spot(change.after)
    )


def _rounds(path: Itinerary | None) -> str:
    count = len([stop for stop in path.stops if stop.table is not None]) if path else 0
    return "1 round" if count == 1 else f"{count} rounds"


def _spot(stop: Stop | None) -> str:
    if stop is None:
        return "No seat"
    if stop.table is None:
        return "A round to reflect"
    names = join_names(tuple(other.name for other in stop.meets))
    return f"{stop.table}, {names}" if names else stop.table


def _tables_to_print(event: Event, before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return the numbers of the tables at which somebody else sits in some round."""
    numbers = {one.id: one.number for block in event.blocks for one in block.tables}
    seats = [_at_tables(snapshot) for snapshot in (before, after)]
    changed = {
        table_id for table_id in {*seats[0], *seats[1]} if seats[0][table_id] != seats[1][table_id]
    }
    held = {numbers[one] for one in changed if one in numbers}
    return tuple(str(number) for number in sorted(held))


def _at_tables(snapshot: Snapshot) -> dict[int, set[tuple[int, int]]]:
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for seat in snapshot.seats:
        found[seat.table_id].add((seat.round_id, seat.sign_up_id))
    return found


def _goals(session: Session, run: PlanRun, before: Snapshot) -> tuple[GoalLine, ...]:
    """Return the goals of the published plan of this block beside the draft's."""
    known = {fact.plan_run_id for fact in before.rounds if fact.plan_run_id != run.id}
    runs = [session.get_one(PlanRun, run_id) for run_id in sorted(known)]
    published = next((one for one in runs if one.block_id == run.block_id), None)
    if published is None:
        return ()
    old, new = planning.decode(published).plan, planning.decode(run).plan
    if old is None or new is None:
        return ()
    values = {goal.name: goal.value for goal in old.goals}
    return tuple(
        _goal(goal.name, values[goal.name], goal.value) for goal in new.goals if goal.name in values
    )


def _goal(name: str, was: float, becomes: float) -> GoalLine:
    known = plan_goals.TITLES.get(name)
    step = becomes - was if known is None or not known.is_least else was - becomes
    means = "same" if abs(step) < 1e-6 else ("better" if step > 0 else "a little less")
    if means == "a little less" and abs(step) > 0.1 * max(1.0, abs(was)):
        means = "less"
    return GoalLine(
        title=plan_goals.title(name),
        was=plan_goals.number(was),
        becomes=plan_goals.number(becomes),
        means=means,
        is_worse="less" in means,
    )
