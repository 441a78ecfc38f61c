"""The worker's end of the planner's process: start, listen, stop, kill."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self

MEMORY_BYTES = 6 * 2**30
"""Address space, not memory in use: solvers and numpy reserve far more than they touch."""
CHILD = (sys.executable, "-m", "app.services.planning.child")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The planner's last word: the plan's document and findings as JSON."""

    plan: str
    findings: tuple[dict[str, Any], ...]


class ChildFailed(Exception):
    """The planner's process ended without an answer; the message is its last words."""


class PlannerProcess:
    """One planner at work. Use as a context manager: it never outlives the block."""

    def __init__(
        self,
        problem: str,
        *,
        time_limit_s: float,
        seed: int,
        want: tuple[str, float] | None = None,
        memory_bytes: int = MEMORY_BYTES,
        command: Sequence[str] = CHILD,
    ) -> None:
        self._order = {
            "problem": problem,
            "time_limit_s": time_limit_s,
            "seed": seed,
            "want": want,
            "memory_bytes": memory_bytes,
        }
        self._command = command
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._answer: Answer | None = None

    def __enter__(self) -> Self:
        self._complaints: IO[bytes] = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._tell(json.dumps(self._order))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        self._complaints.close()

    def stop(self) -> None:
        """Ask for the best plan so far."""
        self._tell("stop")

    def listen(self, seconds: float) -> tuple[list[dict[str, Any]], Answer | None]:
        """Wait so long for news; return steps of progress, and the answer once it is there.

        Raises ``ChildFailed`` when the process ended without one.
        """
        steps: list[dict[str, Any]] = []
        wait: float | None = seconds
        while True:
            try:
                line = self._lines.get(timeout=wait) if wait else self._lines.get_nowait()
            except queue.Empty:
                return steps, None
            wait = None
            if line is None:
                raise ChildFailed(self._last_words())
            entry = json.loads(line)
            if "plan" in entry:
                return steps, Answer(plan=entry["plan"], findings=tuple(entry["findings"]))
            steps.append(entry["progress"])

    def _read(self) -> None:
        if self._process.stdout is not None:
            for line in self._process.stdout:
                self._lines.put(line)
        self._lines.put(None)

    def _tell(self, line: str) -> None:
        if self._process.stdin is None:
            return
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return  # it has ended; ``listen`` says how

    def _last_words(self) -> str:
        code = self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return f"the planner ended with status {code}: {lines[-1] if lines else 'no message'}"
