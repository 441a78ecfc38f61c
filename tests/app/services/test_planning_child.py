from __future__ import annotations

import math

from app.services.planning.child import step
from scheduler.params import Progress


def test_a_limit_that_is_none_yet_is_written_as_unknown() -> None:
    at = Progress(seconds=0.5, goal="changes", value=3.0, bound=-math.inf)

    assert step(at) == {"seconds": 0.5, "goal": "changes", "value": 3.0, "bound": None}
