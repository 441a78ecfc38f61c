"""The roster as lines of a file: the people that a filter shows, all pages of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import PartStat, SignUpState
from app.models import CustomQuestion
from app.queries import roster_rows
from app.queries.roster_filter import RosterFilter, chosen
from app.queries.roster_rows import RosterRow
from app.services.roster_export import ExportLine

PLACES = {
    SignUpState.ASKED: "asks for a place",
    SignUpState.HELD: "not confirmed",
    SignUpState.PLACED: "has a place",
    SignUpState.WAITING: "waits",
    SignUpState.OFFERED: "place offered",
    SignUpState.WITHDRAWN: "withdrew",
    SignUpState.RELEASED: "never confirmed",
    SignUpState.REFUSED: "refused",
}
ANSWERS = {
    PartStat.ACCEPTED: "accepted",
    PartStat.DECLINED: "declined",
    PartStat.TENTATIVE: "maybe",
    PartStat.NEEDS_ACTION: "no answer yet",
}


def lines(
    session: Session, event_id: int, wanted: RosterFilter
) -> tuple[tuple[ExportLine, ...], tuple[str, ...]]:
    """Return the chosen people as lines, and the headings of the organiser's own questions."""
    questions = tuple(
        session.scalars(
            select(CustomQuestion.label)
            .where(CustomQuestion.event_id == event_id, CustomQuestion.is_private.is_(False))
            .order_by(CustomQuestion.position)
        )
    )
    rows = chosen(roster_rows.everybody(session, event_id), wanted)
    if questions:
        rows = list(roster_rows.with_answers(session, rows))
    return tuple(_line(row, questions) for row in rows), questions


def _line(row: RosterRow, questions: tuple[str, ...]) -> ExportLine:
    given = {said.label: said.value for said in row.answers}
    return ExportLine(
        name=row.name,
        email=row.email,
        role=row.role.value,
        stage=row.stage,
        affiliation=row.affiliation,
        topics=row.topics,
        available=available(row.rounds),
        needs=row.needs,
        place=PLACES[row.state],
        waitlist=f"{row.waiting_number} of {row.waiting_of}" if row.waiting_number else "",
        answer="" if row.answer is None or row.state.is_over else ANSWERS[row.answer],
        comes="absent" if row.is_absent else "",
        own=tuple(given.get(label, "") for label in questions),
    )


def available(rounds: str) -> str:
    """Return which rounds somebody attends in the words that a file is read by."""
    if rounds in {"all", "none"}:
        return rounds
    if rounds.startswith("from "):
        return rounds.replace("from", "from round")
    if rounds.startswith("1 to "):
        return rounds.replace("1 to", "until round")
    if " to " in rounds:
        first, last = (int(part) for part in rounds.split(" to "))
        return f"rounds {','.join(str(number) for number in range(first, last + 1))}"
    return f"rounds {rounds.replace(' ', '')}"
