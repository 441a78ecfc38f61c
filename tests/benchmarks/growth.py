"""How time and memory grow with people and rounds, as a picture of our own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from scheduler.problem import Problem
from tests.benchmarks.measure import Bench
from tests.benchmarks.shapes import make_speed
from tests.benchmarks.shapes_groups import golfers

PEOPLE = (20, 50, 100, 200, 500, 1000, 2000)
ROUNDS = (2, 4, 6, 8, 10, 12)
USUAL_PEOPLE, USUAL_ROUNDS = 240, 6
GREY, COLOURS = "#808080", {"speed mentoring": "#2f81c7", "peer groups": "#d0701a"}
WIDE, HIGH, LEFT, TOP = 300, 150, 60, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One measured solve."""

    series: str
    people: int
    rounds: int
    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One of the four small charts: lines of x and y by series."""

    title: str
    unit: str
    lines: dict[str, list[tuple[float, float]]]
    is_logarithmic: bool


def speed(people: int, rounds: int) -> Problem:
    """One mentor to five mentees, one to a table, never fewer mentors than rounds."""
    mentors = max(people // 6, rounds)
    seats = math.ceil((people - mentors) / mentors)
    return make_speed(mentors=mentors, mentees=people - mentors, rounds=rounds, seats=max(1, seats))


def groups(people: int, rounds: int) -> Problem:
    """Peers in fives."""
    return golfers(people // 5, 5, rounds)


def measure(bench: Bench) -> list[Point]:
    """Solve every size as a process of its own."""
    sizes = [(people, USUAL_ROUNDS) for people in PEOPLE]
    sizes += [(USUAL_PEOPLE, rounds) for rounds in ROUNDS if rounds != USUAL_ROUNDS]
    sizes.append((USUAL_PEOPLE, USUAL_ROUNDS))
    points = []
    for series, build in zip(COLOURS, (speed, groups), strict=True):
        for people, rounds in sizes:
            took = bench.solve(build(people, rounds), limit=30.0).took
            points.append(
                Point(
                    series=series,
                    people=people,
                    rounds=rounds,
                    seconds=took.seconds,
                    peak_mb=took.peak_mb or 0.0,
                )
            )
    return points


def panels(points: Sequence[Point]) -> list[Panel]:
    """Return time and memory, against people and against rounds."""
    found = []
    for unit, amount in (("s", "seconds"), ("MB", "peak_mb")):
        for axis, fixed, usual in (
            ("people", "rounds", USUAL_ROUNDS),
            ("rounds", "people", USUAL_PEOPLE),
        ):
            lines: dict[str, list[tuple[float, float]]] = {}
            for point in points:
                if getattr(point, fixed) == usual and (axis == "rounds" or point.people in PEOPLE):
                    place = (float(getattr(point, axis)), float(getattr(point, amount)))
                    lines.setdefault(point.series, []).append(place)
            what = "Time" if unit == "s" else "Memory"
            title = f"{what} against {axis} ({usual} {fixed})"
            ordered = {name: sorted(line) for name, line in lines.items()}
            found.append(
                Panel(title=title, unit=unit, lines=ordered, is_logarithmic=axis == "people")
            )
    return found


def draw(points: Sequence[Point]) -> str:
    """Return the SVG: shapes and text only, colours that read on light and on dark."""
    wide, high = 2 * (WIDE + LEFT + 30), 2 * (HIGH + TOP + 30) + 30
    title = "Time and peak memory of one solve against people and rounds"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<g font-family="sans-serif" font-size="12" fill="{GREY}">',
    ]
    for number, panel in enumerate(panels(points)):
        x = LEFT + (number % 2) * (WIDE + LEFT + 30)
        y = TOP + (number // 2) * (HIGH + TOP + 30)
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel), "</g>"]
    for number, (series, colour) in enumerate(COLOURS.items()):
        x = LEFT + number * 160
        parts.append(f'<circle cx="{x}" cy="{high - 14}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{x + 12}" y="{high - 10}">{escape(series)}</text>')
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _panel(panel: Panel) -> list[str]:
    places = [place for line in panel.lines.values() for place in line]
    xs = sorted({x for x, _ in places})
    top = _ceiling(max((y for _, y in places), default=1.0))
    parts = [f'<text x="0" y="-14" font-weight="bold">{escape(panel.title)}</text>']
    for share in (0.0, 0.5, 1.0):
        y = HIGH - share * HIGH
        parts.append(f'<path d="M0 {y:g}H{WIDE}" stroke="{GREY}" stroke-opacity="0.4"/>')
        label = f"{share * top:g} {panel.unit}"
        parts.append(f'<text x="-8" y="{y + 4:g}" text-anchor="end">{label}</text>')
    for x in xs:
        at = _across(x, xs, logarithmic=panel.is_logarithmic)
        parts.append(f'<text x="{at:.1f}" y="{HIGH + 18}" text-anchor="middle">{x:g}</text>')
    for series, line in panel.lines.items():
        spots = [
            (_across(x, xs, logarithmic=panel.is_logarithmic), HIGH - y / top * HIGH)
            for x, y in line
        ]
        parts += _line(spots, COLOURS[series])
    return parts


def _across(x: float, xs: Sequence[float], *, logarithmic: bool) -> float:
    scale = math.log if logarithmic else float
    low, high, at = scale(xs[0]), scale(xs[-1]), scale(x)
    return float(WIDE * (at - low) / (high - low)) if high > low else WIDE / 2


def _line(spots: Sequence[tuple[float, float]], colour: str) -> list[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
    return [f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots]


def _ceiling(value: float) -> float:
    """Return the next of 1, 2, 4, 5, 6, 8, 10 times a power of ten."""
    base = 10 ** math.floor(math.log10(max(value, 1e-3)))
    return next(step * base for step in (1, 2, 4, 5, 6, 8, 10) if step * base >= value)
