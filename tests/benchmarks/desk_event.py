"""An event of 2,000 people, published, then changed, with a newer plan: every page has much to say.

Nothing of it is measured itself; `desk_tour` opens its pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import (
    ConsentKind,
    LinkPurpose,
    OrganiserRole,
    OutboxState,
    PartStat,
    PlanRunState,
    Role,
    SignUpState,
)
from app.models import Event, Invite, OutboxMessage, PlanRun, SignUp
from app.services import access, accounts, feeds, invites, messages, planning, publishing
from app.services.messages import Audience, Draft, Group
from app.tenancy import UNSCOPED, Tenant
from config import Config, server_key
from scheduler import jsonio
from scheduler.problem import Problem, Seat
from tests.benchmarks.web_server import NOW
from tests.builders import (
    default_rules,
    make_event,
    make_organisation,
    make_organiser,
    make_sign_up,
    planned_block,
)
from tests.builders_scheduler import make_plan
from tests.security.world import Side, complete

A_TABLE = 5
"""People at a table: a mentor and four mentees."""
ROUNDS = 6
LETTER = "a"
NAMES = (
    "Łucja Müller",
    "Νίκος Ανδρουλάκης",
    "Наталія Пушкар",
    "三浦 翼",
    "Wei Chen",
    "Ann O'Neill",
)
PLACES = ("Karolinska Huddinge", "Charité Mitte", "CHU de Liège", "Northern General")
TOPICS = ("Career planning", "Research methods", "Work-life balance")


def make_big_event(engine: Engine, people: int, settings: Config) -> Side:
    """Fill a database with one organisation's event of so many people; return all its rows."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        side = _make_side(session, people, settings)
    own = make_session_factory(engine, tenant=Tenant(organisation_id=side.organisation_id))
    with unit_of_work(own) as session:
        complete(session, side, NOW)
        _put_first(session, side)
    return side


