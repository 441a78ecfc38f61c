"""What an event's numbers allow, as a sentence with its figures: for the sign and for trying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import Role
from app.models import Block, Event
from app.queries import plan_findings
from app.services import forecasts, planning
from app.services.forecasts import Memory, Numbers
from app.services.past_meetings import past_meetings
from app.services.roster import close_roster

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence in three parts, its number in the middle, and what follows from it.

    ``stops`` are the rounds, True for those that everybody can have. ``raises`` are (what one
    would change, what it would give).
    """

    before: str
    number: str
    after: str
    figures: str
    more: tuple[str, ...]
    stops: tuple[bool, ...]
    raises: tuple[tuple[str, str], ...]
    reasons: tuple[plan_findings.Reason, ...] = ()

    @property
    def sentence(self) -> str:
        """The whole of it."""
        return f"{self.before}{self.number}{self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What numbers allow, of people without names and of those who have a place."""

    numbers: Numbers
    by_numbers: Said | None  # None: somebody is missing
    by_sign_ups: Said | None  # None: nobody has a place yet
    is_short: bool


def sign(
    session: Session, event: Event, block: Block, *, now: datetime, memory: Memory
) -> Said | None:
    """Return what the people placed allow; with every place taken while nobody has one."""
    roster = close_roster(session, event, block, now=now)
    past = past_meetings(session, event, block)
    today = memory.of(planning.feasibility, roster, block.rules, past=past)
    counts = {role: roster.count(role) for role in Role}
    people = counts if today.reach else forecasts.places_of(event, block)
    numbers = forecasts.numbers_of(block, people)
    stages = [stage.key for stage in event.stages]
    reasons = plan_findings.reasons(session, event, today.findings)
    if not forecasts.could_say_more(numbers, today):
        return _said(today, (), numbers, reasons=reasons)
    told = forecasts.forecast(numbers, block.rules, stages, memory=memory)
    if not today.reach:
        if not told.allows.reach:
            return None
        return _said(told.allows, _people_first(told), numbers, start="With every place taken: ")
    # By numbers alone it may be more than absences and rules leave: then no promise is made.
    raises = _people_first(told) if told.allows.reach == today.reach else ()
    return _said(today, raises, numbers, by_numbers=told.allows.reach, reasons=reasons)


def tried(
    session: Session, event: Event, block: Block, numbers: Numbers, *, now: datetime, memory: Memory
) -> Allowed:
    """Return what other numbers would allow; changes nothing."""
    stages = [stage.key for stage in event.stages]
    told = forecasts.forecast(numbers, block.rules, stages, memory=memory)
    roster = close_roster(session, event, block, now=now)
    today = forecasts.with_sign_ups(roster, numbers, block.rules, memory=memory)
    reasons = plan_findings.reasons(session, event, today.findings)
    return Allowed(
        numbers=numbers,
        by_numbers=_said(told.allows, told.raises, numbers) if told.allows.movers else None,
        by_sign_ups=_said(today, (), numbers, reasons=reasons) if today.movers else None,
        is_short=numbers.minutes < forecasts.SHORT_ROUND,
    )


def _people_first(told: forecasts.Forecast) -> tuple[forecasts.Raise, ...]:
    """Return what would raise it, people before rooms and time."""
    return tuple(sorted(told.raises, key=lambda one: one.what in forecasts.OF_THE_AGENDA))


def _said(
    found: planning.Feasibility,
    raises: tuple[forecasts.Raise, ...],
    numbers: Numbers,
    *,
    start: str = "",
    by_numbers: int | None = None,
    reasons: tuple[plan_findings.Reason, ...] = (),
) -> Said:
    who = found.mover or "person"
    if found.meets is not None:
        before, after = f"Every {who} can meet ", f" {_word(found.reach, found.meets)}"
    else:
        before, after = f"Every {who} can sit in ", f" of {_count(found.rounds, 'round')}"
    first = sorted(found.people.items(), key=lambda one: one[0] is not found.mover)
    counted = [_count(number, role) for role, number in first]
    seats = f"{_count(numbers.seats, 'seat')} a table" if found.mover else ""
    parts = [*counted, seats, _count(found.rounds, "round")]
    return Said(
        before=before,
        number=str(found.reach),
        after=after,
        figures=f"{start}{', '.join(part for part in parts if part)}.",
        more=_more(found, by_numbers),
        stops=tuple(at < found.reach for at in range(found.rounds)),
        raises=tuple((one.what, _gives(one, found)) for one in raises),
        reasons=reasons,
    )


def _more(found: planning.Feasibility, by_numbers: int | None) -> tuple[str, ...]:
    who = found.mover or "person"
    told = []
    if found.sits_out:
        told.append(f"{_count(found.sits_out, who)} reflect{_s(found.sits_out)} in each round.")
    elif found.is_full:
        told.append("Nobody has to sit out.")
    if by_numbers is not None and by_numbers > found.reach:
        told.append(
            f"By numbers alone it would be {by_numbers}; absences and the rules of this event "
            "take the rest."
        )
    if found.further and found.reach < found.rounds:
        told.append(f"{found.further} of {found.movers} can have one more.")
    if found.again:
        pairs = "1 pair has" if found.again == 1 else f"{found.again} pairs have"
        told.append(f"At least {pairs} to meet again.")
    if found.stages_mix is not None:
        told.append(
            "Every group can have its mix of career stages."
            if found.stages_mix
            else "Not every group can have its mix of career stages."
        )
    return tuple(told)


def _gives(one: forecasts.Raise, now: planning.Feasibility) -> str:
    who = now.mover or "person"
    them = f"all {who}s" if one.reach > now.reach else f"{one.further} of them"
    number = one.reach if one.reach > now.reach else one.reach + 1
    verb = "meet" if now.meets is not None else "have"
    what = "" if now.meets is not None else " rounds"
    return f"{them} could {verb} {_said_number(number)}{what}"


def _said_number(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)


def _word(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


def _count(number: int, word: str) -> str:
    return f"{number} {'people' if word == 'person' and number != 1 else _word(number, word)}"


def _s(number: int) -> str:
    return "s" if number == 1 else ""
