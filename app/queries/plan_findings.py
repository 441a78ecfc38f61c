"""Why a run gave no plan, in words, with names instead of ids and without anything confidential."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.enums import PlanRunState
from app.models import Event, PlanRun
from app.queries import plan_asked, plan_ways
from app.queries.plan_words import NO_WORDS, Words, words_for
from app.services import planning

_OUT_OF_MEMORY = ("status -9", "MemoryError", "bad_alloc", "Unable to allocate", "Cannot allocate")
"""What the last words of a planner are that got no more memory, or was killed for it."""
THE_RULES = "The rules of this event leave no way to seat everybody they ask for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing in the way, and the ways out, cheapest first."""

    message: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlan:
    """A run that ended without seats."""

    run_id: int
    block_id: int
    title: str
    text: str
    reasons: tuple[Reason, ...]
    ways: tuple[plan_ways.WayLine, ...]
    asked: tuple[str, ...]
    is_impossible: bool
    time_limit_s: int
    seed: int


def read(session: Session, event: Event, run: PlanRun) -> NoPlan:
    """Return what to say about a run without seats."""
    findings = planning.decode(run).findings
    is_impossible = run.status == "infeasible"
    options = planning.read_options(run.options)
    words = words_for(session, event, [*_texts(findings), *options.relax])
    block = planning.block_of(event, run)
    keeps = planning.can_keep(block) and not options.relax and options.want is None
    return NoPlan(
        run_id=run.id,
        block_id=run.block_id,
        title=_title(run),
        text=_text(run),
        reasons=_reasons(words, findings) if is_impossible else (),
        ways=plan_ways.lines(words, findings, can_keep=keeps) if is_impossible else (),
        asked=plan_asked.lines(words, options),
        is_impossible=is_impossible,
        time_limit_s=round(run.time_limit_s),
        seed=run.seed,
    )


def asked_for(session: Session, event: Event, run: PlanRun) -> tuple[str, ...]:
    """Return what was asked of a run besides its block's rules."""
    options = planning.read_options(run.options)
    words = words_for(session, event, options.relax) if options.relax else NO_WORDS
    return plan_asked.lines(words, options)


def reasons(
    session: Session, event: Event, findings: tuple[planning.FindingView, ...]
) -> tuple[Reason, ...]:
    """Return findings with names; a confidential one says "the rules" only."""
    return _reasons(words_for(session, event, _texts(findings)), findings)


def _texts(findings: tuple[planning.FindingView, ...]) -> list[str]:
    """Return every sentence that may be shown."""
    texts = []
    for one in findings:
        if not one.is_confidential:
            texts += [one.message, *one.suggestions]
        for way in one.ways:
            if planning.is_open(one, way):
                texts += way.orders
    return texts


def _reasons(words: Words, findings: tuple[planning.FindingView, ...]) -> tuple[Reason, ...]:
    told: dict[str, Reason] = {}
    has_ways = any(one.ways for one in findings)  # tried ones say more than what might do
    for one in findings:
        if one.is_confidential:
            told.setdefault(THE_RULES, Reason(message=THE_RULES, suggestions=()))
        else:
            suggestions = () if has_ways else tuple(words.say(text) for text in one.suggestions)
            reason = Reason(message=words.say(one.message), suggestions=suggestions)
            told.setdefault(reason.message, reason)
    return tuple(told.values())


def _title(run: PlanRun) -> str:
    if run.state is PlanRunState.FAILED:
        return "The planner broke off"
    if run.status == "infeasible" and run.options.get("want"):
        return "No plan gives that"
    if run.status == "infeasible":
        return "There is no plan like this"
    if run.state is PlanRunState.STOPPED:
        return "It was stopped before there was a plan"
    return "No plan was found in time"


def _text(run: PlanRun) -> str:
    if run.state is PlanRunState.FAILED:
        return _why_failed(run.error)
    if run.status == "infeasible" and run.options.get("want"):
        return "All of these together leave no way to reach it; that is proved."
    if run.status == "infeasible":
        return "No seating keeps all the rules of this event; that is proved."
    if run.state is PlanRunState.STOPPED:
        return "Nothing was changed. Let it run a little longer next time."
    return (
        f"It looked for {round(run.time_limit_s)} seconds. Whether there is a plan is not known. "
        "Give it more time."
    )


def _why_failed(error: str) -> str:
    if any(sign in error for sign in _OUT_OF_MEMORY):
        return (
            "It was ended from outside, most likely because the machine had no memory left. "
            "Nothing was changed. Try once more when less is going on, or leave some goals out."
        )
    if "its worker died" in error:
        return (
            "The machine that worked it out stopped three times. Nothing was changed. "
            "Try once more; tell whoever runs this installation if it happens again."
        )
    return "That is our fault, not your event's. Nothing was changed. Try once more."