def _make_side(session: Session, people: int, settings: Config) -> Side:
    house, key = make_organisation(session), server_key(settings)
    owner = make_organiser(session, organisation=house)
    rules = default_rules() | {
        "composition": [
            {"count": {"role": "mentor"}, "min": 1, "max": 1},
            {"count": {"role": "mentee"}, "min": 1, "max": A_TABLE},
        ]
    }
    event = make_event(
        session,
        organisation=house,
        slug="big",
        rounds=ROUNDS,
        tables=people // A_TABLE,
        rules=rules,
        capacities={Role.MENTEE: people, Role.MENTOR: people},
    )
    everybody = [_sign_up(session, event, at, people // A_TABLE) for at in range(people)]
    run = _make_plan(session, event, step=1)
    publishing.publish(session, event, [run], expected_version=0, now=NOW, actor="bench")
    invites.sync(session, event, now=NOW, settings=settings)
    _write_to_all(session, event, owner.id, settings)
    _change(session, event, everybody)
    _make_plan(session, event, step=2)
    return Side(
        letter=LETTER,
        organisation_id=house.id,
        event_id=event.id,
        slug=event.slug,
        browsers={OrganiserRole.OWNER: accounts.open_session(session, owner.id, now=NOW)},
        feed=feeds.link_for_organiser(session, owner.id, key=key, now=NOW),
        personal={
            name: {
                purpose: access.link_for(session, one.person_id, purpose, key=key, now=NOW)
                for purpose in LinkPurpose
            }
            for name, one in {"mentor": everybody[1], "asker": everybody[-1]}.items()
        }
        | {"held": _held(session, event, key)},
    )


def _sign_up(session: Session, event: Event, at: int, mentors: int) -> SignUp:
    """Return somebody with a name in one of many scripts; a few look like one another."""
    number = at // 2 if at < 40 else at
    return make_sign_up(
        session,
        event,
        name=f"{NAMES[at % len(NAMES)]} {number}",
        affiliation=PLACES[at % len(PLACES)],
        role=Role.MENTOR if at < mentors else Role.MENTEE,
        topics=(TOPICS[at % 3], TOPICS[(at // 3) % 3]),
        needs=("quiet",) if at % 20 == 0 else (),
        wishes=(f"person{at // 7}@example.org",) if at % 10 == 0 else (),
        consents=(ConsentKind.PLAN, ConsentKind.NAME, ConsentKind.LISTED),
    )


def _held(session: Session, event: Event, key: bytes) -> dict[LinkPurpose, str]:
    """Add somebody who has yet to confirm; return their links."""
    one = make_sign_up(session, event, state=SignUpState.HELD, at=NOW)
    return {
        purpose: access.link_for(session, one.person_id, purpose, key=key, now=NOW)
        for purpose in LinkPurpose
    }


def _make_plan(session: Session, event: Event, *, step: int) -> PlanRun:
    """Keep a finished plan of everybody, each mentee so many tables further in every round."""
    block = planned_block(event)
    anew = planning.PlanOptions(near_published=False)
    run = planning.start_run(session, event, block, now=NOW, actor="bench", options=anew)
    problem = jsonio.read_problem(run.problem)
    plan = make_plan(problem, rotation(problem, step), problem_digest=run.problem_digest)
    run.plan, run.status, run.state = jsonio.write_plan(plan), "feasible", PlanRunState.DONE
    run.finished_at = NOW
    session.flush()
    return run


def rotation(problem: Problem, step: int) -> tuple[Seat, ...]:
    """Return seats in which nobody sees a mentor twice: a whole lap of the tables is never made."""
    hosts = {one.table: one.id for one in problem.people if one.table is not None}
    movers = sorted(one.id for one in problem.people if one.table is None)
    tables = sorted(hosts)
    seats = []
    for number, row in enumerate(problem.rounds):
        at = [Seat(hosts[table], row.id, table) for table in tables]
        for index, person in enumerate(movers):
            lap, place = divmod(index, len(tables))
            table = tables[(place + number * (lap + step)) % len(tables)]
            at.append(Seat(person, row.id, table))
        seats += sorted(at, key=lambda seat: (seat.table, seat.person))
    return tuple(seats)


def _write_to_all(session: Session, event: Event, organiser_id: int, settings: Config) -> None:
    draft = Draft(
        subject="Where to find us",
        text="By the stairs.",
        audience=Audience(group=Group.PLACED),
        key="k",
    )
    messages.send(
        session,
        event,
        draft,
        organiser_id=organiser_id,
        now=NOW,
        settings=settings,
        actor="bench",
    )


def _change(session: Session, event: Event, everybody: Sequence[SignUp]) -> None:
    """Let people answer, mail come back, and others come, wait and ask after the publication."""
    for at, invite in enumerate(session.scalars(select(Invite).order_by(Invite.id))):
        invite.partstat = PartStat.DECLINED if at % 50 == 0 else PartStat.ACCEPTED
        invite.replied_at = NOW
    sent = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    for at, message in enumerate(sent):
        is_back = at % 100 == 0
        message.state = OutboxState.BOUNCED if is_back else OutboxState.SENT
        message.sent_at, message.failed_at = NOW, NOW if is_back else None
    for at in range(len(everybody) // 20):
        state = (SignUpState.PLACED, SignUpState.WAITING, SignUpState.ASKED)[at % 3]
        make_sign_up(session, event, name=f"Late {at}", state=state, at=NOW)


def _put_first(session: Session, side: Side) -> None:
    """Let addresses name the newest plan, the newest version and the event's own rows."""
    runs = session.scalars(
        select(PlanRun.id).where(PlanRun.plan.is_not(None)).order_by(PlanRun.id.desc())
    ).all()
    side.rows["plan_run"] = [*runs, *side.rows["plan_run"]]
    mails = session.scalars(
        select(OutboxMessage.id).where(OutboxMessage.calendar.is_not(None)).limit(1)
    ).all()
    side.rows["outbox_message"] = [*mails, *side.rows["outbox_message"]]
