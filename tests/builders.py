"""Hand-written builders: boring defaults, keyword-only, flushed but not committed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from app.enums import (
    BlockKind,
    ConsentKind,
    EventState,
    OrganiserRole,
    PlanRunState,
    Role,
    SignUpState,
    TopicKind,
    WishKind,
)
from app.models import (
    Block,
    Capacity,
    Consent,
    Event,
    Organisation,
    Organiser,
    Person,
    PlanRun,
    Round,
    Schedule,
    ScheduledRound,
    ScheduledSeat,
    SignUp,
    Stage,
    Table,
    Topic,
    Wish,
)
from app.services.addresses import canonical_address, canonical_target

MADE_AT = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
STARTS_AT = datetime(2027, 3, 4, 17, 0, tzinfo=UTC)  # 18:00 in Berlin
PASSWORD = "a password for tests"
STAGES = (
    ("student", "Student"),
    ("resident", "Resident or trainee"),
    ("fellow", "Fellow, early career"),
    ("mid", "Mid career"),
    ("senior", "Senior"),
)
TOPICS = ("Career planning", "Research methods", "Work-life balance")
FEATURES = ("step_free", "quiet")
_numbers = count(1)


def make_organisation(
    session: Session, *, name: str = "Institute of Medical Education"
) -> Organisation:
    organisation = Organisation(name=name, created_at=MADE_AT)
    session.add(organisation)
    session.flush()
    return organisation


def make_organiser(
    session: Session,
    *,
    organisation: Organisation | None = None,
    name: str = "Olivia Organiser",
    email: str = "olivia@example.org",
    password: str = PASSWORD,
    role: OrganiserRole = OrganiserRole.OWNER,
) -> Organiser:
    organiser = Organiser(
        organisation_id=(organisation or make_organisation(session)).id,
        name=name,
        email=email,
        email_canonical=canonical_address(email),
        password_hash=_hash(password),
        role=role,
        created_at=MADE_AT,
    )
    session.add(organiser)
    session.flush()
    return organiser


def make_event(
    session: Session,
    *,
    organisation: Organisation | None = None,
    name: str = "An evening of good questions",
    slug: str | None = None,
    state: EventState = EventState.OPEN,
    starts_at: datetime = STARTS_AT,
    zone: str = "Europe/Berlin",
    rounds: int = 3,
    tables: int = 4,
    seats: int | None = None,
    minutes: int = 10,
    changeover_minutes: int = 2,
    capacities: dict[Role, int | None] | None = None,
    confirms_address: bool = True,
    kind: BlockKind = BlockKind.SPEED,
    rules: dict[str, Any] | None = None,
    signup_closes_at: datetime | None = None,
) -> Event:
    """Return an event of one planned block, between a welcome and a close."""
    step = timedelta(minutes=minutes + changeover_minutes)
    begin = starts_at + timedelta(minutes=15)
    end = begin + rounds * step
    if capacities is None:
        capacities = {Role.MENTEE: 12, Role.MENTOR: tables}
    event = Event(
        organisation_id=(organisation or make_organisation(session)).id,
        slug=slug or f"evening-{next(_numbers)}",
        name=name,
        tagline="Bring one question about your career.",
        state=state,
        zone=zone,
        starts_at=starts_at,
        ends_at=end + timedelta(minutes=5),
        venue="Atrium",
        contact_email="evening@example.org",
        signup_closes_at=signup_closes_at,
        confirms_address=confirms_address,
        next_seq=1,
        roster_version=0,
        created_at=MADE_AT,
        stages=[Stage(position=at, key=key, label=text) for at, (key, text) in enumerate(STAGES)],
        topics=[
            Topic(position=at, name=name, kind=TopicKind.CONTEXTUAL)
            for at, name in enumerate(TOPICS)
        ],
        capacities=[Capacity(role=role, places=places) for role, places in capacities.items()],
        all_blocks=[
            Block(
                position=1,
                kind=BlockKind.PLENARY,
                title="Welcome",
                starts_at=starts_at,
                ends_at=begin,
                minutes=15,
            ),
            Block(
                position=2,
                kind=kind,
                title="Speed mentoring" if kind is BlockKind.SPEED else "Peer groups",
                starts_at=begin,
                ends_at=end,
                minutes=minutes,
                changeover_minutes=changeover_minutes,
                rules=default_rules(kind) if rules is None else rules,
                all_rounds=[
                    Round(number=at + 1, starts_at=begin + at * step, minutes=minutes)
                    for at in range(rounds)
                ],
                all_tables=[
                    Table(
                        number=at + 1,
                        label=f"Table {at + 1}",
                        features=list(FEATURES),
                        seats=seats,
                    )
                    for at in range(tables)
                ],
            ),
            Block(
                position=3,
                kind=BlockKind.PLENARY,
                title="Close",
                starts_at=end,
                ends_at=end + timedelta(minutes=5),
                minutes=5,
            ),
        ],
    )
    session.add(event)
    session.flush()
    return event


def default_rules(kind: BlockKind = BlockKind.SPEED) -> dict[str, Any]:
    """Return the rules of a plain block: who sits at a table, and that nobody meets twice."""
    if kind is BlockKind.SPEED:
        return {
            "composition": [
                {"count": {"role": "mentor"}, "min": 1, "max": 1},
                {"count": {"role": "mentee"}, "min": 1, "max": 3},
            ],
            "repeats": [{"between": ["mentor", "mentee"], "limit": "never"}],
            "keep_apart_same": [],
            "hosts": ["mentor"],
            "hosts_per_table": 1,
        }
    return {
        "composition": [{"count": {"role": "peer"}, "min": 3, "max": 5}],
        "repeats": [],
        "keep_apart_same": [],
        "hosts": [],
        "hosts_per_table": 0,
    }


def planned_block(event: Event) -> Block:
    return next(block for block in event.blocks if block.kind.is_planned)


def make_sign_up(
    session: Session,
    event: Event,
    *,
    name: str | None = None,
    email: str | None = None,
    role: Role = Role.MENTEE,
    state: SignUpState = SignUpState.PLACED,
    stage: str = "student",
    affiliation: str = "Northern General",
    question: str = "How do I begin?",
    topics: tuple[str, ...] = ("Career planning",),
    needs: tuple[str, ...] = (),
    absent_rounds: tuple[int, ...] = (),
    wishes: tuple[str, ...] = (),
    not_with: tuple[str, ...] = (),
    consents: tuple[ConsentKind, ...] = (ConsentKind.PLAN,),
    at: datetime = MADE_AT,
) -> SignUp:
    """Return a sign-up with its person; counted in the roster's version when placed."""
    number = next(_numbers)
    name = name or f"Person {number}"
    email = email or f"person{number}@example.org"
    sign_up = SignUp(
        event_id=event.id,
        role=role,
        state=state,
        seq=event.next_seq,
        wants_state=SignUpState.WAITING if state is SignUpState.WAITING else SignUpState.PLACED,
        confirmed_at=None if state is SignUpState.HELD else at,
        held_until=at + timedelta(hours=48) if state is SignUpState.HELD else None,
        offered_until=at + timedelta(hours=24) if state is SignUpState.OFFERED else None,
        question=question if role is Role.MENTEE else "",
        topics=list(topics),
        needs=list(needs),
        absent_rounds=list(absent_rounds),
        created_at=at,
        changed_at=at,
        wishes=[
            Wish(kind=kind, target=text, target_canonical=canonical_target(text), weight=1)
            for kind, texts in ((WishKind.WISH, wishes), (WishKind.NOT_WITH, not_with))
            for text in texts
        ],
        consents=[Consent(kind=kind, text_version=1, given_at=at) for kind in consents],
    )
    person = Person(
        event_id=event.id,
        name=name,
        email=email,
        email_canonical=canonical_address(email),
        stage=stage,
        affiliation=affiliation,
        created_at=at,
        sign_up=sign_up,
    )
    event.next_seq += 1
    event.roster_version += state is SignUpState.PLACED
    session.add(person)
    session.flush()
    return sign_up


