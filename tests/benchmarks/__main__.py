"""``python -m tests.benchmarks``: planner on P1 to P11, pages on W1 and W2, mail on M1 to M3."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.cases import CASES as PLANNER
from tests.benchmarks.desk_grid import GRID
from tests.benchmarks.desk_import import IMPORT
from tests.benchmarks.desk_paper import PAPER
from tests.benchmarks.desk_roster import ROSTER
from tests.benchmarks.desk_tour import TOUR
from tests.benchmarks.feeds import FEEDS
from tests.benchmarks.growth import draw, measure
from tests.benchmarks.mail import MAIL
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import Row, compare, table, write
from tests.benchmarks.shapes_events import events
from tests.benchmarks.web import WEB

CASES = PLANNER | WEB | MAIL | FEEDS | GRID | IMPORT | PAPER | ROSTER | TOUR
NOT_REACHED = 1


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="P3,P5", help="some cases only")
    parser.add_argument("--tenth", action="store_true", help="a tenth of the figures")
    parser.add_argument("--night", action="store_true", help="more: every cell, every event shape")
    parser.add_argument("--json", metavar="OUT", type=Path, help="write the result down")
    parser.add_argument("--compare", metavar="EARLIER.json", type=Path)
    parser.add_argument("--growth", metavar="OUT.svg", type=Path, help="draw time and memory")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    parser = build_parser()
    options = parser.parse_args(arguments)
    wanted = options.only.split(",") if options.only else ([] if options.growth else list(CASES))
    if unknown := set(wanted) - set(CASES):
        parser.error(f"expected some of {', '.join(CASES)}, found {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder=Path(folder), tenth=options.tenth, night=options.night)
        for line in (line for name in wanted for line in CASES[name](bench)):
            rows.append(line)
            _progress(line)
        if options.night and not options.only:
            rows += events(bench)
        if options.growth:
            _grow(bench, options.growth)
    _tell(rows, options.json, options.compare)
    return 0 if all(line.is_reached for line in rows) else NOT_REACHED


def _grow(bench: Bench, target: Path) -> None:
    points = measure(bench)
    for point in points:
        size = f"{point.series}: {point.people} people, {point.rounds} rounds"
        print(f"{size}: {point.seconds:.2f} s, {point.peak_mb:.0f} MB")  # noqa: T201
    target.write_text(draw(points), encoding="utf-8")


def _progress(line: Row) -> None:
    verdict = "reached" if line.is_reached else "not reached"
    print(f"{line.case} {line.part}: {verdict}, {line.took.seconds:.1f} s", file=sys.stderr)  # noqa: T201


def _tell(rows: Sequence[Row], target: Path | None, earlier: Path | None) -> None:
    """Print the table and what changed, and write the result down."""
    if rows:
        print(table(rows))  # noqa: T201
        reached = sum(line.is_reached for line in rows)
        print(f"{reached} of {len(rows)} reached; load {os.getloadavg()[0]:.1f}")  # noqa: T201
    if earlier is not None:
        changes = compare(json.loads(earlier.read_text(encoding="utf-8")), rows)
        print("\n".join(["", "Since then:", *changes]) if changes else "\nNothing changed.")  # noqa: T201
    if target is not None:
        write(target, rows)


if __name__ == "__main__":
    sys.exit(main())
