from __future__ import annotations

import math

from app.queries import wheel


def make_visits(people: int, tables: int, rounds: int = 3) -> dict[str, list[tuple[int, int]]]:
    return {
        f"p{one}": [(number, (one + number) % tables + 1) for number in range(1, rounds + 1)]
        for one in range(people)
    }


def draw(people: int, tables: int, follow: str = "") -> wheel.Wheel | None:
    visits = make_visits(people, tables)
    names = {one: one.upper() for one in visits}
    return wheel.draw(visits, names, list(range(1, tables + 1)), follow)


def test_sixty_people_are_drawn_and_sixty_one_are_not() -> None:
    assert draw(60, 9) is not None
    assert draw(61, 9) is None


def test_twenty_five_tables_are_not_drawn() -> None:
    assert draw(25, 24) is not None
    assert draw(25, 25) is None


def test_each_visit_is_a_line() -> None:
    found = draw(8, 4)

    assert found is not None
    assert (len(found.people), len(found.tables), len(found.spokes)) == (8, 4, 24)
    assert (found.followed, found.rounds) == ((), ())


def test_followed_person_has_lines_with_numbers_of_rounds() -> None:
    found = draw(8, 4, follow="p2")

    assert found is not None
    assert [dot.number for dot in found.rounds] == [1, 2, 3]
    assert (len(found.spokes), len(found.followed)) == (21, 3)
    assert [dot.name for dot in found.people if dot.is_followed] == ["P2"]


def test_numbers_of_rounds_keep_clear_of_tables_and_each_other() -> None:
    found = draw(12, 9, follow="p5")

    assert found is not None
    spots = [(dot.x, dot.y) for dot in found.rounds]
    discs = [(table.x, table.y) for table in found.tables]
    apart = [math.dist(one, other) for one in spots for other in spots if one != other]
    from_own = [min(math.dist(spot, disc) for disc in discs) for spot in spots]
    assert min(apart) > 2 * wheel.ROUND_DOT - 0.2
    assert len(from_own) == 3


def test_everything_stays_inside_the_picture() -> None:
    found = draw(60, 24)

    assert found is not None
    places = [(dot.name_x, dot.name_y) for dot in found.people]
    places += [(table.x, table.y) for table in found.tables]
    assert all(20 < x < 740 and 20 < y < 740 for x, y in places)


def test_tables_do_not_touch() -> None:
    found = draw(24, 24)

    assert found is not None
    first, second = found.tables[:2]
    assert math.dist((first.x, first.y), (second.x, second.y)) > 2 * found.disc


def test_people_sit_near_the_tables_they_visit() -> None:
    visits = {"p1": [(1, 1)], "p2": [(1, 2)], "p3": [(1, 3)], "p4": [(1, 4)]}

    found = wheel.draw(visits, {one: one for one in visits}, [1, 2, 3, 4], "")

    assert found is not None
    tables = {table.number: (table.x, table.y) for table in found.tables}
    dots = {dot.name: (dot.x, dot.y) for dot in found.people}
    nearest = {
        name: min(tables, key=lambda number: math.dist(spot, tables[number]))
        for name, spot in dots.items()
    }
    assert nearest == {"p1": 1, "p2": 2, "p3": 3, "p4": 4}


def test_long_names_are_cut_for_the_picture() -> None:
    long = ["Róża T.", "Dani Ruben Ramos D.", "Theologos-Aristoteles A.", "三浦 翼"]

    assert [wheel.label(name) for name in long] == [
        "Róża T.",
        "Dani D.",
        "Theologos-Aris…",
        "三浦 翼",
    ]
