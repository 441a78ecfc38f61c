"""A worker to kill: it takes one plan run, with a planner that never answers.

``python -m tests.faults.plan_worker RUN`` with ROUNDABOUT_DATA set; it prints the planner's id.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from functools import partial
from typing import Any, Self

from app.db import make_engine, make_session_factory
from app.services import planning
from app.services.planning.process import PlannerProcess
from app.tenancy import UNSCOPED
from config import Config

WAITS = (sys.executable, "-c", "import sys; sys.stdin.read()")
"""A planner that is busy until nobody is there any more."""


class Told(PlannerProcess):
    """A planner whose id is printed."""

    def __enter__(self) -> Self:
        super().__enter__()
        sys.stdout.write(f"{self._process.pid}\n")
        sys.stdout.flush()
        return self


def main() -> None:
    settings = Config.from_env(os.environ)
    factory = make_session_factory(make_engine(settings.database_url), tenant=UNSCOPED)
    start: Any = partial(Told, command=WAITS)
    planning.execute(
        factory,
        int(sys.argv[1]),
        owner=f"worker {os.getpid()}",
        clock=lambda: datetime.now(UTC),
        start=start,
        poll_s=0.05,
    )


if __name__ == "__main__":
    main()
