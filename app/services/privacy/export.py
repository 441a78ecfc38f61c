"""Everything that is held about one person, for that person: nothing of it is about others.

People at their tables stand in it by name, as on their own page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import SignUpState, WishKind
from app.errors import NotFound
from app.models import (
    AuditEntry,
    Block,
    CustomQuestion,
    Event,
    IncomingMail,
    Invite,
    OutboxMessage,
    Person,
    Reply,
    Round,
    SignUp,
)
from app.services import publishing
from app.services.privacy import audit_trail
from app.services.privacy.consents import yeses_of
from app.services.publishing.itinerary import attendees, itineraries

Value = str | int | None
BY_MAIL = "sent to your mailbox only, when you ask for it on your page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that is held: fields in the order they are shown."""

    fields: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    name: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExport:
    """All of it. Times are instants with the event's own offset."""

    event_slug: str
    sections: tuple[Section, ...]


def export_of(session: Session, person_id: int, *, confidential: bool = True) -> PersonExport:
    """Return what is held about a person; raises ``NotFound`` when they were erased.

    Without ``confidential`` it says that they named somebody not to sit with, and not whom: for
    files that whoever holds a personal link can get.
    """
    person = session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        raise NotFound
    return _Collector(session, person, confidential=confidential).collect()


class _Collector:
    """Reads one person's rows, table by table."""

    def __init__(self, session: Session, person: Person, *, confidential: bool) -> None:
        self._session = session
        self._confidential = confidential
        self._person = person
        self._sign_up: SignUp = person.sign_up
        self._event = session.get_one(Event, person.event_id)
        self._zone = ZoneInfo(self._event.zone)

    def collect(self) -> PersonExport:
        """Return all sections; one that holds nothing is there and empty."""
        sections = {
            "person": self._about(),
            "answers": self._answers(),
            "own_questions": self._own_answers(),
            "block_roles": self._block_roles(),
            "wishes": self._wishes(),
            "consents": self._consents(),
            "schedule": self._schedule(),
            "calendar_entry": self._entry(),
            "replies": self._replies(),
            "mails_to_you": self._mails(),
            "mails_from_you": self._letters(),
            "personal_links": self._links(),
            "log": self._log(),
        }
        return PersonExport(
            event_slug=self._event.slug,
            sections=tuple(
                Section(name=name, records=tuple(records)) for name, records in sections.items()
            ),
        )

    def _at(self, at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(self._zone).isoformat(timespec="seconds")

    def _about(self) -> list[Record]:
        person, sign_up = self._person, self._sign_up
        return [
            _record(
                event=self._event.name,
                name=person.name,
                email=person.email,
                email_as_compared=person.email_canonical,
                stage=person.stage,
                affiliation=person.affiliation,
                role=sign_up.role,
                state=sign_up.state,
                place_in_order=sign_up.seq,
                first_signed_up=self._at(person.created_at),
                signed_up=self._at(sign_up.created_at),
                changed=self._at(sign_up.changed_at),
                address_confirmed=self._at(sign_up.confirmed_at),
                approved=self._at(sign_up.approved_at),
                held_until=self._at(sign_up.held_until),
                offered_until=self._at(sign_up.offered_until),
                withdrawn=self._at(sign_up.withdrawn_at),
                reminders_off=self._at(person.reminders_off_at),
            )
        ]

    def _answers(self) -> list[Record]:
        sign_up = self._sign_up
        rounds = {round_.id: label for round_, label in self._rounds()}
        fields: list[tuple[str, Value]] = [
            ("question", sign_up.question),
            ("to_take_home", sign_up.goals),
            *(("topic", topic) for topic in sign_up.topics),
            *(("need", need) for need in sign_up.needs),
            *(("cannot_attend", rounds.get(id_, str(id_))) for id_ in sign_up.absent_rounds),
        ]
        return [_record(field=name, value=value) for name, value in fields if value]

    def _rounds(self) -> list[tuple[Round, str]]:
        found = self._session.execute(
            select(Round, Block.title)
            .join(Block, Block.id == Round.block_id)
            .where(Block.event_id == self._event.id)
        )
        return [(round_, f"{title}, round {round_.number}") for round_, title in found]

    def _own_answers(self) -> list[Record]:
        questions = {
            question.id: question
            for question in self._session.scalars(
                select(CustomQuestion).where(CustomQuestion.event_id == self._event.id)
            )
        }
        return [
            _record(
                question=questions[answer.question_id].label,
                answer=answer.value,
                read_by="owners" if questions[answer.question_id].is_private else "organisers",
            )
            for answer in self._sign_up.answers
        ]

    def _block_roles(self) -> list[Record]:
        titles = {block.id: block.title for block in self._event.all_blocks}
        return [
            _record(block=titles[one.block_id], role=one.role or "not in it")
            for one in self._sign_up.block_roles
        ]

    def _wishes(self) -> list[Record]:
        return [
            _record(
                kind=wish.kind,
                who=wish.target if wish.kind is WishKind.WISH or self._confidential else BY_MAIL,
            )
            for wish in self._sign_up.wishes
        ]

    def _consents(self) -> list[Record]:
        return [
            _record(
                to=yes.text,
                version=yes.version,
                given=self._at(yes.given_at),
                taken_back=self._at(yes.withdrawn_at),
            )
            for yes in yeses_of(self._sign_up)
        ]

    def _schedule(self) -> list[Record]:
        schedule = publishing.latest(self._session, self._event.id)
        if schedule is None or self._sign_up.state is not SignUpState.PLACED:
            return []
        own = self._sign_up.id
        snapshot = publishing.of_schedule(self._session, schedule, tables_of=own)
        among = {own, *(seat.sign_up_id for seat in snapshot.seats)}
        people = attendees(self._session, self._event.id, among=among)
        path = itineraries(self._event, snapshot, people).get(self._sign_up.id)
        return [
            _record(
                round=stop.ordinal,
                starts=self._at(stop.starts_at),
                minutes=stop.minutes,
                table=stop.table,
                people=", ".join(other.name for other in stop.companions),
            )
            for stop in (path.stops if path is not None else ())
        ]

    def _invite(self) -> Invite | None:
        return self._session.scalar(
            select(Invite).where(Invite.sign_up_id == self._sign_up.id).limit(1)
        )

    def _entry(self) -> list[Record]:
        invite = self._invite()
        if invite is None:
            return []
        return [
            _record(
                uid=invite.uid,
                state=invite.state,
                sequence=invite.sequence,
                last_sent=self._at(invite.stamped_at),
                your_answer=invite.partstat,
                answered=self._at(invite.replied_at),
            )
        ]

    def _replies(self) -> list[Record]:
        rows = self._session.scalars(
            select(Reply)
            .join(Invite, Invite.id == Reply.invite_id)
            .where(Invite.sign_up_id == self._sign_up.id)
            .order_by(Reply.id)
        )
        return [
            _record(answer=row.partstat, by=row.source, received=self._at(row.received_at))
            for row in rows
        ]

    def _mails(self) -> list[Record]:
        rows = self._session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.person_id == self._person.id)
            .order_by(OutboxMessage.id)
        )
        return [
            _record(
                subject=row.subject,
                kind=row.kind,
                to=row.to_address,
                state=row.state,
                written=self._at(row.created_at),
                sent=self._at(row.sent_at),
            )
            for row in rows
        ]

    def _letters(self) -> list[Record]:
        rows = self._session.scalars(
            select(IncomingMail)
            .where(IncomingMail.person_id == self._person.id)
            .order_by(IncomingMail.id)
        )
        return [
            _record(
                sender=row.from_address,
                subject=row.subject,
                text=row.text,
                received=self._at(row.received_at),
            )
            for row in rows
        ]

    def _links(self) -> list[Record]:
        return [
            _record(opens=link.purpose, made=self._at(link.created_at), used=self._at(link.used_at))
            for link in sorted(self._person.links, key=lambda link: link.id)
        ]

    def _log(self) -> list[Record]:
        entries = audit_trail.about(
            self._session, self._event.id, [self._person.id], [self._sign_up.id]
        )
        return [
            _record(what=entry.what, by=self._by(entry), at=self._at(entry.at), detail=_said(entry))
            for entry in entries
        ]

    def _by(self, entry: AuditEntry) -> str:
        """Return who did it, without the number of anybody else."""
        if entry.actor == f"person {self._person.id}":
            return "you"
        return entry.actor.partition(" ")[0]


def _said(entry: AuditEntry) -> str:
    """Return an entry's values; numbers of rows say nothing to their reader."""
    values = {name: value for name, value in entry.detail.items() if not name.endswith("_id")}
    return ", ".join(f"{name}: {value}" for name, value in values.items())


def _record(**fields: Value) -> Record:
    return Record(fields=tuple(fields.items()))
