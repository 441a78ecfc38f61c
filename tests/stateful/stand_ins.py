"""A worker that can be killed between two mails, and a planner in this process."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Self

from app.mail.message import MailMessage, build
from app.services.planning.process import Answer
from scheduler import jsonio, planner
from scheduler.params import SolveParams
from tests.fakes import MemoryTransport

PLANNING_S = 0.1


class Killed(BaseException):
    """The worker's process ends here."""


@dataclass
class MortalTransport(MemoryTransport):
    """Sends, and is killed after so many more messages have left."""

    lives: int | None = None

    def deliver(self, mail: MailMessage) -> str:
        said = super().deliver(mail)
        if self.lives is not None:
            self.lives -= 1
            if self.lives <= 0:
                self.lives = None
                raise Killed
        return said

    def after(self, count: int) -> list[tuple[MailMessage, EmailMessage]]:
        """Return the mails after the first ``count``, as they are and as they were sent."""
        return [(mail, build(mail)) for mail in self.delivered[count:]]


class Planner:
    """The planner's process, played in this one."""

    def __init__(self, problem: str, **_order: object) -> None:
        self._problem = problem

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def stop(self) -> None:
        return None

    def listen(self, _seconds: float) -> tuple[list[dict[str, object]], Answer]:
        problem = jsonio.read_problem(self._problem)
        plan = planner.solve(problem, SolveParams(time_limit_s=PLANNING_S))
        return [], Answer(plan=jsonio.write_plan(plan), findings=())
