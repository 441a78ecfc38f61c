"""``python -m scheduler solve | repair | verify | explain``: the planner without the web."""

from __future__ import annotations

import argparse
import gc
import io
import json
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, Self

from scheduler.errors import InvalidProblem, SchedulerError
from scheduler.jsonio import read_plan, read_problem, write_plan
from scheduler.params import Progress, SolveParams
from scheduler.plan import Plan, SolveStatus
from scheduler.problem import GoalName, Problem

DONE, VIOLATIONS, BAD_INPUT, INFEASIBLE, NO_PLAN = range(5)
_EXIT = {SolveStatus.INFEASIBLE: INFEASIBLE, SolveStatus.UNKNOWN: NO_PLAN}
_LEAST_SECONDS = 0.2
"""What is left to plan with when reading alone used up the time limit."""


class BadInput(SchedulerError):
    """The command line or a file is not usable."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the command line in one line."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        text = f"{self.prog}: {message}"
        raise BadInput(text)


class Stop:
    """Whether somebody pressed Ctrl-C, or told the process to end, while planning.

    The first time is a wish to keep the best plan so far; the second ends the process.
    """

    def __init__(self) -> None:
        self.is_asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Listen from here on."""
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the signals as they were."""
        for number, before in self._before.items():
            signal.signal(number, before)

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        self.is_asked = True
        signal.signal(number, signal.SIG_DFL)


def build_parser() -> Parser:
    """Return the command line of the public contract."""
    parser = Parser(prog="python -m scheduler", description="Plan rotations from a problem file.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)
    for name, limit, text in (
        ("solve", 60.0, "plan all rounds"),
        ("repair", 10.0, "plan again with few changes; needs `previous`"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("problem", metavar="PROBLEM.json", type=Path)
        command.add_argument("-o", dest="output", metavar="PLAN.json", type=Path)
        command.add_argument("--time-limit", metavar="SECONDS", type=float, default=limit)
        command.add_argument("--seed", metavar="N", type=int, default=1)
        command.add_argument("--progress", action="store_true", help="one JSON object a line")
    command = commands.add_parser("verify", help="check a plan")
    command.add_argument("problem", metavar="PROBLEM.json", type=Path)
    command.add_argument("plan", metavar="PLAN.json", type=Path)
    command = commands.add_parser("explain", help="why there is no plan, and the ways out")
    command.add_argument("problem", metavar="PROBLEM.json", type=Path)
    command.add_argument("--want", metavar="GOAL=VALUE", type=_wanted, action="append", default=[])
    command.add_argument("--json", action="store_true", help="the same as one JSON object")
    return parser


def _wanted(text: str) -> tuple[GoalName, float]:
    name, _, number = text.partition("=")
    if name not in set(GoalName):
        msg = f"expected one of {', '.join(GoalName)} before the =, found {name!r}"
        raise argparse.ArgumentTypeError(msg)
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = f"expected a number after {name}=, found {number!r}"
        raise argparse.ArgumentTypeError(msg)
    return GoalName(name), value


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    started = time.perf_counter()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = build_parser().parse_args(arguments)
        if options.command == "verify":
            return _verify(options)
        if options.command == "explain":
            return _explain(options)
        return _plan(options, started)
    except SchedulerError as error:
        print(" ".join(str(error).split()), file=sys.stderr)  # noqa: T201 -- a command speaks
        return BAD_INPUT


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        msg = f"{path}: expected a readable file ({error.strerror})"
        raise BadInput(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: byte {error.start}: expected UTF-8"
        raise BadInput(msg) from error


def _problem(path: Path) -> Problem:
    gc.disable()  # hundreds of thousands of short lists, none of them rubbish
    try:
        return read_problem(_read(path))
    except InvalidProblem as error:
        msg = f"{path}: {error}"
        raise BadInput(msg) from error
    finally:
        gc.enable()
        gc.freeze()


def _params(options: argparse.Namespace, started: float) -> SolveParams:
    """Return the knobs, the time limit less what reading took."""
    try:
        SolveParams(time_limit_s=options.time_limit, seed=options.seed)
    except ValueError as error:
        raise BadInput(str(error)) from error
    left = options.time_limit - (time.perf_counter() - started)
    least = min(_LEAST_SECONDS, options.time_limit)
    return SolveParams(time_limit_s=max(least, left), seed=options.seed)


def _plan(options: argparse.Namespace, started: float) -> int:
    _params(options, started)
    _check_writable(options.output)
    problem = _problem(options.problem)
    if options.command == "repair" and problem.previous is None:
        msg = f"{options.problem}: previous: expected the seats of the plan to repair"
        raise BadInput(msg)
    with Stop() as stop:

        def on_progress(progress: Progress) -> bool:
            if options.progress:
                _show(progress)
            return not stop.is_asked

        run = _planner(options.command, problem)
        plan = run(problem, _params(options, started), on_progress=on_progress)
    for goal in plan.goals if options.progress else ():
        _show(Progress(seconds=plan.seconds, goal=goal.goal, value=goal.value, bound=goal.bound))
    _write(options.output, plan)
    return _EXIT.get(plan.status, DONE)


def _planner(command: str, problem: Problem) -> Callable[..., Plan]:
    """Return what plans, loading no more than it needs."""
    from scheduler.roads import load  # noqa: PLC0415 -- slow import

    load(with_hosts=any(person.is_host for person in problem.people))
    if command == "repair":
        from scheduler.repair import repair  # noqa: PLC0415 -- slow import

        return repair
    from scheduler.planner import solve  # noqa: PLC0415 -- slow import

    return solve


def _show(progress: Progress) -> None:
    def finite(value: float | None) -> float | None:
        return value if value is not None and math.isfinite(value) else None

    line = {
        "seconds": round(progress.seconds, 3),
        "goal": progress.goal,
        "value": finite(progress.value),
        "bound": finite(progress.bound),
    }
    print(json.dumps(line), file=sys.stderr, flush=True)  # noqa: T201


def _check_writable(path: Path | None) -> None:
    """Refuse a place for the plan that cannot be, before any time is spent on planning."""
    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        msg = f"{path}: expected a file in an existing folder"
        raise BadInput(msg)


def _write(path: Path | None, plan: Plan) -> None:
    text = write_plan(plan)
    try:
        if path is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{path or 'standard output'}: expected a writable file ({error.strerror})"
        raise BadInput(msg) from error


def _verify(options: argparse.Namespace) -> int:
    from scheduler.verify import verify  # noqa: PLC0415 -- slow import

    problem = _problem(options.problem)
    try:
        plan = read_plan(_read(options.plan))
    except InvalidProblem as error:
        msg = f"{options.plan}: {error}"
        raise BadInput(msg) from error
    violations = verify(problem, plan)
    for violation in violations:
        print(" ".join(str(violation).split()))  # noqa: T201
    return VIOLATIONS if violations else DONE


def _explain(options: argparse.Namespace) -> int:
    from scheduler.explain import explain  # noqa: PLC0415 -- slow import

    explanation = explain(_problem(options.problem), tuple(options.want))
    if options.json:
        print(json.dumps(explanation.document(), ensure_ascii=False, indent=2))  # noqa: T201
    else:
        print("\n".join(explanation.lines()))  # noqa: T201
    return DONE


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(VIOLATIONS)
