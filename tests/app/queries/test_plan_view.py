from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import BlockKind, Role
from app.models import Event, PlanRun, SignUp, Table
from app.queries import plan_view
from app.queries.plan_seating import Somebody, short_names
from app.queries.plan_view import PlanPage
from tests.app.queries.counting import statements
from tests.app.queries.runs import finish, make_hosted, make_planned, make_run
from tests.builders import make_event, make_sign_up, planned_block


def names(cells: tuple[tuple[Somebody, ...], ...]) -> list[list[str]]:
    return [[one.name for one in cell] for cell in cells]


def say(page: PlanPage) -> str:
    verdict = page.verdict
    return f"{verdict.before}{verdict.number}{verdict.after} {verdict.more}".strip()


def test_seating_shows_hosts_and_who_comes_in_each_round(session: Session, now: datetime) -> None:
    event, run, _mentors, _mentees = make_planned(session, now)

    page = plan_view.read(session, event, run)

    assert [(row.number, [host.name for host in row.hosts]) for row in page.tables] == [
        (1, ["Diane Le Lévêque"]),
        (2, ["Oskar Lind"]),
    ]
    assert [names(row.cells) for row in page.tables] == [
        [["Róża Tylus"], ["Maarten van Kempen"], ["三浦 翼"]],
        [["三浦 翼"], ["Róża Tylus"], ["Maarten van Kempen"]],
    ]


def test_who_has_no_seat_reflects(session: Session, now: datetime) -> None:
    event, run, _mentors, _mentees = make_planned(session, now)

    page = plan_view.read(session, event, run)

    assert names(page.reflecting) == [["Maarten van Kempen"], ["三浦 翼"], ["Róża Tylus"]]


def test_who_is_away_does_not_reflect(session: Session, now: datetime) -> None:
    event, _mentors, mentees = make_hosted(session)
    block = next(block for block in event.blocks if block.kind.is_planned)
    mentees[2].absent_rounds = [block.rounds[0].id]
    run = finish(session, make_run(session, event, now), event, {mentees[0].id: {1: 1}})

    page = plan_view.read(session, event, run)

    assert "Maarten van Kempen" not in names(page.reflecting)[0]
    assert "Maarten van Kempen" in names(page.reflecting)[1]
    assert [(row.reflects, row.away) for row in page.matrix] == [
        ("2, 3", "1"),
        ("2, 3", ""),
        ("1, 2, 3", ""),
    ]


def test_rounds_tell_local_times(session: Session, now: datetime) -> None:
    event, run, _mentors, _mentees = make_planned(session, now)

    heads = plan_view.read(session, event, run).rounds

    assert [
        (head.number, f"{head.starts_at:%H:%M}", f"{head.ends_at:%H:%M}") for head in heads
    ] == [
        (1, "18:15", "18:25"),
        (2, "18:27", "18:37"),
        (3, "18:39", "18:49"),
    ]


def test_matrix_tells_in_which_round_each_sits_at_which_table(
    session: Session, now: datetime
) -> None:
    event, run, _mentors, mentees = make_planned(session, now)

    page = plan_view.read(session, event, run, follow=f"p{mentees[1].id}")

    assert page.columns == ("1", "2")
    assert [(row.person.name, row.cells, row.reflects) for row in page.matrix] == [
        ("三浦 翼", ("3", "1"), "2"),
        ("Maarten van Kempen", ("2", "3"), "1"),
        ("Róża Tylus", ("1", "2"), "3"),
    ]
    assert page.followed is not None
    assert page.followed.name == "三浦 翼"


@pytest.mark.parametrize("who", ["", "p999999", "nonsense"])
def test_following_nobody_known_follows_nobody(session: Session, now: datetime, who: str) -> None:
    event, run, _mentors, _mentees = make_planned(session, now)

    page = plan_view.read(session, event, run, follow=who)

    assert (page.follow, page.followed) == ("", None)


def test_verdict_of_an_even_plan(session: Session, now: datetime) -> None:
    event, run, _mentors, _mentees = make_planned(session, now)

    page = plan_view.read(session, event, run)

    assert say(page) == "Every mentee meets 2 different mentors. Nobody meets anybody twice."
    assert page.verdict.proof == "For the first goal no plan can do better; that is proved."


def test_verdict_of_an_uneven_plan_with_a_wish(session: Session, now: datetime) -> None:
    event, mentors, mentees = make_hosted(session, mentees=2)
    wisher = make_sign_up(session, event, name="Wisher", wishes=("Diane Le Lévêque", "Oskar Lind"))
    ways = {
        mentors[0].id: {1: 1, 2: 1},
        mentors[1].id: {1: 2, 2: 2},
        mentees[0].id: {1: 1, 2: 2},
        mentees[1].id: {1: 2},
        wisher.id: {2: 1},
    }
    goals = (("attendance_floor", 1.0, 1.0, 1.0), ("attendance", 4.0, 4.0, 5.0))
    run = finish(session, make_run(session, event, now), event, ways, goals=goals)

    page = plan_view.read(session, event, run)

    assert say(page) == (
        "Every mentee meets at least 1 different mentor. Nobody meets anybody twice. "
        "1 of 3 meet 2. 1 of 2 wishes come true."
    )
    assert page.verdict.proof == (
        "For the first goal no plan can do better; that is proved. Seats used: best found."
    )


