"""What was asked of a plan besides its block's rules, as sentences."""

from __future__ import annotations

from app.queries import plan_goals
from app.queries.plan_words import Words
from app.services.planning import PlanOptions


def lines(words: Words, options: PlanOptions) -> tuple[str, ...]:
    """Return what was asked for; nothing when it was asked for nothing in particular."""
    found = []
    if options.want is not None:
        found.append(question(*options.want))
    if options.goals:
        names = ", ".join(plan_goals.aim(name).lower() for name in options.goals)
        found.append(f"Goals in this order: {names}.")
    if not options.near_published:
        found.append("Made anew, not near what is published.")
    found += [f"Tried in this plan only: {_end(words.say(order))}" for order in options.relax]
    return tuple(found)


def question(goal: str, value: float) -> str:
    """Return what was asked with a wanted value."""
    asked = {
        "wishes_floor": "Can everybody with a wish get one?",
        "wishes": "Can every wish come true?",
        "repeats": "Can nobody meet again who need not?",
        "attendance_floor": "Can everybody have every round they can come to?",
        "changes": "Can everything stay as it is published?",
    }.get(goal, f"Can it reach {plan_goals.title(goal).lower()} {plan_goals.number(value)}?")
    if value and goal in {"wishes_floor", "wishes"}:
        return f"{asked} ({plan_goals.number(value)})"
    return asked


def _end(text: str) -> str:
    return text[:1].lower() + text[1:] + ("" if text.endswith(".") else ".")
