"""The web server's process."""

from __future__ import annotations

import gc

from app.jobs import web


def test_what_start_up_made_is_left_out_of_collections() -> None:
    before = gc.get_freeze_count()

    web.settle()
    frozen = gc.get_freeze_count() - before
    gc.unfreeze()

    assert frozen > 10_000
