"""What a benchmark says: rows of figures against what must be reached, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Run, Took

HEADS = ("case", "must reach", "measured", "s", "plan s", "cpu s", "MB", "status", "proved", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured number and the limits it shall keep; without limits it is only told."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def is_reached(self) -> bool:
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )

    @property
    def must(self) -> str:
        least = "" if self.least is None else f" >= {self.least:g}"
        most = "" if self.most is None else f" <= {self.most:g}"
        return f"{self.name}{least}{most}" if least or most else ""

    @property
    def measured(self) -> str:
        return f"{self.name} {self.value:.4g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    case: str
    part: str = ""
    figures: tuple[Figure, ...]
    took: Took
    planning_s: float | None = None
    status: str = ""
    proved: str = ""

    @property
    def is_reached(self) -> bool:
        return all(figure.is_reached for figure in self.figures)

    def __getitem__(self, name: str) -> float:
        return next(figure.value for figure in self.figures if figure.name == name)


def row(case: str, part: str, run: Run, *figures: Figure, seconds: float | None = None) -> Row:
    """Return the line of one run: its own figures, no violation, and its seconds."""
    return Row(
        case=case,
        part=part,
        figures=(
            *figures,
            Figure(name="violations", value=run.violations, most=0),
            Figure(name="s", value=round(run.took.seconds, 2), most=seconds),
        ),
        took=run.took,
        planning_s=run.plan.seconds,
        status=run.plan.status.value,
        proved=run.proved,
    )


def optimal(run: Run) -> Figure:
    return Figure(name="optimal", value=float(run.plan.status.value == "optimal"), least=1)


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def cells(line: Row) -> tuple[str, ...]:
    """Return one line of the table; seconds have a column of their own."""
    told = [figure for figure in line.figures if figure.name != "violations" or figure.value]
    must = ", ".join(figure.must for figure in line.figures if figure.must)
    return (
        f"{line.case} {line.part}".strip(),
        must.replace(", violations <= 0", ""),
        ", ".join(figure.measured for figure in told if figure.name != "s"),
        _number(line.took.seconds, 2),
        _number(line.planning_s, 2),
        _number(line.took.cpu_seconds, 1),
        _number(line.took.peak_mb, 0),
        line.status,
        line.proved,
        "reached" if line.is_reached else "NOT REACHED",
    )


def table(rows: Sequence[Row]) -> str:
    """Return all lines as a Markdown table with columns of one width."""
    lines = [HEADS, *map(cells, rows)]
    wide = [max(len(line[at]) for line in lines) for at in range(len(HEADS))]
    text = ["| " + " | ".join(map(str.ljust, line, wide)) + " |" for line in lines]
    return "\n".join([text[0], "|" + "|".join("-" * (w + 2) for w in wide) + "|", *text[1:]])


def document(rows: Iterable[Row]) -> dict[str, Any]:
    """Return all lines as plain values."""
    return {
        f"{line.case} {line.part}".strip(): asdict(line) | {"reached": line.is_reached}
        for line in rows
    }


def write(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(json.dumps(document(rows), indent=1) + "\n", encoding="utf-8")


def compare(earlier: dict[str, Any], rows: Sequence[Row]) -> list[str]:
    """Return what changed since an earlier result, a line for each figure that did."""
    changes = []
    for name, now in document(rows).items():
        before = earlier.get(name)
        if before is None:
            changes.append(f"{name}: new")
            continue
        old = {figure["name"]: figure["value"] for figure in before["figures"]}
        for figure in now["figures"]:
            was, value = old.get(figure["name"]), figure["value"]
            if was is not None and was != value:
                change = f" ({value / was - 1:+.1%})" if was else ""
                changes.append(f"{name}: {figure['name']} {was:g} -> {value:g}{change}")
        if before["reached"] != now["reached"]:
            changes.append(f"{name}: {'now reached' if now['reached'] else 'NO LONGER REACHED'}")
    return changes
