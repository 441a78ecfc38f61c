"""A problem without some pieces of its rules, by what `explain` says in words.

Written on the document ``roundabout-problem/1`` alone, so that it shares nothing with what finds
pieces and ways out: an order in words is understood here, or the explanation is wrong.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scheduler.jsonio import read_problem, write_problem
from scheduler.problem import Problem

Document = dict[str, Any]
Edit = Callable[[Document], None]
NEVER_BY_DEFAULT = ("mentee", "mentor")
SPARED = "x_spared"
NEVER_TOGETHER = (("mentor", "mentee"), ("facilitator", "peer"), ("facilitator", "mentee"))
"""Roles that `keep_apart_same` keeps apart."""


def document(problem: Problem) -> Document:
    found: Document = json.loads(write_problem(problem))
    return found


def relaxed(problem: Problem, orders: Iterable[str], effect: str = "") -> Problem:
    """Return the problem after some orders; KeyError where one is not understood.

    Where the effect tells how many people a table then takes, it has so many seats.
    """
    changed = document(problem)
    known = pieces(changed) | additions(changed)
    for order in orders:
        known[order](changed)
    _with_named_pairs(changed)
    for table, people in re.findall(r"(\S+) then takes (\d+)", effect):
        _named(changed, "tables", table)["seats"] = int(people)
    return read_problem(json.dumps(changed))


def pieces(problem: Document) -> dict[str, Edit]:
    """Return every piece of a rule by the order that gives it up."""
    sources = (_of_people, _of_tables, _of_pairs, _of_pins, _of_mixtures, _of_same, _of_roles)
    return {order: edit for source in sources for order, edit in source(problem)}


def _named(problem: Document, field: str, name: str) -> Document:
    return next(item for item in problem[field] if item["id"] == name)


def _without(field: str, name: str, key: str) -> Edit:
    return lambda problem: _named(problem, field, name).pop(key)


def _rounds(problem: Document) -> set[str]:
    return {item["id"] for item in problem["rounds"]}


def _is_partly(item: Document, problem: Document) -> bool:
    return "rounds" in item and set(item["rounds"]) != _rounds(problem)


def _of_people(problem: Document) -> Iterator[tuple[str, Edit]]:
    bound = {name for pair in problem.get("together", ()) for name in pair}
    for person in problem["people"]:
        name = person["id"]
        if person.get("min_rounds"):
            yield f"ask no fewest rounds for {name}", _without("people", name, "min_rounds")
        if person.get("max_rounds", 10**6) < len(problem["rounds"]):
            yield f"let {name} sit in more rounds", _without("people", name, "max_rounds")
        if person.get("needs"):
            needed = ", ".join(sorted(person["needs"]))
            order = f"give a table that suits {name} ({needed})"
            yield order, _without("people", name, "needs")
        if "table" not in person and name not in bound and _is_partly(person, problem):
            yield f"ask {name} to come to more rounds", _without("people", name, "rounds")


def _of_tables(problem: Document) -> Iterator[tuple[str, Edit]]:
    hosted = {person.get("table") for person in problem["people"]}
    for table in problem["tables"]:
        name = table["id"]
        if "seats" in table:
            yield f"add seats to {name}", _without("tables", name, "seats")
        if name not in hosted and _is_partly(table, problem):
            yield f"open {name} in more rounds", _without("tables", name, "rounds")


def _of_pairs(problem: Document) -> Iterator[tuple[str, Edit]]:
    words = {
        "must_meet": "give up that {} must meet",
        "together": "let {} sit apart",
        "keep_apart": "let {} share a table",
        "past_meetings": "let {} meet again",
    }
    for field, order in words.items():
        for pair in problem.get(field, ()):
            yield order.format(" and ".join(sorted(pair))), _removed(field, pair)


def _of_pins(problem: Document) -> Iterator[tuple[str, Edit]]:
    for pin in problem.get("pins", ()):
        person, round_id, table = pin
        yield f"remove the pin of {person} to {table} in {round_id}", _removed("pins", pin)


def _removed(field: str, entry: Any) -> Edit:
    return lambda problem: problem[field].remove(entry)


def _of_mixtures(problem: Document) -> Iterator[tuple[str, Edit]]:
    """Entries keep their numbers: one that is lifted asks for nothing."""
    for number, entry in enumerate(problem.get("composition", ())):
        yield f"lift composition entry {number} ({_mixture(entry)})", _asking(number, 0, None)


def _asking(number: int, least: int, most: int | None) -> Edit:
    def edit(problem: Document) -> None:
        entry = problem["composition"][number]
        if "not_alone" in entry:
            entry = {"count": {}, **({"tables": entry["tables"]} if "tables" in entry else {})}
        entry.pop("max", None)
        limits = {"min": least} | ({} if most is None else {"max": most})
        problem["composition"][number] = entry | limits

    return edit


def _mixture(entry: Document) -> str:
    def picked(picker: Document) -> str:
        if "trait" in picker:
            return f"{picker['trait']} {picker['value']}"
        return str(picker.get("role") or picker.get("stage") or "all people")

    if "not_alone" in entry:
        return f"nobody is the only {picked(entry['not_alone'])} at a table"
    distinct = f"different {entry.get('distinct')}s"
    whom = f"of {picked(entry['count'])}" if "count" in entry else distinct
    least, most = entry.get("min", 0), entry.get("max")
    if most is None:
        return f"a table has at least {least} {whom}"
    if not least:
        return f"a table has at most {most} {whom}"
    return f"a table has {least} to {most} {whom}"


def _of_same(problem: Document) -> Iterator[tuple[str, Edit]]:
    if "affiliation" not in problem.get("keep_apart_same", ()):
        return
    for name in sorted({a for p in problem["people"] for a in p.get("affiliations", ())}):
        yield f"allow people of {name} to share a table", _noted(SPARED, name)


def _same_pairs_of(problem: Document) -> Iterator[tuple[str, Edit]]:
    for (first, second), shared in _same_pairs(problem).items():
        order = f"let {first} and {second} of {', '.join(shared)} share a table"
        yield order, _noted(SPARED, [first, second])


def _noted(key: str, value: Any) -> Edit:
    return lambda problem: problem.setdefault(key, []).append(value)


def _with_named_pairs(problem: Document) -> None:
    """Keep people of one place apart by name, but for the places and pairs that are spared."""
    spared = problem.pop(SPARED, None)
    if spared is None:
        return
    known = [set(names) for names in problem.get("keep_apart", ())]
    places = {name for name in spared if isinstance(name, str)}
    others = [
        list(names)
        for names, shared in _same_pairs(problem).items()
        if list(names) not in spared and not places.issuperset(shared)
    ]
    new = [names for names in others if set(names) not in known]
    problem["keep_apart"] = [*problem.get("keep_apart", ()), *new]
    problem["keep_apart_same"] = []


def _same_pairs(problem: Document) -> dict[tuple[str, str], list[str]]:
    if "affiliation" not in problem.get("keep_apart_same", ()):
        return {}
    members: dict[str, list[Document]] = {}
    for person in problem["people"]:
        for name in person.get("affiliations", ()):
            members.setdefault(name, []).append(person)
    found: dict[tuple[str, str], list[str]] = {}
    for name, group in sorted(members.items()):
        for first in group:
            for second in group:
                beside = first.get("table") is not None and first["table"] == second.get("table")
                if (first["role"], second["role"]) in NEVER_TOGETHER and not beside:
                    low, high = sorted((first["id"], second["id"]))
                    found.setdefault((low, high), []).append(name)
    return found


def _of_roles(problem: Document) -> Iterator[tuple[str, Edit]]:
    limits = {NEVER_BY_DEFAULT: "never"}
    for entry in problem.get("repeats", ()):
        low, high = sorted(entry["between"])
        limits[low, high] = entry["limit"]
    for (low, high), limit in limits.items():
        if limit == "never":
            yield f"let {low} and {high} meet twice", _meeting_twice([low, high])


def _meeting_twice(roles: list[str]) -> Edit:
    def edit(problem: Document) -> None:
        others = [e for e in problem.get("repeats", ()) if sorted(e["between"]) != roles]
        problem["repeats"] = [*others, {"between": roles, "limit": "avoid"}]

    return edit


def additions(problem: Document) -> dict[str, Edit]:
    """Return ways out that give up less than a piece, or give more room, by their orders."""
    count = len(problem["rounds"])
    found = dict(_same_pairs_of(problem)) | {
        "add one table": _with_a_table,
        "add a seat to every table": _with_seats,
        f"plan {count + 1} rounds instead of {count}": _with_a_round,
        f"plan {count - 1} rounds instead of {count}": _with_a_round_less,
    }
    for number, entry in enumerate(problem.get("composition", ())):
        least, most = entry.get("min", 0), entry.get("max")
        milder = [(max(least - 1, 0), most), (least, None if most is None else most + 1)]
        for low, high in milder:
            asked = copy.deepcopy(entry) | {"min": low, "max": high}
            found[f"say in composition entry {number} that {_mixture(asked)}"] = _asking(
                number, low, high
            )
    return found


def _with_a_table(problem: Document) -> None:
    needs = {need for person in problem["people"] for need in person.get("needs", ())}
    seats = [table["seats"] for table in problem["tables"] if "seats" in table]
    table = {"id": "a new table", "features": sorted(needs)}
    problem["tables"].append(table | ({"seats": max(seats)} if seats else {}))


def _with_seats(problem: Document) -> None:
    for table in problem["tables"]:
        if "seats" in table:
            table["seats"] += 1


def _with_a_round(problem: Document) -> None:
    last = problem["rounds"][-1]["id"]
    problem["rounds"].append({"id": "a new round"})
    for item in (*problem["people"], *problem["tables"]):
        if last in item.get("rounds", ()):
            item["rounds"].append("a new round")


def _with_a_round_less(problem: Document) -> None:
    last = problem["rounds"].pop()["id"]
    for field in ("pins", "previous"):
        if field in problem:
            problem[field] = [seat for seat in problem[field] if seat[1] != last]
    for item in (*problem["people"], *problem["tables"]):
        if "rounds" in item:
            item["rounds"] = [name for name in item["rounds"] if name != last]
        if "min_rounds" in item:
            item["min_rounds"] = min(item["min_rounds"], len(problem["rounds"]))
