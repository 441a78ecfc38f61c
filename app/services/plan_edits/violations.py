"""Everything that is wrong with a plan made by hand, each with person, table and round in words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import Event
from app.services.plan_edits.mixtures import asked, rounds
from app.services.plan_edits.names import Names, read_names
from app.services.plan_edits.reasons import may_be_named
from app.services.planning.edits import Plan, Problem, Violation, verify

CLAIMS = frozenset({"bound", "claimed_value", "digest", "order", "status"})
"""What a plan's file says of itself; it breaks no rule about anybody's seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationInWords:
    """One thing that is wrong; ``rule`` is empty where it must not be told."""

    rule: str
    text: str
    is_claim: bool = False


def violations_in_words(
    session: Session, event: Event, problem: Problem, plan: Plan, *, is_owner: bool
) -> tuple[ViolationInWords, ...]:
    """Return what the checker finds in a plan; what says the same is said once."""
    return in_words(verify(problem, plan), problem, read_names(session, event), is_owner=is_owner)


def in_words(
    found: tuple[Violation, ...], problem: Problem, names: Names, *, is_owner: bool
) -> tuple[ViolationInWords, ...]:
    """Return violations as sentences."""
    said: dict[str, ViolationInWords] = {}
    for one in found:
        words = _said(one, problem, names, is_owner=is_owner)
        said.setdefault(words.text, words)
    return tuple(said.values())


def _said(one: Violation, problem: Problem, names: Names, *, is_owner: bool) -> ViolationInWords:
    if one.rule in CLAIMS:
        return ViolationInWords(rule=one.rule, text=_claim(one), is_claim=True)
    if may_be_named(one.rule, is_owner=is_owner):
        return ViolationInWords(rule=one.rule, text=_named(one, problem, names))
    return ViolationInWords(rule="", text=_unnamed(one, names))


def _unnamed(one: Violation, names: Names) -> str:
    """Return where something is wrong; who must not be told, for it would say which rule."""
    there = [names.table(table) for table in one.tables[:1]]
    there += [names.round(one.round)] if one.round is not None and there else []
    if not there:
        return "The plan does not keep the rules of this event."
    return f"{', '.join(there).capitalize()}: not by the rules of this event."


def _claim(one: Violation) -> str:
    if one.rule == "digest":
        return "The plan was made for another problem than this event's as it is now."
    if one.rule == "order":
        return "The seats do not stand in order of round, table and person."
    return f"The plan says of itself what is not so: {one.detail}."


def _named(one: Violation, problem: Problem, names: Names) -> str:  # noqa: C901, PLR0911 -- one sentence a rule
    who = names.everybody(one.people)
    where = names.table(one.tables[0]) if one.tables else ""
    when = names.round(one.round)
    match one.rule:
        case "one_seat":
            return f"{who} has more than one seat in {when}; it is {one.detail}."
        case "availability":
            return _unavailable(one, names)
        case "needs":
            lacking = one.detail.removeprefix("lacks ").replace("_", " ")
            return f"{who} sits at {where} in {when} and needs {lacking}, which is not there."
        case "seats":
            return f"{where.capitalize()} is too full in {when}: {one.detail}."
        case "host":
            return _host(one, names)
        case "max_rounds" | "min_rounds":
            return f"{who} has {rounds(one.detail)}."
        case "company":
            return f"{who} sits alone at {where} in {when}."
        case "composition":
            index, fault = one.detail.removeprefix("composition[").split("]: ", 1)
            mixed = asked(problem.composition[int(index)], fault)
            return f"{where.capitalize()} in {when} has {mixed}."
        case "together":
            return f"{who} belong together and do not sit together in {when}."
        case "must_meet":
            return f"{who} must meet and share no table."
        case "repeats":
            met = "met before the event" if one.detail == "met before" else "meet twice or more"
            return f"{who} {met} and sit together again in {when}; they may meet once."
        case "pins":
            found = one.detail.removeprefix("found at ")
            place = "sits out" if one.detail == "sits out" else f"sits at {names.table(found)}"
            return f"{who} is pinned to {where} in {when} and {place}."
    return f"{when.capitalize()} is over and must stay as it was: {who} at {where}, {one.detail}."


def _unavailable(one: Violation, names: Names) -> str:
    who, where, when = (
        names.everybody(one.people),
        names.table(one.tables[0]),
        names.round(one.round),
    )
    match one.detail:
        case "person not available":
            return f"{who} is away in {when} and has a seat at {where}."
        case "table closed":
            return f"{where.capitalize()} is closed in {when}, and {who} has a seat there."
        case "no such person":
            return f"{who.capitalize()} has a seat at {where} in {when} and is not in this event."
        case "no such table":
            return f"{who} has a seat in {when} at {where}; there is no such table."
    return f"{who} has a seat at {where} in {when}; there is no such round."


def _host(one: Violation, names: Names) -> str:
    who, own, when = names.everybody(one.people), names.table(one.tables[0]), names.round(one.round)
    if one.detail.startswith("sits at "):
        there = names.table(one.detail.removeprefix("sits at "))
        return f"{who} hosts {own} and sits at {there} in {when}."
    return f"{who} hosts {own} and is not there in {when}."
