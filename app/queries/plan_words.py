"""The planner's own sentences in people's words: names for ids, no numbers of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import CustomQuestion, Event
from app.queries import plan_goals, plan_seating

_ID = re.compile(r"\b[prt]\d+\b")
_ROLE = "mentor|mentee|peer|facilitator"
_PLAIN = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r" ?\(composition entry \d+\)", ""),
        (r"^[Ll]ift composition entry \d+ \((.*)\)", r"give up this rule: \1"),
        (r"^[Ss]ay in composition entry \d+ that (.*)", r"change the rule: \1"),
        (r"\b(\d+) to \1 of\b", r"exactly \1 of"),
        (r"of all people", "people"),
        (r"of different stages", "different career stages"),
        (r"of different (\w+)", r"different \1"),
        (rf"\b1 of ({_ROLE})\b", r"1 \1"),
        (rf"of ({_ROLE})\b", r"\1s"),
        (rf"\b({_ROLE}) and ({_ROLE}) (never meet|meet) twice", r"\1s and \2s \3 twice"),
        (r"^[Aa]sk no fewest rounds for", "ask for no fewest rounds of"),
        (r"^plan 1 rounds", "plan 1 round"),
    )
)
_WANTED = re.compile(
    r"^(\w+) shall be (\d+(?:\.\d+)?)(?:; every plan has at (most|least) (\d+(?:\.\d+)?))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Names behind ids, and labels behind the keys of the organiser's questions."""

    names: Mapping[str, str]
    questions: Mapping[str, str]

    def say(self, text: str) -> str:
        """Return a sentence of the planner as a person would say it."""
        spoken = _wanted(text) or text
        for pattern, words in _PLAIN:
            spoken = pattern.sub(words, spoken)
        for key, label in self.questions.items():
            spoken = re.sub(rf"\b(?:of |only ){re.escape(key)} (\w+)", rf"of “{label}: \1”", spoken)
        spoken = _ID.sub(lambda found: self.names.get(found.group(), found.group()), spoken)
        return spoken[:1].upper() + spoken[1:]


NO_WORDS = Words(names={}, questions={})
"""For sentences that name nobody."""


def words_for(session: Session, event: Event, texts: Iterable[str]) -> Words:
    """Return what is needed to say some sentences."""
    ids = {found for text in texts for found in _ID.findall(text)}
    questions = session.execute(
        select(CustomQuestion.key, CustomQuestion.label).where(CustomQuestion.event_id == event.id)
    )
    return Words(
        names=plan_seating.names_of(session, event.id, ids),
        questions={key: label for key, label in questions},  # noqa: C416 -- rows are no pairs to mypy
    )


def _wanted(text: str) -> str:
    found = _WANTED.match(text)
    if found is None:
        return ""
    goal, value, side, limit = found.groups()
    said = f"{plan_goals.title(goal)}: {value} was asked for"
    if limit is None:
        return f"{said}."
    return f"{said}; every plan has at {side} {limit}."
