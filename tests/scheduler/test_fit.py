from __future__ import annotations

import pytest

from scheduler.fit import FitProfile, nearness, pair_fit, table_fit, topic_weights
from scheduler.problem import Role
from tests.builders_scheduler import make_people, make_problem


def make_profile(name: str = "a", *, role: Role = Role.MENTEE, **fields: object) -> FitProfile:
    return FitProfile(id=name, role=role, **{"topics": ("grants", "papers"), **fields})


def test_topic_weights_fall_with_rank_and_sum_to_one() -> None:
    weights = topic_weights((" Grants", "papers", "GRANTS", " "))

    assert weights == {"grants": pytest.approx(2 / 3), "papers": pytest.approx(1 / 3)}
    assert topic_weights(()) == {}


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [(2, 1, 1.0), (3, 1, 1.0), (5, 1, 0.5), (9, 1, 0.0), (1, 1, 0.0), (0, 1, 0.0), (None, 1, 0.5)],
)
def test_nearness_is_best_one_or_two_stages_ahead(
    mentor: int | None, mentee: int, expected: float
) -> None:
    assert nearness(mentor, mentee) == expected


def test_a_mentor_with_all_topics_just_ahead_fits_fully() -> None:
    mentee = make_profile("a", stage_rank=1)
    mentor = make_profile("m", role=Role.MENTOR, stage_rank=2)

    assert pair_fit((mentee, mentor)) == (("a", "m", 1.0),)


def test_the_first_topic_weighs_more_than_the_second() -> None:
    mentee = make_profile("a", stage_rank=1)
    first = make_profile("m", role=Role.MENTOR, stage_rank=2, topics=("grants",))
    second = make_profile("n", role=Role.MENTOR, stage_rank=2, topics=("papers",))

    assert pair_fit((mentee, first, second)) == (("a", "m", 0.667), ("a", "n", 0.333))


def test_a_mentor_not_ahead_loses_the_stage_share() -> None:
    mentee = make_profile("a", stage_rank=2)
    mentor = make_profile("m", role=Role.MENTOR, stage_rank=2)

    assert pair_fit((mentee, mentor)) == (("a", "m", 0.9),)


def test_peers_score_the_mean_of_both_sides_once() -> None:
    one = make_profile("a", role=Role.PEER)
    other = make_profile("b", role=Role.PEER, topics=("papers",))

    assert pair_fit((one, other)) == (("a", "b", 0.667),)


def test_only_mentees_with_mentors_and_peers_among_themselves_are_scored() -> None:
    people = tuple(make_profile(role.value, role=role) for role in Role)

    assert [entry[:2] for entry in pair_fit(people)] == [("mentee", "mentor")]


def test_nothing_in_common_gives_no_entry() -> None:
    people = (make_profile("a", topics=()), make_profile("m", role=Role.MENTOR))

    assert pair_fit(people) == ()


def test_table_fit_falls_with_the_rank_of_the_tables_topic() -> None:
    people = (make_profile("a", topics=("grants", "papers", "exams")), make_profile("b", topics=()))
    topics = {"t1": ("Papers",), "t2": ("exams", "grants"), "t3": ("parenthood",)}

    assert table_fit(people, topics) == (("a", "t1", 0.5), ("a", "t2", 1.0))


def test_the_entries_are_a_valid_problems() -> None:
    profiles = tuple(make_profile(name, role=Role.PEER) for name in "abc")

    problem = make_problem(
        people=make_people("a b c"),
        fit=pair_fit(profiles),
        table_fit=table_fit(profiles, {"t1": ("grants",)}),
    )

    assert len(problem.fit) == 3