def test_verdict_speaks_apart_of_who_comes_for_fewer_rounds(
    session: Session, now: datetime
) -> None:
    event, mentors, mentees = make_hosted(session)
    block = next(block for block in event.blocks if block.kind.is_planned)
    mentees[2].absent_rounds = [one.id for one in block.rounds[:2]]
    ways = {
        mentors[0].id: {1: 1, 2: 1, 3: 1},
        mentors[1].id: {1: 2, 2: 2, 3: 2},
        mentees[0].id: {1: 1, 2: 2},
        mentees[1].id: {1: 2, 2: 1},
        mentees[2].id: {3: 1},
    }
    run = finish(session, make_run(session, event, now), event, ways)

    page = plan_view.read(session, event, run)

    assert say(page) == (
        "Every mentee there for all rounds meets 2 different mentors. Nobody meets anybody twice. "
        "1 comes for fewer rounds: 1 mentor."
    )


def test_verdict_of_peer_groups_counts_who_meets_again(session: Session, now: datetime) -> None:
    event = make_event(session, kind=BlockKind.GROUP, capacities={Role.PEER: 9}, tables=1, rounds=2)
    peers = [make_sign_up(session, event, name=f"Peer {at}", role=Role.PEER) for at in range(3)]
    run = make_run(session, event, now)
    finish(session, run, event, {peer.id: {1: 1, 2: 1} for peer in peers}, status="optimal")

    page = plan_view.read(session, event, run)

    assert say(page) == "Every peer meets 2 different others. 3 pairs meet again."
    assert page.verdict.proof == "No plan can do better in any goal; that is proved."
    assert (page.is_hosted, page.columns, page.matrix[0].cells) == (False, ("1", "2"), ("1", "1"))


def test_receipt_says_how_far_each_goal_got(session: Session, now: datetime) -> None:
    event, _mentors, mentees = make_hosted(session)
    goals = (
        ("attendance_floor", 2.0, 2.0, 2.0),
        ("repeats", 3.0, 3.0, 1.0),
        ("wishes", 0.0, 0.0, 0.0),
        ("fit_floor", 1.5, 2.0, 2.0),
        ("fit", 97.0, 97.0, 100.0),
    )
    run = make_run(session, event, now)
    finish(session, run, event, {mentees[0].id: {1: 1}}, goals=goals)

    page = plan_view.read(session, event, run)

    assert [(line.title, line.figure, line.words, line.proved) for line in page.receipt] == [
        ("Rounds, worst off", "2 of 2", "Proved best.", True),
        ("Pairs who meet again", "3, at least 1", "Best found.", False),
        (
            "Topic match, worst off",
            "1.5 of 2",
            "Proved best was 2; a little given up for a later goal.",
            True,
        ),
        ("Topic match in all", "97, at most 100", "Within 3 % of the best possible.", False),
    ]


def test_page_sends_as_many_statements_for_two_as_for_five(session: Session, now: datetime) -> None:
    sent_by_size = []
    for size in (2, 5):
        event, mentors, mentees = make_hosted(session, mentees=size)
        ways = {one.id: {1: 1} for one in (mentors[0], *mentees)}
        run = finish(session, make_run(session, event, now), event, ways)
        with statements(session) as sent:
            plan_view.read(session, event, run)
        sent_by_size.append(len(sent))

    assert sent_by_size == [10, 10]


def test_short_names_stay_apart() -> None:
    names = ["Róża Tylus", "Maarten van Kempen", "三浦 翼", "Plato", "Ada Lund", "Ada Lind"]

    assert short_names(names) == [
        "Róża T.", "Maarten van K.", "三浦 翼", "Plato", "Ada Lund", "Ada Lind",
    ]  # fmt: skip


def make_wide(session: Session, now: datetime) -> tuple[Event, PlanRun, list[SignUp]]:
    """Return an event with a mentor at each of 25 tables, its plan, and the mentees."""
    event, mentors, mentees = make_hosted(session)
    block = planned_block(event)
    block.all_tables += [Table(number=at, label=f"Table {at}", features=[]) for at in range(3, 26)]
    mentors += [
        make_sign_up(session, event, name=f"Mentor {at}", role=Role.MENTOR) for at in range(3, 26)
    ]
    ways = {one.id: {1: at} for at, one in enumerate(mentors, 1)} | {mentees[0].id: {1: 25, 2: 3}}
    return event, finish(session, make_run(session, event, now), event, ways), mentees


def test_many_tables_are_told_by_round(session: Session, now: datetime) -> None:
    event, run, mentees = make_wide(session, now)

    page = plan_view.read(session, event, run, follow=f"p{mentees[0].id}")

    assert (page.is_hosted, page.by_table, page.wheel) == (True, False, None)
    assert page.columns == ("1", "2", "3")
    assert page.matrix[0].cells == ("25", "3", "")


def test_picture_of_many_tables_names_rows_and_columns(session: Session, now: datetime) -> None:
    event, run, _mentees = make_wide(session, now)

    field = plan_view.read(session, event, run).more.field

    assert field is not None
    assert [one.text for one in field.columns] == [str(number) for number in range(1, 26)]
    assert [one.text for one in field.rows] == ["Maarten van K.", "Róża T.", "三浦 翼"]