def make_schedule(
    session: Session,
    event: Event,
    *,
    seats: dict[int, dict[int, int]],
    version: int = 1,
    at: datetime = MADE_AT,
) -> Schedule:
    """Return a published version of the planned block: ``{sign-up id: {round: table}}``, from 1."""
    block = planned_block(event)
    run = PlanRun(
        event_id=event.id,
        block_id=block.id,
        state=PlanRunState.DONE,
        problem="{}",
        problem_digest="",
        roster_version=event.roster_version,
        seed=1,
        time_limit_s=1.0,
        created_at=at,
    )
    session.add(run)
    session.flush()
    schedule = Schedule(
        event_id=event.id,
        version=version,
        published_at=at,
        rounds=[
            ScheduledRound(
                plan_run_id=run.id,
                round_id=round_.id,
                number=round_.number,
                starts_at=round_.starts_at,
                minutes=round_.minutes,
            )
            for round_ in block.rounds
        ],
        seats=[
            ScheduledSeat(
                sign_up_id=sign_up_id,
                round_id=block.rounds[round_number - 1].id,
                table_id=block.tables[table_number - 1].id,
            )
            for sign_up_id, path in seats.items()
            for round_number, table_number in path.items()
        ],
    )
    session.add(schedule)
    session.flush()
    return schedule


@cache
def _hash(password: str) -> str:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)
